"""A stated change of structure, carried out on its day: units, posts, rights, and open cases."""
