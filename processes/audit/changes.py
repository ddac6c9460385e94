"""What an entry tells of a changed row: each column in words, its old value and its new one."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Field
from django.utils.translation import pgettext

NOTHING = "–"
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def told(facts: Mapping[str, Any]) -> str:
    """Old and new of each column that was changed, of all columns of a new row.

    A column that is no more goes by its name.
    """
    old, new = facts.get("old") or {}, facts.get("new") or {}
    columns = _columns(facts.get("model"))
    return "; ".join(
        f"{_called(name, columns)}: {_value(old.get(name), columns.get(name))} → "
        f"{_value(value, columns.get(name))}"
        for name, value in new.items()
        if not old or old.get(name) != value
    )


def _columns(model: Any) -> "dict[str, Field[Any, Any]]":
    try:
        fields = apps.get_model(str(model))._meta.concrete_fields
    except (LookupError, ValueError):
        return {}
    return {field.attname: field for field in fields} | {field.name: field for field in fields}


def _called(name: str, columns: "Mapping[str, Field[Any, Any]]") -> str:
    return str(columns[name].verbose_name) if name in columns else name


def _value(value: Any, column: "Field[Any, Any] | None") -> str:
    """A value as a page shows it; what is kept of a row elsewhere is its number."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return pgettext("value", "yes") if value else pgettext("value", "no")
    if column is None:
        return str(value)
    if column.get_internal_type() == "DateField" and DAY.fullmatch(str(value)):
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return str(dict(column.flatchoices).get(value, value))
