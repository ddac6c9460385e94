"""Measures the site beside the same work in stock django-viewflow: see docs/bench.md."""
