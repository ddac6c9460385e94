"""The words, the tour, and each procedure told from its definition."""
