"""Tips on words of the glossary: a button in the text that opens what the word means."""

import re
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from processes.help.glossary import Term, spelt, terms
from processes.pages.desk_forms import edition_title

register = template.Library()
register.filter("edition_title", edition_title)


@register.simple_tag(takes_context=True)
def tip(context: dict[str, Any], name: str) -> SafeString:
    """A small button after a heading that explains the word; once on a page."""
    term = terms(_language())[name]
    return _drawn(term, "") if _first(context, term) else mark_safe("")


@register.simple_tag(takes_context=True)
def with_tips(context: dict[str, Any], text: Any) -> SafeString:
    """The text with a tip at the first of each word that the glossary knows; once on a page."""
    text = str(text)
    pattern, known = spelt(_language())
    parts, at = [], 0
    for match in pattern.finditer(text):
        term = known[match[1].lower()]
        if not _first(context, term):
            continue
        parts += [escape(text[at : match.start()]), _drawn(term, match[0])]
        at = match.end()
    return mark_safe("".join([*parts, conditional_escape(text[at:])]))  # noqa: S308 -- escaped


def _language() -> str:
    return get_language() or "vi"


def _first(context: dict[str, Any], term: Term) -> bool:
    """Whether the page has not explained the word yet: two of one name could not be opened."""
    told: set[str] = context["request"].__dict__.setdefault("told_terms", set())
    if term.name in told:
        return False
    told.add(term.name)
    return True


def _drawn(term: Term, word: str) -> SafeString:
    drawn = render_to_string("help/_tip.html", {"term": term, "word": word})
    return mark_safe(re.sub(r"\s*\n\s*", "", drawn))  # noqa: S308 -- drawn by a template
