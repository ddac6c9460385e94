"""The log as XES (IEEE 1849): a trace for each case, written as it is read."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import quoteattr

from processes.figures.log import LoggedCase, LoggedEvent

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/>\
<date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/>\
<string key="lifecycle:transition" value="complete"/></global>
<classifier name="Activity" keys="concept:name"/>
"""


def xes(
    cases: Iterable[LoggedCase], units: dict[int, str], people: dict[int, str]
) -> Iterator[str]:
    """The file in pieces."""
    yield HEAD
    for logged in cases:
        case = logged.case
        yield "<trace>"
        yield _string("concept:name", case.code)
        yield _string("procedure", logged.procedure)
        yield _string("edition", case.edition)
        yield _string("outcome", case.outcome)
        yield _string("unit", units.get(case.unit_id, ""))
        for event in logged.events:
            yield from _event(event, units, people)
        yield "</trace>\n"
    yield "</log>\n"


def _event(event: LoggedEvent, units: dict[int, str], people: dict[int, str]) -> Iterator[str]:
    yield "<event>"
    yield _string("concept:name", event.name)
    yield _string("concept:instance", event.id)
    yield _string("lifecycle:transition", "complete")
    yield _date("time:timestamp", event.at)
    if event.begun:
        yield _date("start_timestamp", event.begun)
    yield _string("kind", event.kind)
    yield _string("step", event.step)
    yield _string("outcome", event.outcome)
    if event.many:
        yield '<boolean key="many" value="true"/>'
    if event.unit:
        yield _string("org:group", units.get(event.unit, ""))
    if event.person:
        yield _string("org:resource", people.get(event.person, ""))
    yield "</event>"


def _string(key: str, value: str) -> str:
    return f"<string key={quoteattr(key)} value={quoteattr(value)}/>"


def _date(key: str, at: datetime) -> str:
    return f'<date key={quoteattr(key)} value="{at.isoformat(timespec="milliseconds")}"/>'
