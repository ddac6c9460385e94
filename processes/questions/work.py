"""Ready-made questions about who works on cases, and how long it takes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from permissions.catalogue import Act
from processes.audit.models import AuditEntry, Event
from processes.flows import FLOWS
from processes.questions.declared import (
    AT,
    BEHALF,
    CASE,
    LONGEST,
    ROLE,
    STEP,
    WHAT,
    WHO,
    WIDEST,
    Asked,
    Column,
    Line,
    Parameter,
    Ready,
    TooWide,
    period,
    plain_line,
    read,
)

#: What ends a hold.
HOLD_ENDS = (Event.RESUMED, Event.RESTARTED, Event.WITHDRAWN, Event.ENDED)
#: What adds a paper.
PAPERS = (Event.UPLOADED, Event.GENERATED)
PORTION = 500
DAY = timedelta(days=1)


def _same_few(asked: Asked) -> Iterator[Line]:
    concluded = asked.within().filter(event=Event.CONCLUDED, by__isnull=False, case__isnull=False)
    by_case: dict[int, list[tuple[int, int]]] = defaultdict(list)
    pairs = concluded.order_by().values_list("case", "by").annotate(Count("pk"))
    for case, person, number in pairs.iterator():
        by_case[case].append((number, person))
    found = [(case, *few) for case, people in by_case.items()
             if (few := _few(people, asked.values))]  # fmt: skip
    if len(found) > LONGEST:
        raise TooWide
    found.sort(key=lambda one: (-one[2], -one[3], one[0]))
    entries = _by_case(concluded.filter(case__in=[one[0] for one in found]))
    for case, people, share, steps in found:
        told = {"case": case, "people": people, "share": share, "steps": steps}
        yield Line(tuple(entries[case]), told)


def _few(people: list[tuple[int, int]], values: Any) -> tuple[list[int], int, int] | None:
    """The people who did most, with their share in percent, where that is as much as asked for."""
    steps = sum(number for number, _person in people)
    first = sorted(people, key=lambda one: (-one[0], one[1]))[: values["people"]]
    share = 100 * sum(number for number, _person in first) // steps
    if steps < values["steps"] or share < values["share"]:
        return None
    return sorted(person for _number, person in first), share, steps


def _by_case(entries: Iterable[AuditEntry]) -> dict[Any, list[AuditEntry]]:
    found: dict[Any, list[AuditEntry]] = defaultdict(list)
    for entry in entries:
        found[entry.case_id].append(entry)
    return found


def _held(asked: Asked) -> Iterator[Line]:
    held = read(asked.within().filter(event=Event.HELD))
    cases = {entry.case_id for entry in held}
    ends = _by_case(asked.entries.filter(case__in=cases, event__in=HOLD_ENDS))
    lines = []
    for entry in held:
        end = next((one for one in ends[entry.case_id] if one.seq > entry.seq), None)
        days = max(((end.at if end else asked.at) - entry.at) // DAY, 0)
        if days >= asked.values["days"]:
            until = end.at.isoformat() if end else None
            rests = (entry, end) if end else (entry,)
            lines.append(Line(rests, plain_line(entry, until=until, days=days).values))
    yield from sorted(lines, key=lambda one: (-one.values["days"], one.entries[0].pk))


def _deputies(asked: Asked) -> Iterator[Line]:
    steps = steps_of(asked.values["acts"])
    concluded = asked.within().filter(event=Event.CONCLUDED, step__in=steps)
    for entry in read(concluded, WIDEST):
        signature = entry.facts.get("signature")
        if entry.behalf_id or signature:
            yield plain_line(entry, signature=signature or "")


def steps_of(acts: Iterable[str]) -> list[str]:
    """Names of the steps, of whatever procedure, that are one of these acts."""
    rows = (row for flow in FLOWS.values() for row in flow.rows())
    return sorted({row.name for row in rows if row.act in set(acts)})


def _fast(asked: Asked) -> Iterator[Line]:
    concluded = asked.within().filter(event=Event.CONCLUDED, by__isnull=False, case__isnull=False)
    told = read(concluded.annotate(since=_since()), WIDEST)
    # Papers are asked for only where they can matter: each entry before is one at most.
    entries = [one for one in told if _too_short(one, one.seq - 1, asked.values)]
    number = 0
    for start in range(0, len(entries), PORTION):
        portion = entries[start : start + PORTION]
        papers = _by_case(
            asked.entries.filter(case__in={one.case_id for one in portion}, event__in=PAPERS)
        )
        for entry in portion:
            others = [one for one in papers[entry.case_id] if one.by_id != entry.by_id]
            before = sum(one.seq < entry.seq for one in others)
            if _too_short(entry, before, asked.values):
                number += 1
                if number > LONGEST:
                    raise TooWide
                yield _too_fast(entry, before, asked.values)


def _since() -> Coalesce:
    """Since when the person can have read: from their first entry in the case on.

    Without one from what happened in the case just before. All of a case is in one scope, and what
    comes before an entry in its chain comes before it in the log.
    """
    before = AuditEntry.objects.filter(chain=OuterRef("chain"), seq__lt=OuterRef("seq"))
    own = before.filter(by=OuterRef("by")).order_by("seq")
    return Coalesce(
        Subquery(own.values("at")[:1]), Subquery(before.order_by("-seq").values("at")[:1])
    )


def _too_short(entry: Any, papers: int, values: Any) -> bool:
    """Whether reading so many papers takes longer than the person can have had."""
    return entry.since is not None and _taken(entry) < _needed(papers, values)


def _taken(entry: Any) -> int:
    return int((entry.at - entry.since).total_seconds())


def _needed(papers: int, values: Any) -> int:
    return max(values["least"], papers * values["seconds"])


def _too_fast(entry: Any, papers: int, values: Any) -> Line:
    since, taken, needed = entry.since.isoformat(), _taken(entry), _needed(papers, values)
    return plain_line(entry, since=since, taken=taken, needed=needed, papers=papers)


SAME_FEW = Ready(
    "same_few",
    _("The same few people on one case"),
    _(
        "Cases in which very few people concluded most of the steps: the more hands a case goes"
        " through, the more eyes have seen it."
    ),
    (CASE, Column("people", _("People"), "people"),
     Column("share", _("Share of the steps, in percent"), "number"),
     Column("steps", _("Steps"), "number")),
    _same_few,
    (*period(365), Parameter("people", _("So many people"), "number", 2),
     Parameter("share", _("At least such a share of the steps, in percent"), "number", 60),
     Parameter("steps", _("In cases with at least so many steps"), "number", 6)),
)  # fmt: skip
HELD_LONGEST = Ready(
    "held_longest",
    _("Cases held longest"),
    _("Holds by their length, the longest first; one that goes on counts up to the checkpoint."),
    (CASE, Column("days", _("Days"), "number"), AT, Column("until", _("Until"), "moment"), WHO,
     WHAT),
    _held,
    (*period(365), Parameter("days", _("At least so many days"), "number", 1)),
)  # fmt: skip
BY_DEPUTY = Ready(
    "by_deputy",
    _("Decisions signed by a deputy"),
    _(
        "Signatures, issues and resolutions that somebody concluded on behalf of another, or under"
        " a delegation."
    ),
    (AT, CASE, STEP, WHO, BEHALF, ROLE, Column("signature", _("Under"), "text"), WHAT),
    _deputies,
    (*period(365),
     Parameter("acts", _("Of these acts"), "acts",
               [Act.SIGN, Act.ISSUE, Act.SIGN_DELEGATED, Act.RESOLVE, Act.PROMULGATE])),
)  # fmt: skip
TOO_FAST = Ready(
    "too_fast",
    _("Steps faster than reading is possible"),
    _(
        "Steps that were concluded sooner than their papers can be read. A person is given all time"
        " since their first entry in the case, or, without one, since what happened just before;"
        " only papers that others put there count."
    ),
    (AT, CASE, STEP, WHO, Column("taken", _("Seconds taken"), "number"),
     Column("needed", _("Seconds needed"), "number"), Column("papers", _("Papers"), "number"),
     WHAT),
    _fast,
    (*period(30), Parameter("seconds", _("Seconds for a paper"), "number", 20),
     Parameter("least", _("Seconds at least"), "number", 10)),
)  # fmt: skip
