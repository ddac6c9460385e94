"""A list that is drawn once is drawn as Django draws it."""

import pytest
from django import forms
from django.test.html import parse_html

from processes.pages.widgets import StandingSelect

CHOICES = [("", "All"), ("a", "A & B"), ("More", [("b", "<b>"), ("c", "C")])]


def drawn(widget: type[forms.Select], value: str | None) -> str:
    return widget(choices=CHOICES).render("step", value, {"id": "id_step", "class": "form-select"})


@pytest.mark.parametrize("value", [None, "", "a", "b", "c", "unknown"])
def test_it_is_the_list_that_django_draws(value: str | None) -> None:
    assert parse_html(drawn(StandingSelect, value)) == parse_html(drawn(forms.Select, value))


def test_another_choice_is_drawn_anew() -> None:
    first, second, again = (drawn(StandingSelect, value) for value in ("a", "b", "a"))
    assert first == again != second


def test_other_options_are_drawn_anew() -> None:
    other = StandingSelect(choices=[("", "Tất cả")]).render("step", None, {})
    assert "Tất cả" in other
    assert "All" not in other
