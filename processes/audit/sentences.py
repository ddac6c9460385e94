"""One sentence per entry, in the reader's language: codes become words, numbers become names."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permissions.catalogue import role_name
from processes.audit import changes
from processes.audit.changes import DAY
from processes.audit.models import AuditEntry, Event
from processes.audit.wording import SENTENCES

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Labels:
    """What higher layers call their codes: steps, outcomes, and all others (`terms`)."""

    steps: Mapping[str, Any] = field(default_factory=dict)
    outcomes: Mapping[str, Any] = field(default_factory=dict)
    terms: Mapping[str, Any] = field(default_factory=dict)
    #: What a case calls a paper: the same code is another paper in another procedure.
    paper: Callable[[Any, str], str] = lambda case, code: ""


@dataclass(frozen=True)
class Names:
    """What the numbers in some entries stand for."""

    labels: Labels = field(default_factory=Labels)
    people: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)
    cadres: Mapping[int, str] = field(default_factory=dict)
    cases: Mapping[int, Any] = field(default_factory=dict)


def names_of(entries: Iterable[AuditEntry], labels: Labels) -> Names:
    """Read the names that the sentences of these entries need, in four queries at most."""
    read = list(entries)
    people = [n for entry in read for n in (entry.by_id, entry.behalf_id, *_said(entry))]
    units = [n for entry in read for n in (entry.unit_id, entry.facts.get("of"))]
    cadres = [one.get("cadre") for entry in read for one in (entry.facts, *_former(entry))]
    return Names(
        labels,
        people=_read("permissions.User", people),
        units=_read("processes.Unit", units),
        cadres=_read("processes.Cadre", cadres),
        cases=_cases(entry for entry in read if entry.case_id and "item" in entry.facts),
    )


def _cases(entries: Iterable[AuditEntry]) -> dict[int, Any]:
    """The cases of these entries; what was read with an entry is not read again."""
    read = list(entries)
    known: dict[Any, Any] = {
        one.case_id: one.case for one in read if AuditEntry.case.is_cached(one)
    }
    if lacking := {one.case_id for one in read} - known.keys():
        known |= apps.get_model("processes.Case")._default_manager.in_bulk(lacking)
    return known


def _said(entry: AuditEntry) -> tuple[Any, Any]:
    return entry.facts.get("user"), entry.facts.get("other")


def _former(entry: AuditEntry) -> Iterable[Mapping[str, Any]]:
    found: Iterable[Mapping[str, Any]] = entry.facts.get("former_posts") or ()
    return found


def sentence(entry: AuditEntry, names: Names) -> str:
    """What the entry tells, as fully as it can be told, with the reason that was given."""
    event = Event(entry.event)
    for form in SENTENCES[event]:
        text = str(form)
        words = {name: WORDS[name](entry, names) for name in PLACEHOLDER.findall(text)}
        if all(words.values()):
            break
    said = text % words
    if entry.removed:
        said = _("%(sentence)s Erased by order since then: %(what)s.") % {
            "sentence": said, "what": ", ".join(str(_GONE[name]) for name in sorted(entry.removed)),
        }  # fmt: skip
    if not entry.reason:
        return said
    return _("%(sentence)s Reason: %(reason)s") % {"sentence": said, "reason": entry.reason}


#: What an order can take out of an entry (`processes.audit.removal.ERASABLE`).
_GONE = {"reason": gettext_lazy("the reason"), "facts": gettext_lazy("what it told besides")}


def _read(model: str, numbers: list[Any]) -> dict[int, str]:
    wanted = {number for number in numbers if isinstance(number, int)}
    if not wanted:
        return {}
    rows = apps.get_model(model)._default_manager.in_bulk(wanted)
    return {number: str(row) for number, row in rows.items()}


def _who(entry: AuditEntry, names: Names) -> str:
    """Person, role and on whose behalf; without a person it was the system."""
    if entry.by_id is None:
        return _("The system")
    who = _named(entry.by_id, names.people)
    if entry.role:
        who = _("%(person)s (%(role)s)") % {"person": who, "role": _role(entry.role, names)}
    if entry.behalf_id is None:
        return who
    behalf = _named(entry.behalf_id, names.people)
    return _("%(person)s on behalf of %(other)s") % {"person": who, "other": behalf}


def _named(number: Any, names: Mapping[int, str]) -> str:
    """The name that belongs to a number; the number itself where there is none."""
    if number is None:
        return ""
    known = names.get(number) if isinstance(number, int) else None
    return known or _("no. %(number)s") % {"number": number}


def _role(code: Any, names: Names) -> str:
    return role_name(str(code or ""))


def _day(value: Any, names: Names) -> str:
    """A day as Vietnamese documents write it."""
    if isinstance(value, str) and DAY.fullmatch(value):
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return _plain(value, names)


def _plain(value: Any, names: Names) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value)


def _term(value: Any, names: Names) -> str:
    return str(names.labels.terms.get(value, value)) if isinstance(value, str) else ""


def _item(entry: AuditEntry, names: Names) -> str:
    """A paper, as the rules of its case call it."""
    code, case = entry.facts.get("item"), names.cases.get(entry.case_id or 0)
    called = names.labels.paper(case, code) if case and isinstance(code, str) else ""
    return called or _term(code, names)


def _posts(entry: AuditEntry, names: Names) -> str:
    """Each post that somebody held, with the day on which it ends, before and now."""
    return "; ".join(_post(one, names) for one in _former(entry))


def _post(one: Mapping[str, Any], names: Names) -> str:
    whose = _named(one.get("cadre"), names.cadres)
    post = f"{whose}, {one['post']}" if whose else one["post"]
    if one["new"] == one["old"]:
        return _("%(post)s: kept") % {"post": post}
    ends = {name: _day(one[name], names) or changes.NOTHING for name in ("old", "new")}
    return _("%(post)s, until: %(old)s → %(new)s") % {"post": post, **ends}


def _model(label: Any, names: Names) -> str:
    """What a kind of row is called; its code where the model is no more."""
    kinds = {model._meta.label_lower: model._meta.verbose_name for model in apps.get_models()}
    code = _plain(label, names)
    return str(kinds.get(code, code))


def _fact(key: str, say: Callable[[Any, Names], str]) -> Callable[[AuditEntry, Names], str]:
    """A word that comes from one of the facts."""
    return lambda entry, names: say(entry.facts.get(key), names)


#: How each word is found; an empty one means that the entry does not have it.
WORDS: dict[str, Callable[[AuditEntry, Names], str]] = {
    "who": _who,
    "step": lambda entry, names: str(names.labels.steps.get(entry.step, entry.step)),
    "outcome": lambda entry, names: str(names.labels.outcomes.get(entry.outcome, entry.outcome)),
    "unit": lambda entry, names: _named(entry.unit_id, names.units),
    "edition": lambda entry, names: entry.edition,
    "changes": lambda entry, names: changes.told(entry.facts),
    **{
        name: _fact(name, lambda value, names: _named(value, names.people))
        for name in ("user", "other")
    },
    "of": _fact("of", lambda value, names: _named(value, names.units)),
    "cadre": _fact("cadre", lambda value, names: _named(value, names.cadres)),
    "held": _fact("role", _role),
    "model": _fact("model", _model),
    "posts": _posts,
    **{name: _fact(name, _day) for name in ("from", "until", "due_on")},
    **{name: _fact(name, _term) for name in ("body", "rule", "code", "level", "what")},
    "item": _item,
    **{
        name: _fact(name, _plain)
        for name in (
            "amount", "attempt", "authority", "basis", "codes", "comment", "document", "emergency",
            "former", "hours", "key", "label", "number", "page", "period", "points", "present",
            "question", "round", "rows", "signature", "size", "summoned", "title", "version",
        )
    },
}  # fmt: skip
