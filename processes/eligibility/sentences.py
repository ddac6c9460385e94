"""What a check is called, and what it found, in the reader's language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TITLES = {
    "in_planning": gettext_lazy("In planning"),
    "min_time_in_post": gettext_lazy("Time in the present or an equivalent post"),
    "age_full_term": gettext_lazy("Age allows a full term"),
    "discipline_bar": gettext_lazy("No discipline within the barred time"),
    "no_pending_case": gettext_lazy("No pending matter"),
    "health_ok": gettext_lazy("Health"),
    "assets_declared": gettext_lazy("Assets declared and verified"),
    "political_theory": gettext_lazy("Level of political theory"),
    "title_standard": gettext_lazy("Standard of the title: degrees"),
    "term_limit": gettext_lazy("Consecutive terms in the same post"),
    "last_eval": gettext_lazy("Last annual evaluations"),
}

VERDICTS = {
    "yes": gettext_lazy("yes"),
    "no": gettext_lazy("no"),
    "unknown": gettext_lazy("not known"),
}

_FOUND = {
    "in_planning": gettext_lazy("approved in planning on %(since)s"),
    "min_time_in_post": gettext_lazy("%(months)s months of %(needed)s needed"),
    "age_full_term": gettext_lazy("retires on %(retires)s; the term is %(years)s years"),
    "discipline_bar": gettext_lazy("%(form)s of %(decided)s bars until %(until)s"),
    "no_pending_case": gettext_lazy("%(matters)s"),
    "health_ok": gettext_lazy("certificate of %(issued)s, valid until %(until)s"),
    "assets_declared": gettext_lazy("declared on %(declared)s, verified on %(verified)s"),
    "political_theory": gettext_lazy("%(level)s; %(needed)s is needed"),
    "title_standard": gettext_lazy("%(degrees)s of %(needed)s university degrees"),
    "term_limit": gettext_lazy("%(held)s terms held of at most %(most)s"),
    "last_eval": gettext_lazy("below the level in: %(low)s"),
}

_WORDS = {
    "none": gettext_lazy("none"),
    "primary": gettext_lazy("primary"),
    "intermediate": gettext_lazy("intermediate"),
    "advanced": gettext_lazy("advanced"),
    "reprimand": gettext_lazy("reprimand"),
    "warning": gettext_lazy("warning"),
    "removal": gettext_lazy("removal"),
}


def check_title(code: str) -> str:
    """The name of a check."""
    return str(TITLES.get(code, code))


def check_sentence(check: Mapping[str, Any]) -> str:
    """What a kept check found; says so where the file has no answer."""
    if check["verdict"] == "unknown":
        return _("The file does not say.")
    facts = {key: _word(value) for key, value in check.get("facts", {}).items()}
    told = [value for value in facts.values() if value != ""]
    text = _FOUND.get(check["code"])
    if text is None or not told or (facts and "" in facts.values() and check["verdict"] == "yes"):
        return ""
    try:
        return str(text) % facts
    except KeyError:
        return ""


def _word(value: Any) -> str:
    if isinstance(value, str):
        if value in _WORDS:
            return str(_WORDS[value])
        try:
            return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
        except ValueError:
            return value
    return str(value)
