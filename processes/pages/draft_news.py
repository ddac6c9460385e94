"""What others have changed since somebody began to type: in the case, and in the form itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from permissions.models import User
from processes.audit.models import Event
from processes.cases.models import Case, Draft
from processes.pages.entries import told

#: Entries that change nothing for whoever is typing.
QUIET = (Event.READ, Event.DOWNLOADED, Event.REFUSED)
MOST = 10


@dataclass(frozen=True)
class Changed:
    """A field that somebody else has changed: as it was, as it is, and as it was typed."""

    label: Any
    before: str
    now: str
    typed: str


def news_since(case: Case, seen: int, *, but: User) -> list[str]:
    """What others have done in the case after the entry of that number, a sentence each."""
    entries = case.entries.filter(seq__gt=seen).exclude(by=but).exclude(event__in=QUIET)
    found = entries.select_related("by", "unit").order_by("-seq")[:MOST]
    return [one.sentence for one in told(found)]


def changed_fields(fresh: forms.Form, draft: Draft) -> list[Changed]:
    """Fields that now offer another value than when the draft was begun."""
    now = offered_by(fresh)
    return [
        Changed(
            fresh.fields[name].label,
            words_of(fresh, name, before),
            words_of(fresh, name, now[name]),
            words_of(fresh, name, draft.data.get(name)),
        )
        for name, before in draft.offered.items()
        if name in now and now[name] != before and name != "part"
    ]


def offered_by(form: forms.Form) -> dict[str, Any]:
    """What a form holds before anybody types, as JSON keeps it."""
    held = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return json.loads(json.dumps(held, default=str))


def said_in(
    form: forms.Form | None,
    data: Mapping[str, Any],
    lost: Mapping[str, forms.Field] | None = None,
) -> list[tuple[str, str]]:
    """What was typed, as words and texts; the field's own name where its form is no more.

    `lost` are the fields of a form that cannot be built: what was chosen in them has no words.
    """
    fields = form.fields if form is not None else lost or {}
    said = [
        (
            str(fields[name].label) if name in fields else name,
            words_of(form, name, value) if form is not None and name in fields else _plain(value),
        )
        for name, value in data.items()
        if name != "part" and (form is not None or not hasattr(fields.get(name), "choices"))
    ]
    return [(word, text) for word, text in said if text]


def words_of(form: forms.Form, name: str, value: Any) -> str:
    """A value as its field shows it: labels for what is chosen, the text for all else."""
    choices = getattr(form.fields[name], "choices", None)
    if choices is None:
        return _plain(value)
    labels = {str(key): str(label) for key, label in choices}
    values = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(str(one), str(one)) for one in values if one not in (None, ""))


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return "" if value is None else str(value)
