"""Every path of the table of nomination of a People's Council deputy (procedures.md 8.3, 12.5)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from permissions.checks import today
from permissions.models import User
from processes.audit.verify import verify
from processes.cases.models import Case, CaseTask
from processes.demo.stories import against, hold
from processes.demo.stories_nomination import DEPUTY, answered, begin, effective, go, voters, voting
from processes.demo.walk import Walk
from processes.flows import (
    NominationDeputyFlow,
    NominationPartyPostFlow,
    NominationStatePostFlow,
)
from processes.organisation.elections import Election, ElectionDeadline
from processes.organisation.people import PostHeld
from processes.steps.flow import CaseFlow
from processes.steps.sweep import sweep
from tests.flows.nominations import browser, english, road_of, walk, world
from tests.world import make_cadre
from tests.world_elections import ElectionWorld

__all__ = ["browser", "english", "walk", "world"]

TABLE = "n01 n02 n03 n03a n04 n05 n06 z_hold z_withdraw z_reject"
ROAD = [*DEPUTY, ""]


def start(world: ElectionWorld, person: int = 0) -> Walk:
    """Nominate somebody for the election ahead."""
    return begin(
        NominationDeputyFlow, world.positions["deputy"],
        nominee=world.candidates[person].code, election=world.election.pk,
    )  # fmt: skip


road = road_of(start, DEPUTY)


def test_the_table_has_every_row_of_the_law_book() -> None:
    codes = {row.code for row in NominationDeputyFlow.rows()}
    assert [code for code in TABLE.split() if code not in codes] == []


@pytest.mark.stands("nominate")
def test_a_position_of_many_seats_has_a_case_for_each_nominee(
    walk: Walk, world: ElectionWorld
) -> None:
    assert start(world, 1).case.position == walk.case.position
    assert walk.case.title.endswith(str(world.candidates[0]))


@pytest.mark.stands("nominate")
def test_a_start_names_an_election_that_is_ahead(walk: Walk, world: ElectionWorld) -> None:
    Election.objects.update(held_on=today() - timedelta(days=1))
    with pytest.raises(ValueError, match="election"):
        start(world, 2)


@pytest.mark.stands("nominate")
@pytest.mark.parametrize(("procedure", "post"), [
    (NominationDeputyFlow, "chair"), (NominationStatePostFlow, "secretary"),
    (NominationPartyPostFlow, "chair"),
])  # fmt: skip
def test_a_procedure_is_for_its_own_kind_of_post(
    walk: Walk, world: ElectionWorld, procedure: type[CaseFlow], post: str
) -> None:
    said = {"nominee": world.candidates[2].code, "election": world.election.pk}
    said |= {"variant": "designation", "legal_basis": "NQ 76"}
    with pytest.raises(ValueError, match=r"kind of post|no seat"):
        begin(procedure, world.positions[post], **said)


@pytest.mark.stands("nominate")
def test_the_standing_committee_may_reject(walk: Walk) -> None:
    walk.conference("nominate", against)
    assert walk.case.outcome == "rejected"


@pytest.mark.stands("nominate")
def test_without_a_quorum_the_standing_committee_meets_again(walk: Walk) -> None:
    walk.conference("nominate", absent=99)
    assert walk.at == ["nominate"]


@pytest.mark.stands("candidacy_dossier")
def test_an_incomplete_dossier_stays_until_its_papers_are_there(walk: Walk) -> None:
    walk.do("candidacy_dossier", "incomplete", reason="Thiếu mẫu 02.")
    with pytest.raises(ValidationError, match="missing"):
        walk.do("candidacy_dossier", "complete")
    assert walk.at == ["candidacy_dossier"]


@pytest.mark.stands("candidacy_dossier")
def test_a_round_is_due_on_the_day_that_was_set_for_the_election(
    walk: Walk, world: ElectionWorld
) -> None:
    day = world.election.held_on - timedelta(days=95)
    ElectionDeadline.objects.create(
        election=world.election, part="round_1", on=day, source="Kế hoạch của tỉnh"
    )
    go(walk, DEPUTY, "consultation_1")
    assert walk.task("consultation_1").due_on == day


@pytest.mark.stands("consultation_1")
def test_without_a_set_day_the_edition_s_days_before_the_election_count(
    walk: Walk, world: ElectionWorld
) -> None:
    task = walk.task("consultation_1")
    assert task.due_on == world.election.held_on - timedelta(days=85)
    assert "election.consultation_days.round_1" in walk.case.used_rules


@pytest.mark.stands("consultation_1")
def test_a_round_that_is_not_over_in_time_makes_the_case_late(walk: Walk) -> None:
    sweep(walk.task("consultation_1").due_on + timedelta(days=2))
    walk.case.refresh_from_db()
    assert walk.case.flags == ["late"]


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(step, marks=pytest.mark.stands(step))
        for step in ("consultation_1", "consultation_2", "consultation_3")
    ],
)
def test_a_failed_round_goes_back_to_the_dossier(
    walk: Walk, world: ElectionWorld, step: str
) -> None:
    assert walk.task(step).unit == world.units["MTTQ"]
    answered(step, "failed", "BB 9/BB-MTTQ", reason="Chưa thống nhất cơ cấu.")(walk)
    assert walk.at == ["candidacy_dossier"]


@pytest.mark.stands("consultation_1")
def test_a_held_case_may_restart_at_the_first_round(walk: Walk) -> None:
    hold(walk).do("held", "restart", restart_from="nominate", reason="Làm lại.")
    assert walk.at == ["nominate"]
    go(walk, DEPUTY)
    assert walk.case.outcome == "elected"


@pytest.mark.stands("workplace_voters")
def test_the_voters_meet_where_the_nominee_works(walk: Walk, world: ElectionWorld) -> None:
    task = walk.task("workplace_voters")
    assert (task.unit, walk.actor(task)) == (world.units["SNV"], world["clerk"])


@pytest.mark.stands("workplace_voters")
@pytest.mark.parametrize(("manner", "secret"), [("secret", True), ("open", False)])
def test_the_voters_choose_how_they_vote(walk: Walk, manner: str, secret: bool) -> None:
    voters(walk, manner=manner)
    assert walk.case.conferences.get(code="workplace_voters").secret is secret
    assert walk.at == ["consultation_2"]


@pytest.mark.stands("workplace_voters")
def test_half_of_the_voters_are_not_enough(walk: Walk) -> None:
    voters(walk, lambda slip, present: {cadre.pk: present // 2 for cadre in slip})
    assert walk.case.outcome == "rejected"


@pytest.mark.stands("workplace_voters")
def test_in_a_small_unit_all_staff_have_to_be_called(walk: Walk, world: ElectionWorld) -> None:
    make_cadre(world.units["SNV"])
    with pytest.raises(ValidationError, match="All staff"):
        voters(walk)


@pytest.mark.stands("workplace_voters")
def test_voters_without_a_quorum_meet_again(walk: Walk) -> None:
    walk.conference("workplace_voters", until="call")
    task = walk.task("workplace_voters")
    walk.send(task, walk.actor(task), walk.call_data(task) | {"manner": "open"})
    walk.conference("workplace_voters", absent=99)
    assert walk.at == ["workplace_voters"]


def result(walk: Walk, outcome: str, votes: int, valid: int = 1000, reason: str = "") -> Walk:
    """The official result is recorded."""
    return walk.do(
        "voters_elect", outcome, document="BB 17", valid=valid, votes=votes, reason=reason
    )


@pytest.mark.stands("voters_elect")
@pytest.mark.parametrize(("votes", "said"), [(500, "not elected"), (1001, "more votes")])
def test_a_result_that_cannot_be_is_refused(walk: Walk, votes: int, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        result(walk, "elected", votes)
    assert walk.at == ["voters_elect"]


@pytest.mark.stands("voters_elect")
def test_whoever_is_not_elected_may_be_nominated_again_or_not(walk: Walk) -> None:
    result(walk, "not_elected", 400, reason="Không đủ phiếu.")
    assert walk.at == ["renominate"]
    walk.do("renominate", "stop", reason="Dừng.")
    assert walk.case.outcome == "rejected"


@pytest.mark.stands("voters_elect")
def test_a_new_nomination_begins_with_the_standing_committee(walk: Walk) -> None:
    result(walk, "not_elected", 501, reason="Có người nhiều phiếu hơn.")
    walk.do("renominate", "retry", reason="Bầu cử thêm.")
    assert walk.at == ["nominate"]


@pytest.mark.stands("confirm_deputy")
def test_a_result_that_is_not_confirmed_goes_back(walk: Walk) -> None:
    answered("confirm_deputy", "refused", reason="Tư cách chưa đủ.")(walk)
    assert walk.at == ["renominate"]


@pytest.mark.stands("confirm_deputy")
def test_fifty_seats_have_fifty_deputies_and_the_longest_serving_leaves(
    walk: Walk, world: ElectionWorld
) -> None:
    position = world.positions["deputy"]
    held = [
        PostHeld.objects.create(
            cadre=make_cadre(world.units["STC"]), position=position, title=position.title,
            group=position.group, unit=position.unit, since=today() - timedelta(days=3000 - n),
        )
        for n in range(3)
    ]  # fmt: skip
    type(position).objects.filter(pk=position.pk).update(seats=3)
    walk = Walk(Case.objects.get(pk=walk.case.pk))
    effective("confirm_deputy", "ok", "NQ 1")(walk)
    left = [post.pk for post in held if PostHeld.objects.get(pk=post.pk).until]
    assert (walk.case.outcome, left) == ("elected", [held[0].pk])


@pytest.mark.stands("")
def test_the_main_road_ends_elected_with_a_sound_trail(walk: Walk) -> None:
    assert (walk.case.outcome, walk.at) == ("elected", [])
    assert verify(walk.case.pk).sound
    posts = PostHeld.objects.filter(cadre=walk.case.candidate, until__isnull=True)
    assert walk.case.position_id in set(posts.values_list("position", flat=True))
    assert posts.count() == 2
    assert walk.case.clocks.filter(stopped_on__isnull=True).count() == 0


@pytest.mark.stands("")
def test_a_nomination_goes_through_the_pages(
    world: ElectionWorld, browser: Callable[[User], Client]
) -> None:
    oc, person = browser(world["oc_clerk"]), world.candidates[3]
    url = reverse("begin", args=["nomination_deputy", world.positions["deputy"].pk])
    said = {"nominee": person.code, "election": world.election.pk, "secrecy": "internal"}
    assert oc.get(url).status_code == 200
    assert oc.post(url, {**said, "nominee": "x"}).status_code == 422
    assert oc.post(url, said).status_code == 302
    walk = go(Walk(Case.objects.get(candidate=person)), DEPUTY, "workplace_voters")
    task = CaseTask.objects.get(process=walk.case, finished__isnull=True)
    clerk = browser(world["clerk"])
    clerk.post(reverse("take", args=[task.pk]))
    page = clerk.get(reverse("task", args=[walk.case.pk, task.pk]))
    assert "Manner of voting" in page.content.decode()
    called = walk.call_data(task) | {"manner": "open"}
    assert clerk.post(reverse("task", args=[walk.case.pk, task.pk]), called).status_code == 302
    assert walk.case.conferences.get(code="workplace_voters").secret is False
    voters(walk, voting(99))
    assert oc.get(reverse("case", args=[walk.case.pk])).status_code == 200
    assert walk.at == ["consultation_2"]
