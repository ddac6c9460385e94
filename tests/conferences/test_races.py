"""Several people at one conference at the same moment, on a database with real locks."""

from functools import partial

import pytest

from permissions.errors import Closed, Conflict
from processes.audit.verify import verify
from processes.conferences import writers
from processes.conferences.models import Conference
from processes.conferences.queries import standing
from processes.organisation.bodies import Membership
from tests.conferences.meeting import (
    call,
    close,
    counted,
    counting,
    enter,
    new_task,
    tellers,
)
from tests.kept import built
from tests.races import at_once
from tests.world import SINCE, make_cadre, make_user, small_world

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    return built(small_world)


def again(meeting):
    """The conference as another request has read it."""
    return Conference.objects.get(pk=meeting.pk)


def entering(meeting, *people, votes=()):
    return [partial(enter, again(meeting), teller, *votes) for teller in people]


def told(meeting, event):
    return meeting.case.entries.filter(event=event).count()


def test_two_tellers_enter_at_once(world):
    meeting = counting(world)
    given = at_once(*entering(meeting, *tellers(meeting)))
    assert {entry.teller.cadre.user for entry in given} == set(tellers(meeting))
    assert (standing(meeting), told(meeting, "counted")) == ("agree", 2)
    assert verify(meeting.case_id).sound


def test_six_tellers_enter_at_once(world):
    unit = world.units["SNV"]
    team = [make_cadre(unit, make_user(f"counter{n}")) for n in range(6)]
    for cadre in team:
        Membership.objects.create(
            body=world.bodies["leadership"], cadre=cadre, valid_from=SINCE, votes=False
        )
    meeting = counting(world, tellers=team)
    given = at_once(*entering(meeting, *(cadre.user for cadre in team)))
    assert len({entry.pk for entry in given}) == 6
    assert (standing(meeting), told(meeting, "counted")) == ("agree", 6)
    assert verify(meeting.case_id).sound


def test_one_teller_twice_at_once_counts_once(world):
    meeting = counting(world)
    teller = tellers(meeting)[0]
    given = at_once(*entering(meeting, teller), *entering(meeting, teller, votes=(7, 1)))
    assert sorted(type(one).__name__ for one in given) == ["Conflict", "CountEntry"]
    assert (meeting.counts.count(), told(meeting, "counted")) == (1, 1)


def test_the_last_count_against_the_close(world):
    meeting = counting(world)
    one, other = tellers(meeting)
    enter(meeting, one)
    count, closing = at_once(
        *entering(meeting, other), partial(close, again(meeting), world["clerk"])
    )
    assert count.teller.cadre.user == other
    state = "counting" if isinstance(closing, Conflict) else "closed"
    assert (again(meeting).state, told(meeting, "vote_closed")) == (state, state == "closed")


def test_a_count_against_the_ballot_being_void(world):
    meeting = counting(world)
    count, _void = at_once(
        *entering(meeting, tellers(meeting)[0]),
        partial(writers.void, again(meeting), by=world["clerk"], reason="Thừa phiếu"),
    )
    kept = 0 if isinstance(count, Closed) else 1
    assert again(meeting).state == "void"
    assert (meeting.counts.count(), told(meeting, "counted")) == (kept, kept)


def test_two_people_close_at_once(world):
    meeting = counted(world)
    given = at_once(*[partial(close, again(meeting), world["clerk"]) for _n in range(2)])
    assert sorted(type(one).__name__ for one in given) == ["Closed", "Result"]
    assert told(meeting, "vote_closed") == 1


def test_closed_or_void_but_not_both(world):
    meeting = counted(world)
    given = at_once(
        partial(close, again(meeting), world["clerk"]),
        partial(writers.void, again(meeting), by=world["clerk"], reason="Thừa phiếu"),
    )
    assert sum(isinstance(one, Closed) for one in given) == 1
    assert told(meeting, "vote_closed") + told(meeting, "voided") == 1


def test_two_people_call_at_once(world):
    task = new_task(world)
    given = at_once(*[partial(call, world, task) for _n in range(2)])
    assert sorted(type(one).__name__ for one in given) == ["Conference", "Conflict"]
    assert Conference.objects.filter(case=task.process).count() == 1


def test_two_people_order_a_recount_at_once(world):
    meeting = counting(world)
    one, other = tellers(meeting)
    enter(meeting, one, 5, 3)
    enter(meeting, other, 6, 2)
    order = partial(writers.recount, by=world["clerk"], reason="Lệch")
    given = at_once(partial(order, again(meeting)), partial(order, again(meeting)))
    assert [type(one) for one in given].count(Conflict) == 1
    assert (again(meeting).count_round, told(meeting, "recount")) == (2, 1)
