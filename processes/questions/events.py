"""Ready-made questions that are answered by entries of one kind: reads, deadlines, exceptions."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from processes.audit.models import AuditEntry, Event
from processes.questions.declared import (
    AT,
    BEHALF,
    CASE,
    ROLE,
    STEP,
    UNIT,
    WHAT,
    WHO,
    Asked,
    Column,
    Line,
    Parameter,
    Ready,
    period,
    plain_line,
    read,
)

SEEN = (Event.READ, Event.DOWNLOADED, Event.BUNDLED)


def _seen(asked: Asked) -> Iterator[Line]:
    entries = asked.entries.filter(case=asked.values["case"])
    votes = read(entries.filter(event=Event.VOTE_CLOSED))
    number = asked.values.get("vote") or len(votes)
    if number > len(votes):
        return
    seen = entries.filter(event__in=SEEN)
    if votes:
        seen = seen.filter(seq__lt=votes[number - 1].seq)
    before = votes[number - 1].at.isoformat() if votes else None
    for entry in read(seen):
        yield plain_line(entry, before=before)


def _extended(asked: Asked) -> Iterator[Line]:
    for entry in read(asked.within().filter(event=Event.EXTENDED)):
        facts = entry.facts
        told = {name: facts.get(name) for name in ("rule", "from", "until")}
        yield plain_line(entry, **told)


def _excepted(asked: Asked) -> Iterator[Line]:
    for entry in read(asked.within().filter(event=Event.EXCEPTED)):
        facts = entry.facts
        told = {name: facts.get(name) for name in ("cadre", "rule", "document")}
        yield plain_line(entry, **told)


def _refused(asked: Asked) -> Iterator[Line]:
    by_person: dict[int, list[AuditEntry]] = defaultdict(list)
    refusals = asked.within().filter(event=Event.REFUSED, by__isnull=False)
    for entry in read(refusals):
        by_person[entry.by_id].append(entry)  # type: ignore[index]
    least = asked.values["times"]
    for person, entries in sorted(by_person.items(), key=lambda one: (-len(one[1]), one[0])):
        if len(entries) >= least:
            yield Line(tuple(entries), {
                "by": person, "times": len(entries),
                "cases": len({entry.case_id for entry in entries if entry.case_id}),
                "first": entries[0].at.isoformat(), "last": entries[-1].at.isoformat(),
            })  # fmt: skip


SAW_BEFORE_VOTE = Ready(
    "saw_before_vote",
    _("Who saw this dossier before the vote"),
    _(
        "Everybody who opened the page of the case, downloaded a paper or took its evidence before"
        " the vote was closed, with the moment. A person's reading is one entry a day. Without a"
        " closed vote: everybody so far."
    ),
    (AT, WHO, ROLE, BEHALF, UNIT, WHAT, Column("before", _("Vote closed at"), "moment")),
    _seen,
    (
        Parameter("case", _("Case number"), "case"),
        Parameter("vote", _("Which vote"), "number", None, required=False,
                  help=_("1 is the first vote that was closed; empty: the last one.")),
    ),
)  # fmt: skip
DEADLINES_EXTENDED = Ready(
    "deadlines_extended",
    _("Deadlines extended"),
    _("Every deadline that was given more time: who decided it, from which day to which, and why."),
    (AT, CASE, Column("rule", _("Deadline"), "term"), Column("from", _("From"), "day"),
     Column("until", _("To"), "day"), WHO, ROLE, WHAT),
    _extended,
    period(365),
)  # fmt: skip
EXCEPTIONS = Ready(
    "exceptions",
    _("Exceptions"),
    _("Every failed check that the competent level passed: for whom, which rule, which document."),
    (AT, CASE, Column("cadre", _("Cadre"), "cadre"), Column("rule", _("Rule"), "term"),
     Column("document", _("Document"), "text"), WHO, ROLE, WHAT),
    _excepted,
    period(365),
)  # fmt: skip
REFUSALS = Ready(
    "refusals",
    _("Refusals by person"),
    _(
        "Who was refused how often: steps that were not theirs, cases and records that are closed"
        " to them. The refusals themselves are in the verifiable export."
    ),
    (WHO, Column("times", _("Refusals"), "number"), Column("cases", _("Cases"), "number"),
     Column("first", _("First"), "moment"), Column("last", _("Last"), "moment")),
    _refused,
    (*period(90), Parameter("times", _("At least so many"), "number", 1)),
)  # fmt: skip
#: What `search` shows: the entries themselves.
ENTRY_COLUMNS = (AT, CASE, WHO, ROLE, BEHALF, UNIT, STEP, WHAT)
