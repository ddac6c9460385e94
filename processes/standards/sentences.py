"""What a condition asks for, and what was found, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from processes.organisation.people import Evaluation, Theory
from processes.standards.conditions import Answer

#: What is said for the kind of a condition; with `.unknown` where the file has no answer.
_FOUND: dict[str, Any] = {
    "degrees": _("%(degrees)s of %(needed)s university degrees."),
    "theory": _("Political theory: %(level)s; needed: %(wanted)s."),
    "months_in_rank": _("%(months)s of %(needed)s months in posts of the rank asked for."),
    "months_in_rank.unknown": _("No post is on file; %(needed)s months are needed."),
    "evaluations.yes": _("Evaluated at the level or above it in the last %(years)s years."),
    "evaluations.no": _("Evaluated below the level in: %(low)s."),
    "evaluations.unknown": _("No evaluation is on file for: %(missing)s."),
    "age": _("%(age)s years old, at most %(most)s."),
    "party": _("%(months)s of %(needed)s months in the Party."),
    "party.unknown": _("The day of joining the Party is not on file."),
}
_WORDS = {**dict(Theory.choices), **dict(Evaluation.Grade.choices)}


def told(kind: str, verdict: str, facts: Mapping[str, Any]) -> str:
    """One sentence about a condition."""
    form = _FOUND.get(f"{kind}.{verdict}") or _FOUND[kind]
    words = {name: _WORDS.get(value, value) for name, value in facts.items()}
    said = str(form % words)
    return said[:1].upper() + said[1:]


def answer_sentence(answer: Answer) -> str:
    """What was found about a condition."""
    return told(answer.condition.kind, answer.verdict, answer.facts)
