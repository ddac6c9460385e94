"""Entries of the trail with their sentences, in the words of steps, outcomes and rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from processes.audit.models import AuditEntry
from processes.audit.sentences import Labels, Names, names_of, sentence
from processes.eligibility.sentences import TITLES
from processes.flows import FLOWS
from processes.pages.labels import CONFERENCES, DEADLINES, ENDS
from processes.steps.labels import OUTCOMES


@dataclass(frozen=True)
class Told:
    """An entry and what it tells."""

    entry: AuditEntry
    sentence: str


@cache
def labels() -> Labels:
    """What the codes in entries are called; the words are translated when they are shown."""
    rows = [row for flow_class in FLOWS.values() for row in flow_class.rows()]
    return Labels(
        steps={row.name: row.task_title for row in rows},
        outcomes={**ENDS, **OUTCOMES},
        terms={**DEADLINES, **CONFERENCES, **TITLES},
    )


def told(entries: Iterable[AuditEntry], names: Names | None = None) -> list[Told]:
    """Tell each entry; the names of all are read together."""
    found = list(entries)
    known = names or names_of(found, labels())
    return [Told(entry, sentence(entry, known)) for entry in found]
