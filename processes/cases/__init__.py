"""What every procedure is about: the case, its tasks, its clocks, and what befalls it."""
