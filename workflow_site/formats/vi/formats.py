"""Days as Vietnamese papers write them; Django's own has dashes."""

SHORT_DATE_FORMAT = "d/m/Y"
