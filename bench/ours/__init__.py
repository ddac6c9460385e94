"""The site itself, filled with the common shape and measured in the same manner."""
