"""One command per file; its name is the file's."""
