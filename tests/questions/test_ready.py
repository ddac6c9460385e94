"""Ready-made questions find what they say, on rows that the procedure itself has written."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from permissions.catalogue import Act
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.models import Case
from processes.conferences.models import Conference
from processes.questions.asking import READY
from processes.questions.work import steps_of

pytestmark = pytest.mark.stands("sign_or_issue")
DAY = timedelta(days=1)
DEPUTY = {"acts": [Act.SIGN, Act.ISSUE]}


def test_every_question_explains_itself_and_names_its_parameters():
    for one in READY.values():
        assert str(one.title)
        assert str(one.explanation).endswith(".")
        assert len({column.key for column in one.columns}) == len(one.columns)


def test_who_saw_the_dossier_before_the_vote(walk, world, note, lines):
    late = note(Event.READ, "office")
    closed = walk.case.entries.filter(event=Event.VOTE_CLOSED).order_by("seq")
    found = lines("saw_before_vote", case=walk.case.pk)
    assert late.pk not in {one.entries[0].pk for one in found}
    assert all(one.entries[0].seq < closed.last().seq for one in found)
    assert {one.values["before"] for one in found} <= {closed.last().at.isoformat()}


def test_a_vote_may_be_named_by_its_number(walk, note, lines):
    first = walk.case.entries.filter(event=Event.VOTE_CLOSED).order_by("seq").first()
    found = lines("saw_before_vote", case=walk.case.pk, vote=1)
    assert all(one.entries[0].seq < first.seq for one in found)
    assert lines("saw_before_vote", case=walk.case.pk, vote=99) == []


def test_extensions_of_deadlines(note, lines):
    facts = {"clock": 1, "rule": "deadlines.appraisal", "from": "2026-01-05", "until": "2026-01-09"}
    entry = note(Event.EXTENDED, "standing", reason="Nghỉ lễ.", facts=facts)
    (found,) = lines("deadlines_extended")
    assert found.entries == (entry,)
    assert (found.values["from"], found.values["until"]) == ("2026-01-05", "2026-01-09")


def test_exceptions(walk, note, lines):
    facts = {"cadre": walk.case.candidate_id, "rule": "PLANNED", "document": "12-TB/TU"}
    note(Event.EXCEPTED, "standing", facts=facts)
    (found,) = lines("exceptions")
    assert (found.values["rule"], found.values["document"]) == ("PLANNED", "12-TB/TU")


def test_votes_within_a_slip_of_the_threshold(walk, lines):
    clear = lines("close_votes", slips=1)
    everything = lines("close_votes", slips=999)
    assert len(clear) < len(everything)
    for one in clear:
        share = one.values
        assert abs(2 * share["agree"] - share["base"]) <= 2
    assert {one.values["proven"] for one in everything} == {"proven"}


def test_a_result_that_does_not_fit_the_trail_is_told(walk, lines):
    meeting = Conference.objects.filter(case=walk.case, state="closed").exclude(result={}).last()
    meeting.result["shares"][0]["agree"] -= 1
    meeting.save()
    found = lines("close_votes", slips=999)
    altered = {one.values["meeting"] for one in found if one.values["proven"] == "altered"}
    assert altered == {meeting.pk}


def test_repeated_ballots(note, lines):
    before = len(lines("repeated_ballots"))
    note(Event.CALLED, "sc_clerk", facts={"attempt": 2, "conference": 0})
    note(Event.RECOUNT, "sc_clerk", facts={"conference": 0})
    note(Event.VOIDED, "sc_clerk", facts={"conference": 0})
    note(Event.CALLED, "sc_clerk", facts={"attempt": 1, "conference": 0})
    assert len(lines("repeated_ballots")) == before + 3


def test_refusals_are_counted_by_person(world, note, lines):
    for who in ("head", "head", "clerk"):
        note(Event.REFUSED, who)
    found = lines("refusals", times=1)
    assert [(one.values["by"], one.values["times"]) for one in found] == [
        (world["head"].pk, 2), (world["clerk"].pk, 1),
    ]  # fmt: skip
    assert len(lines("refusals", times=2)) == 1


def test_the_same_few_people_on_a_case(walk, lines):
    concluded = walk.case.entries.filter(event=Event.CONCLUDED, by__isnull=False)
    (found,) = lines("same_few", people=99, share=100, steps=1)
    assert (found.values["case"], found.values["steps"]) == (walk.case.pk, concluded.count())
    assert set(found.entries) == set(concluded)
    assert lines("same_few", people=1, share=100, steps=1) == []
    assert lines("same_few", people=99, share=100, steps=999) == []


def test_cases_held_longest(walk, note, lines):
    note(Event.HELD, "oc_head", facts={"basis": "Công văn 1"})
    note(Event.RESUMED, "oc_head")
    goes_on = note(Event.HELD, "oc_head", facts={"basis": "Công văn 2"})
    found = lines("held_longest", days=0)
    assert [one.values["until"] is None for one in found].count(True) == 1
    assert [one.entries for one in found if one.values["until"] is None] == [(goes_on,)]
    assert lines("held_longest", days=1) == []


def test_decisions_signed_by_a_deputy(world, note, lines):
    step = steps_of([Act.SIGN])[0]
    note(Event.CONCLUDED, "secretary", step=step)
    entry = note(Event.CONCLUDED, "oc_clerk", step=step, behalf=world["secretary"])
    note(Event.CONCLUDED, "oc_clerk", step="appraise", behalf=world["oc_head"])
    signed = note(Event.CONCLUDED, "oc_head", step=step, facts={"signature": "TL."})
    assert [one.entries[0] for one in lines("by_deputy", **DEPUTY)] == [entry, signed]


def test_steps_faster_than_reading(walk, lines):
    found = lines("too_fast", seconds=20, least=10)
    assert found
    assert all(one.values["taken"] < one.values["needed"] for one in found)
    assert lines("too_fast", seconds=0, least=0) == []


@pytest.fixture
def other_case(walk):
    """A case of its own, in which nothing has happened yet."""
    case = Case.objects.get(pk=walk.case.pk)
    case.pk, case.code = None, "BN-2026-77777"
    case.save(force_insert=True)
    return case


@pytest.mark.parametrize(
    ("told", "taken", "fast"),
    [
        ([("office", 0), ("office", 1), ("head", 5)], 30, True),  # two papers, 30 seconds of 40
        ([("office", 0), ("office", 1), ("head", 5)], 45, False),
        ([("office", 0), ("office", 1)], 30, True),  # never seen before: from the last that was
        ([("head", 0), ("head", 1)], 30, False),  # their own papers
        ([], 0, False),  # nothing before
    ],
)
def test_only_papers_of_others_since_the_first_contact_count(
    other_case, world, lines, told, taken, fast
):
    """Who added a paper, so many seconds after the start, before `head` concludes a step."""
    start = timezone.now() - DAY
    firsts = [second for who, second in told if who == "head"]
    since = firsts[0] if firsts else max((second for _who, second in told), default=0)
    rows = [(Event.UPLOADED, *one) for one in told]
    for event, who, second in [*rows, (Event.CONCLUDED, "head", since + taken)]:
        with time_machine.travel(start + timedelta(seconds=second), tick=False):
            record(event, by=world[who], case=other_case, unit=other_case.unit)
    found = lines("too_fast", seconds=20, least=10)
    mine = [one.values for one in found if one.values["case"] == other_case.pk]
    assert bool(mine) is fast
    if fast:
        assert [(one["taken"], one["needed"], one["papers"]) for one in mine] == [(30, 40, 2)]


def test_a_period_leaves_out_other_days(note, lines):
    note(Event.REFUSED, "head")
    tomorrow = (timezone.localdate() + DAY).isoformat()
    assert lines("refusals", times=1, since=tomorrow) == []
