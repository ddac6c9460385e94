"""What people are told: in the page, by mail, on the desktop; each by their own choice."""
