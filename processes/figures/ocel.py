"""The log as OCEL 2.0 in JSON: events of cases, units, people and papers, each an object."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import orjson

from processes.figures.log import LoggedCase, LoggedEvent

ADDED = "document added"
OBJECT_TYPES = {
    "case": ("number", "procedure", "edition", "outcome"),
    "unit": ("name",),
    "person": ("account",),
    "document": ("title", "number"),
}
EVENT_ATTRIBUTES = ("step", "outcome", "kind")
Cases = Callable[[], Iterable[LoggedCase]]


def ocel(cases: Cases, units: dict[int, str], people: dict[int, str]) -> Iterator[bytes]:
    """The file in pieces; the cases are read three times, so that none has to be remembered."""
    names = {event.name for logged in cases() for event in logged.events} | {ADDED}
    yield b'{"objectTypes":'
    yield orjson.dumps([_type(name, keys) for name, keys in OBJECT_TYPES.items()])
    yield b',"eventTypes":'
    yield orjson.dumps([_type(name, EVENT_ATTRIBUTES) for name in sorted(names)])
    yield b',"objects":['
    yield from _parted(_objects(cases(), units, people))
    yield b'],"events":['
    yield from _parted(_events(cases()))
    yield b"]}"


def _parted(items: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    for place, item in enumerate(items):
        yield (b"," if place else b"") + orjson.dumps(item)


def _type(name: str, keys: Iterable[str]) -> dict[str, Any]:
    return {"name": name, "attributes": [{"name": key, "type": "string"} for key in keys]}


def _objects(
    cases: Iterable[LoggedCase], units: dict[int, str], people: dict[int, str]
) -> Iterator[dict[str, Any]]:
    start = datetime(1970, 1, 1, tzinfo=UTC)
    for number, name in units.items():
        yield _object(f"unit-{number}", "unit", start, name=name)
    for number, account in people.items():
        yield _object(f"person-{number}", "person", start, account=account)
    for logged in cases:
        case = logged.case
        yield _object(
            f"case-{case.pk}", "case", case.created, number=case.code,
            procedure=logged.procedure, edition=case.edition, outcome=case.outcome,
        ) | _related([(f"unit-{case.unit_id}", "proposing unit")])  # fmt: skip
        for paper in logged.documents:
            yield _object(
                f"document-{paper.pk}", "document", paper.uploaded_at, title=paper.title,
                number=paper.number,
            ) | _related([(f"case-{case.pk}", "dossier of")])  # fmt: skip


def _events(cases: Iterable[LoggedCase]) -> Iterator[dict[str, Any]]:
    for logged in cases:
        here = f"case-{logged.case.pk}"
        for event in logged.events:
            yield _event(event, here)
        for paper in logged.documents:
            yield {
                "id": f"added-{paper.pk}", "type": ADDED, "time": _time(paper.uploaded_at),
                "attributes": _attributes(step=paper.step, outcome="", kind="document"),
            } | _related([
                (here, "case"), (f"document-{paper.pk}", "document"),
                (f"person-{paper.uploaded_by_id}", "by"),
            ])  # fmt: skip


def _event(event: LoggedEvent, case: str) -> dict[str, Any]:
    related = [(case, "case")]
    if event.unit:
        related.append((f"unit-{event.unit}", "for"))
    if event.person:
        related.append((f"person-{event.person}", "by"))
    told = {"id": event.id, "type": event.name, "time": _time(event.at)}
    said = _attributes(step=event.step, outcome=event.outcome, kind=event.kind)
    return told | {"attributes": said} | _related(related)


def _object(key: str, kind: str, at: datetime, **facts: str) -> dict[str, Any]:
    told = [{"name": name, "time": _time(at), "value": value} for name, value in facts.items()]
    return {"id": key, "type": kind, "attributes": told}


def _related(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {"relationships": [{"objectId": key, "qualifier": how} for key, how in pairs]}


def _attributes(**facts: str) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in facts.items()]


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
