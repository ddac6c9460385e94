"""The same four steps in stock django-viewflow with guardian: its tables, views, list pages."""
