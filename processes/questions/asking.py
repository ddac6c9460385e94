"""Asking: a question gets a checkpoint, an answer, a digest of it, and an entry in the trail.

The digest is the hash of the canonical JSON of the list of lines; a line is the list of its
entries, each as number in the log and hash, and its values (`docs/audit-format.md`).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from hashlib import sha256
from typing import Any

import orjson
from django.db import transaction
from django.utils import timezone

from permissions.catalogue import Act
from permissions.checks import role_for, today
from permissions.models import User
from processes.audit.models import AuditEntry, Event
from processes.audit.trail import record
from processes.cases.bars import closed_cases
from processes.log.checkpoints import checkpoint_in_passing
from processes.log.models import Checkpoint
from processes.log.sequencer import sequence_all, size
from processes.organisation.units import Unit
from processes.questions.ballots import CLOSE_VOTES, REPEATED_BALLOTS
from processes.questions.declared import Asked, Line, Ready, TooWide, plain_line, read
from processes.questions.events import (
    DEADLINES_EXTENDED,
    ENTRY_COLUMNS,
    EXCEPTIONS,
    REFUSALS,
    SAW_BEFORE_VOTE,
)
from processes.questions.models import Question
from processes.questions.reach import entries_before
from processes.questions.wishes import narrowed
from processes.questions.work import BY_DEPUTY, HELD_LONGEST, SAME_FEW, TOO_FAST

SEARCH = "search"


def _searched(asked: Asked) -> Iterator[Line]:
    return map(plain_line, read(narrowed(asked.entries, asked.values)))


READY = {
    one.name: one
    for one in (
        SAW_BEFORE_VOTE, DEADLINES_EXTENDED, EXCEPTIONS, CLOSE_VOTES, REPEATED_BALLOTS, REFUSALS,
        SAME_FEW, HELD_LONGEST, BY_DEPUTY, TOO_FAST,
    )
}  # fmt: skip
_SEARCH = Ready(SEARCH, "", "", ENTRY_COLUMNS, _searched)


@dataclass(frozen=True)
class Answer:
    """What a question finds, and whether it is what it found when it was asked."""

    lines: list[Line]
    digest: str


def definition(name: str) -> Ready:
    """How a question is answered. Raises KeyError for one that there is not."""
    return _SEARCH if name == SEARCH else READY[name]


def ask(
    name: str, values: Mapping[str, Any], *, by: User, provinces: Collection[int], title: str = ""
) -> Question:
    """Ask about what the log holds now, and keep the question. Raises TooWide and keys.NoKey."""
    scope = {"provinces": sorted(provinces), "closed": sorted(closed_cases(by))}
    last = _checkpoint_of_now()
    found = answer_below(name, values, scope, last)
    with transaction.atomic():
        asked = Question.objects.create(
            name=name, title=title, values=dict(values), scope=scope, by=by, checkpoint=last,
            rows=len(found.lines), digest=found.digest,
        )  # fmt: skip
        _enter(asked, by)
    return asked


def again(asked: Question, *, by: User) -> Answer:
    """Answer a question anew from the same entries; the reading is an entry, once a day."""
    found = answer_below(asked.name, asked.values, asked.scope, asked.checkpoint)
    if not _today(by).filter(facts__question=asked.pk).exists():
        with transaction.atomic():
            _enter(asked, by)
    return found


def note_search(wish: Mapping[str, Any], *, by: User, provinces: Collection[int]) -> None:
    """Record what somebody searched the trail for, once a day for each search."""
    said = sha256(orjson.dumps(wish, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]
    if not wish or _today(by).filter(facts__wish=said).exists():
        return
    with transaction.atomic():
        facts = {"wish": said, "values": dict(wish)}
        record(Event.ASKED, by=by, role=_role(by, provinces), unit=_unit(provinces), facts=facts)


def answer_below(
    name: str, values: Mapping[str, Any], scope: Mapping[str, Any], last: Checkpoint
) -> Answer:
    """What is found among the entries of a checkpoint. Raises TooWide."""
    asked = Asked(entries_before(dict(scope), last.size), values, last.at)
    lines = list(definition(name).find(asked))
    if sum(len(line.entries) for line in lines) > _MOST_ENTRIES:
        raise TooWide
    return Answer(lines, digest_of(lines))


_MOST_ENTRIES = 50_000


def digest_of(lines: list[Line]) -> str:
    """What shows that two answers are the same."""
    said = [
        [[[entry.leaf.number, entry.hash] for entry in line.entries], dict(line.values)]
        for line in lines
    ]
    return sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _checkpoint_of_now() -> Checkpoint:
    """The last checkpoint if it holds all that is committed, else one that is signed now."""
    sequence_all()
    last = Checkpoint.objects.first()
    return last if last is not None and last.size == size() else checkpoint_in_passing()


def _enter(asked: Question, by: User) -> None:
    provinces = asked.scope["provinces"]
    facts = {
        "question": asked.pk, "what": f"question.{asked.name}", "values": asked.values,
        "number": asked.checkpoint_id, "size": asked.checkpoint.size, "rows": asked.rows,
        "digest": asked.digest,
    }  # fmt: skip
    record(Event.ASKED, by=by, role=_role(by, provinces), unit=_unit(provinces), facts=facts)


def _role(by: User, provinces: Collection[int]) -> str:
    return role_for(by, Act.INSPECT, min(provinces))


def _unit(provinces: Collection[int]) -> Unit:
    return Unit.objects.get(pk=min(provinces))


def _today(by: User) -> Any:
    midnight = timezone.make_aware(datetime.combine(today(), time.min))
    return AuditEntry.objects.filter(event=Event.ASKED, by=by, at__gte=midnight)
