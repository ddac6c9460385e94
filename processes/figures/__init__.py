"""Figures over many cases: counted once a day, read in no time; and the log for other tools."""
