"""The same writes with our trail, with django-pghistory, with django-auditlog, and with nothing."""
