"""Lists to choose from that are long and the same for everybody."""

from functools import lru_cache
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

#: Options by the label of their group; those without a group stand under an empty label.
Groups = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


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
        return drawn(get_language(), named, self._groups(), str(value or ""))

    def _groups(self) -> Groups:
        groups = []
        for key, label in self.choices:
            grouped = isinstance(label, list | tuple)
            options = label if grouped else [(key, label)]
            named = str(key) if grouped else ""
            groups.append((named, tuple((str(one), str(said)) for one, said in options)))
        return tuple(groups)


@lru_cache(maxsize=512)
def drawn(
    _language: str, attrs: tuple[tuple[str, str], ...], groups: Groups, value: str
) -> SafeString:
    given = format_html_join("", ' {}="{}"', attrs)
    parts = [_group(label, options, value) for label, options in groups]
    return format_html("<select{}>{}</select>", given, SafeString("\n".join(parts)))


def _group(label: str, options: tuple[tuple[str, str], ...], value: str) -> SafeString:
    drawn = format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        ((key, SafeString(" selected") if key == value else "", said) for key, said in options),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', label, drawn) if label else drawn
