"""What a check is called, and what it found, in the reader's language."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from processes.standards.sentences import told

TITLES = {
    "in_planning": gettext_lazy("In planning"),
    "min_time_in_post": gettext_lazy("Time in the present or an equivalent post"),
    "age_full_term": gettext_lazy("Age allows a full term"),
    "discipline_bar": gettext_lazy("No discipline within the barred time"),
    "no_pending_case": gettext_lazy("No pending matter"),
    "health_ok": gettext_lazy("Health"),
    "assets_declared": gettext_lazy("Assets declared and verified"),
    "political_theory": gettext_lazy("Level of political theory"),
    "title_standard": gettext_lazy("Standard of the title"),
    "term_limit": gettext_lazy("Consecutive terms in the same post"),
    "last_eval": gettext_lazy("Last annual evaluations"),
    "remaining_time": gettext_lazy("Time left to work"),
    "planned_cadre": gettext_lazy("In planning for a title"),
    "equal_post": gettext_lazy("An equal post, or outstanding"),
    "not_weak": gettext_lazy("No weak cadre"),
    "non_local": gettext_lazy("Not of the place"),
    "min_36m": gettext_lazy("The least duration of a rotation"),
}

VERDICTS = {
    "yes": gettext_lazy("yes"),
    "no": gettext_lazy("no"),
    "unknown": gettext_lazy("not known"),
}

_SILENT = gettext_lazy("The file does not say; complete it.")

#: What is said for a check and its verdict, or what it found otherwise.
_FOUND = {
    "in_planning.yes": gettext_lazy("Approved in planning on %(since)s."),
    "in_planning.title": gettext_lazy("Approved in planning for this title on %(since)s."),
    "in_planning.equivalent": gettext_lazy(
        "Approved on %(since)s in planning for an equivalent title: %(title)s, %(where)s."
    ),
    "in_planning.higher": gettext_lazy(
        "Approved on %(since)s in planning for a higher title: %(title)s, %(where)s."
    ),
    "in_planning.no": gettext_lazy(
        "Not in planning for this title, nor for an equivalent or a higher one."
    ),
    "in_planning.not_required": gettext_lazy("This edition does not ask for planning."),
    "min_time_in_post.yes": gettext_lazy("%(months)s months of %(needed)s needed."),
    "min_time_in_post.no": gettext_lazy("%(months)s months of %(needed)s needed."),
    "min_time_in_post.first": gettext_lazy("A first appointment: no time is asked for."),
    "age_full_term.yes": gettext_lazy("Retires on %(retires)s; the term is %(years)s years."),
    "age_full_term.no": gettext_lazy("Retires on %(retires)s; the term is %(years)s years."),
    "age_full_term.waived": gettext_lazy(
        "Retires on %(retires)s; age is not asked for an equal or lower post."
    ),
    "discipline_bar.yes": gettext_lazy("No decision that still bars."),
    "discipline_bar.no": gettext_lazy("%(form)s of %(decided)s bars until %(until)s."),
    "no_pending_case.yes": gettext_lazy("Nothing is open."),
    "no_pending_case.no": gettext_lazy("Open: %(matters)s."),
    "no_pending_case.not_required": gettext_lazy("This edition does not bar for open matters."),
    "health_ok.yes": gettext_lazy("Certificate of %(issued)s, valid until %(until)s."),
    "health_ok.no": gettext_lazy("Certificate of %(issued)s, valid until %(until)s."),
    "health_ok.unfit": gettext_lazy("The certificate of %(issued)s does not say fit."),
    "assets_declared.yes": gettext_lazy("Declared on %(declared)s, verified on %(verified)s."),
    "assets_declared.no": gettext_lazy("Declared on %(declared)s, not verified."),
    "assets_declared.not_required": gettext_lazy(
        "Declared on %(declared)s; this edition does not ask for verification."
    ),
    "political_theory.yes": gettext_lazy("Level: %(level)s; needed: %(wanted)s."),
    "political_theory.no": gettext_lazy("Level: %(level)s; needed: %(wanted)s."),
    "political_theory.not_required": gettext_lazy("The standard asks for no level."),
    "title_standard.not_required": gettext_lazy("The standard asks for nothing more."),
    "title_standard.yes": gettext_lazy("%(degrees)s of %(needed)s university degrees."),
    "title_standard.no": gettext_lazy("%(degrees)s of %(needed)s university degrees."),
    "title_standard.unknown": gettext_lazy("No standard of the title is on file; enter it."),
    "political_theory.unknown": gettext_lazy("No standard of the title is on file; enter it."),
    "term_limit.yes": gettext_lazy("%(held)s terms in a row held, at most %(most)s."),
    "term_limit.no": gettext_lazy("%(held)s terms in a row held, at most %(most)s."),
    "term_limit.not_head": gettext_lazy("Not the post of a head: terms are not limited."),
    "last_eval.yes": gettext_lazy("At or above the level in the last %(years)s years."),
    "last_eval.no": gettext_lazy("Below the level in: %(low)s."),
    "last_eval.unknown": gettext_lazy("No evaluation is on file for: %(missing)s."),
    "remaining_time.yes": gettext_lazy("Retires on %(retires)s; %(years)s years are needed."),
    "remaining_time.no": gettext_lazy("Retires on %(retires)s; %(years)s years are needed."),
    "planned_cadre.yes": gettext_lazy("Approved in planning on %(since)s."),
    "planned_cadre.no": gettext_lazy("Not in planning for any title."),
    "planned_cadre.not_required": gettext_lazy("For this purpose planning is not asked for."),
    "equal_post.yes": gettext_lazy("The post is not higher than the present one."),
    "equal_post.no": gettext_lazy("A higher post, without being graded excellent last year."),
    "equal_post.outstanding": gettext_lazy("A higher post; graded excellent last year."),
    "equal_post.not_required": gettext_lazy("This edition says nothing of higher posts."),
    "not_weak.yes": gettext_lazy("Last year's tasks were completed."),
    "not_weak.no": gettext_lazy("Last year's tasks were not completed."),
    "not_weak.not_required": gettext_lazy("This edition does not ask for it."),
    "non_local.yes": gettext_lazy("Neither from there, nor so long at work there."),
    "non_local.no": gettext_lazy("From there, or long at work there."),
    "non_local.not_required": gettext_lazy("Not asked for this post and purpose."),
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

_DAYS = frozenset({"since", "retires", "decided", "until", "issued", "declared", "verified"})


def check_title(code: str) -> str:
    """The name of a check."""
    return str(TITLES.get(code, code))


def failed_titles(checks: Iterable[Mapping[str, Any]]) -> str:
    """The names of the checks that stand in somebody's way: failed, and passed by no exception."""
    failed = (check for check in checks if check["verdict"] != "yes" and not check["excepted"])
    return ", ".join(check_title(check["code"]) for check in failed)


def check_sentence(check: Mapping[str, Any]) -> str:
    """What a kept check found; says so where the file has no answer."""
    facts = dict(check["facts"])
    found = facts.pop("found", check["verdict"])
    if found == "conditions":
        return " ".join(told(*condition) for condition in facts["conditions"])
    sentence = _FOUND.get(f"{check['code']}.{found}", _SILENT)
    said = str(sentence % {key: _word(key, value) for key, value in facts.items()})
    return said[:1].upper() + said[1:]


def _word(key: str, value: Any) -> Any:
    if key in _DAYS:
        return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    return _WORDS.get(value, value)
