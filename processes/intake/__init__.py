"""People from the files of personnel sections: read, checked row by row, written all or nothing."""
