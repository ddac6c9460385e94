"""A province to try the procedures in: generated people, real units, cases at every step."""
