"""What a ready-made question is made of, and what its answer is made of."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from processes.audit.models import AuditEntry

#: So many lines at most; whoever finds more narrows the question.
LONGEST = 10_000
#: So many entries at most are read for a question that looks at each of them.
WIDEST = 50_000


class TooWide(Exception):
    """The question finds more than one answer holds."""

    def __str__(self) -> str:
        return _(
            "This finds more than %(most)s lines or reads more than %(read)s entries. Narrow it: a"
            " shorter period, one case, one person, one event."
        ) % {"most": LONGEST, "read": WIDEST}


@dataclass(frozen=True)
class Column:
    """A value of each line: its key, what it is called, and what kind of thing it is.

    Kinds: text, number, moment, person, people, cadre, unit, case, step, event, outcome, role,
    term, sentence. Numbers of rows and codes become names when they are shown.
    """

    key: str
    title: Any
    kind: str


@dataclass(frozen=True)
class Parameter:
    """Something that whoever asks may set. `initial` is said by a day: what it is without a word.

    Kinds: number, day, case, acts.
    """

    key: str
    label: Any
    kind: str
    initial: Any = None
    required: bool = True
    help: Any = ""


@dataclass(frozen=True)
class Line:
    """A line of an answer: the entries that it rests on, and values in no language."""

    entries: tuple[AuditEntry, ...]
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def case_id(self) -> int | None:
        """The case that it is about, if it is about one."""
        return self.entries[0].case_id if self.entries else None


@dataclass(frozen=True)
class Asked:
    """What a question has to go by: entries below a checkpoint, parameters, and its moment."""

    entries: QuerySet[AuditEntry]
    values: Mapping[str, Any]
    at: datetime

    def within(self) -> QuerySet[AuditEntry]:
        """The entries of the period asked for."""
        return between(self.entries, self.values.get("since"), self.values.get("until"))


@dataclass(frozen=True)
class Ready:
    """A ready-made question: what it asks, why, with which parameters, and how it is answered."""

    name: str
    title: Any
    explanation: Any
    columns: tuple[Column, ...]
    find: Callable[[Asked], Iterator[Line]]
    parameters: tuple[Parameter, ...] = ()


def midnight(day: str) -> datetime:
    """The beginning of a day in Viet Nam."""
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time.min))


def between(
    entries: QuerySet[AuditEntry], since: str | None, until: str | None
) -> QuerySet[AuditEntry]:
    """Entries of these days, the last one included."""
    if since:
        entries = entries.filter(at__gte=midnight(since))
    if until:
        entries = entries.filter(at__lt=midnight(until) + timedelta(days=1))
    return entries


def period(days: int) -> tuple[Parameter, Parameter]:
    """The days that a question looks at: without a word, so many up to today."""
    return (
        Parameter("since", gettext_lazy("From"), "day", -days),
        Parameter("until", gettext_lazy("To"), "day", 0),
    )


#: Columns that many questions have.
AT = Column("at", gettext_lazy("At"), "moment")
CASE = Column("case", gettext_lazy("Case"), "case")
WHO = Column("by", gettext_lazy("Person"), "person")
ROLE = Column("role", gettext_lazy("Role"), "role")
BEHALF = Column("behalf", gettext_lazy("On behalf of"), "person")
UNIT = Column("unit", gettext_lazy("Unit"), "unit")
STEP = Column("step", gettext_lazy("Step"), "step")
WHAT = Column("what", gettext_lazy("What happened"), "sentence")


def plain_line(entry: AuditEntry, **more: Any) -> Line:
    """A line that is one entry."""
    return Line((entry,), {**columns_of(entry), **more})


def columns_of(entry: AuditEntry) -> dict[str, Any]:
    """What any question may show of an entry."""
    return {
        "at": entry.at.isoformat(), "case": entry.case_id, "by": entry.by_id, "role": entry.role,
        "behalf": entry.behalf_id, "unit": entry.unit_id, "step": entry.step,
        "event": entry.event,
    }  # fmt: skip


def read(entries: QuerySet[AuditEntry], most: int = LONGEST) -> list[AuditEntry]:
    """The entries in the order of the log, if they are not too many. Raises TooWide.

    They are put in order here: a database that must give the first of an order may walk through
    the whole log for a few that are far apart.
    """
    found = list(entries.order_by()[: most + 1])
    if len(found) > most:
        raise TooWide
    return sorted(found, key=lambda entry: entry.leaf.number)
