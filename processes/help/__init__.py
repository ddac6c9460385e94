"""What the site tells of itself: its words, and a tour for whoever is new."""
