"""Answers as tables: numbers of rows become names, codes become words."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from permissions.catalogue import role_name
from permissions.models import User
from processes.audit.models import Event
from processes.audit.sentences import names_of, sentence
from processes.cases.bars import closed_cases
from processes.cases.models import Case
from processes.conferences.models import Conference
from processes.conferences.queries import result_visible_to
from processes.organisation.people import Cadre
from processes.organisation.units import Unit
from processes.pages.entries import labels
from processes.pages.tables import Cell, Link
from processes.questions.ballots import TERMS
from processes.questions.declared import Column, Line


class Cells:
    """Cells of some lines; the names of all are read together."""

    def __init__(self, lines: Sequence[Line], columns: Sequence[Column]) -> None:
        self.columns = columns
        entries = [e for one in lines for e in one.entries[:1]]
        self._names = names = names_of(entries, labels())
        cases = {e.case_id: e.case for e in entries if "case" in e._state.fields_cache}
        self._rows: dict[str, dict[int, Any]] = {
            "person": _read(
                User, self._numbers(lines, "person") | self._people(lines), names.people
            ),
            "unit": _read(Unit, self._numbers(lines, "unit"), names.units),
            "cadre": _read(Cadre, self._numbers(lines, "cadre"), names.cadres),
            "case": _read(Case, self._numbers(lines, "case"), cases),
        }

    def of(self, line: Line) -> list[Cell]:
        """The cells of a line."""
        return [self._cell(column, line) for column in self.columns]

    def _numbers(self, lines: Sequence[Line], kind: str) -> set[int]:
        keys = [column.key for column in self.columns if column.kind == kind]
        return {n for line in lines for key in keys if (n := line.values.get(key))}

    def _people(self, lines: Sequence[Line]) -> set[int]:
        keys = [column.key for column in self.columns if column.kind == "people"]
        return {n for line in lines for key in keys for n in line.values.get(key) or ()}

    def _cell(self, column: Column, line: Line) -> Cell:
        value = line.values.get(column.key)
        if column.kind == "sentence":
            return sentence(line.entries[0], self._names)
        if value is None or value == "":
            return None
        if column.kind == "people":
            return ", ".join(self._named("person", number) for number in value)
        if column.kind == "case":
            return Link(self._named("case", value), reverse("case_trail", args=[value]))
        if column.kind in self._rows:
            return self._named(column.kind, value)
        return _WORDS[column.kind](value)

    def _named(self, kind: str, number: int) -> str:
        row = self._rows[kind].get(number)
        return str(row) if row else f"#{number}"


def _read(model: Any, numbers: set[int], known: Mapping[Any, Any]) -> dict[int, Any]:
    """The rows of these numbers; those that are known already are not read again."""
    wanted = numbers - known.keys()
    return {**known, **(model.objects.in_bulk(wanted) if wanted else {})}


def _moment(value: str) -> str:
    return f"{timezone.localtime(datetime.fromisoformat(value)):%d/%m/%Y %H:%M:%S}"


_WORDS: dict[str, Any] = {
    "text": str,
    "number": lambda value: value,
    "moment": _moment,
    "day": date.fromisoformat,
    "step": lambda code: str(labels().steps.get(code.partition("/")[0], code)),
    "event": lambda code: str(Event(code).label),
    "role": role_name,
    "term": lambda code: str(TERMS.get(code) or labels().terms.get(code, code)),
}


def open_to(user: User, lines: Sequence[Line]) -> list[Line]:
    """Lines without those of cases closed to the reader, and of results hidden from them."""
    closed = closed_cases(user)
    numbers = {one.values["meeting"] for one in lines if "meeting" in one.values}
    meetings = Conference.objects.select_related("case").in_bulk(numbers)
    seen = {number for number, one in meetings.items() if result_visible_to(one, user)}
    return [
        one
        for one in lines
        if one.values.get("case") not in closed and one.values.get("meeting") in {None, *seen}
    ]
