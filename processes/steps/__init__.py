"""The kinds of step that procedures are made of, and the one door through which cases move."""
