"""Questions to the trail: searched, saved with a checkpoint, asked again with the same answer."""
