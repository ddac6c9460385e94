"""Inspections: the cases that are inspected, and what inspectors note, find, ask and recommend."""
