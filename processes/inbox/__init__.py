"""What a person makes of their own inbox: columns, saved filters, tasks put off until a day."""
