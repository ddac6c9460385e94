"""Search: one table of words, kept by the database, and asked only within a person's rights."""
