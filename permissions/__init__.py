"""Who may do what: roles held on units, with dates; nothing about cases."""
