"""A list of choices is drawn by our own template, and reads as Django's does."""

import re

from django import forms
from django.forms.renderers import DjangoTemplates

CHOICES = [("", "All"), ("Group", [(1, "<One>"), (2, "Two")]), (3, "Three")]


def drawn(renderer=None) -> str:
    widget = forms.Select(choices=CHOICES, attrs={"class": "form-select", "required": True})
    html = widget.render("unit", 2, renderer=renderer)
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", html)


def test_a_select_reads_as_djangos_own():
    assert drawn() == drawn(DjangoTemplates())


def test_the_present_choice_is_selected():
    assert '<option value="2" selected>Two</option>' in drawn()
