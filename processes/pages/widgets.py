"""Lists to choose from that are long and the same for everybody."""

from functools import lru_cache
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

Choices = tuple[tuple[str, str], ...]


class StandingSelect(forms.Select):
    """A list whose options change with the program only: drawn once for each choice and language.

    Django draws every option with a template of its own, which for the steps of all procedures
    takes longer than the rows of a page.
    """

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Draw the list with the value chosen."""
        given = {**self.attrs, **(attrs or {}), "name": name}
        named = tuple(sorted((key, str(one)) for key, one in given.items()))
        choices = tuple((str(key), str(label)) for key, label in self.choices)
        return _drawn(get_language(), named, choices, str(value or ""))


@lru_cache(maxsize=512)
def _drawn(
    _language: str, attrs: tuple[tuple[str, str], ...], choices: Choices, value: str
) -> SafeString:
    options = format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        ((key, SafeString(" selected") if key == value else "", label) for key, label in choices),
    )
    given = format_html_join("", ' {}="{}"', attrs)
    return format_html("<select{}>{}</select>", given, options)
