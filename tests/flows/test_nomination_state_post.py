"""Every path of the table of nomination to an elective State post (procedures.md 8.2, 12.5)."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from permissions.checks import today
from permissions.models import User
from processes.audit.verify import verify
from processes.cases.models import Case
from processes.demo.stories import against, all_posts, hold
from processes.demo.stories_nomination import (
    DESIGNATION,
    STATE,
    answered,
    begin,
    everybody,
    go,
    voting,
)
from processes.demo.walk import Walk
from processes.flows import NominationStatePostFlow
from processes.flows import choices_nomination as who
from processes.organisation.people import Cadre, Discipline, PostHeld
from processes.steps.forms_posts import LEFT
from tests.flows.nominations import browser, english, road_of, walk, world
from tests.world_elections import ElectionWorld, nominee

__all__ = ["browser", "english", "walk", "world"]

TABLE = "n01 n02 n04 n05 n06 d02a d02b d02c d02d d02e d04 z_hold z_withdraw z_reject"
BASIS = "Nghị quyết 76/2025/UBTVQH15"
ROAD = ["scope", "nominate", "candidacy_dossier", "council_floor", "council_elects",
        "approve_above", ""]  # fmt: skip


def start(world: ElectionWorld, post: str = "chair") -> Walk:
    return begin(NominationStatePostFlow, world.positions[post], variant="election")


road = road_of(start, STATE)


def designated(world: ElectionWorld, person: Cadre | None = None) -> Walk:
    """A case whose person is designated on a legal basis."""
    person = person or world.candidates[0]
    return begin(
        NominationStatePostFlow, world.positions["commune"], variant="designation",
        legal_basis=BASIS, nominee=person.code,
    )  # fmt: skip


def test_the_table_has_every_row_of_the_law_book() -> None:
    codes = {row.code for row in NominationStatePostFlow.rows()}
    assert [code for code in TABLE.split() if code not in codes] == []


@pytest.mark.stands("scope")
def test_a_commune_s_own_council_elects_and_the_provincial_chair_approves(
    walk: Walk, world: ElectionWorld
) -> None:
    other = go(start(world, "commune"), STATE, "council_elects")
    assert other.task("council_elects").unit == world.units["XA"]
    go(other, STATE, "approve_here")
    assert other.at == ["approve_here"]
    assert other.task("approve_here").unit == world.units["UBND"]
    go(other, STATE)
    assert other.case.outcome == "elected"


@pytest.mark.stands("scope")
def test_the_provincial_chair_may_refuse(walk: Walk, world: ElectionWorld) -> None:
    other = go(start(world, "commune"), STATE, "approve_here")
    answered("approve_here", "refused", reason="Sai thủ tục.")(other)
    assert other.at == ["renominate"]


@pytest.mark.stands("scope")
def test_a_designation_needs_no_vote_of_a_council(walk: Walk, world: ElectionWorld) -> None:
    other = go(designated(world), DESIGNATION)
    assert other.case.outcome == "designated"
    assert set(other.case.conferences.values_list("code", flat=True)) == {"sc_nomination"}
    assert other.case.facts["legal_basis"] == BASIS
    assert PostHeld.objects.get(position=other.case.position).cadre == world.candidates[0]


@pytest.mark.stands("scope")
def test_a_refused_designation_is_proposed_again_or_ends(walk: Walk, world: ElectionWorld) -> None:
    other = go(designated(world), DESIGNATION, "designate")
    answered("designate", "refused", reason="Chưa thống nhất.")(other)
    other.do("renominate", "stop", reason="Dừng.")
    assert other.case.outcome == "rejected"


@pytest.mark.stands("scope")
@pytest.mark.parametrize("said", [
    {"variant": "designation", "nominee": "000000000000"},
    {"variant": "designation", "legal_basis": BASIS},
    {"variant": "designation", "legal_basis": BASIS, "nominee": "000000000000"},
    {"variant": "election", "nominee": "{code}"},
    {},
])  # fmt: skip
def test_a_start_that_says_too_little_or_too_much_is_refused(
    walk: Walk, world: ElectionWorld, said: dict[str, str]
) -> None:
    filled = {key: value.format(code=world.candidates[0].code) for key, value in said.items()}
    with pytest.raises(ValueError, match="message"):
        begin(NominationStatePostFlow, world.positions["commune"], **filled)


@pytest.mark.stands("scope")
def test_whoever_is_unfit_is_not_designated_without_an_exception(
    walk: Walk, world: ElectionWorld
) -> None:
    unfit = nominee(world)
    Discipline.objects.create(cadre=unfit, form="warning", decided_on=today())
    other = go(designated(world, unfit), DESIGNATION, "nominate")
    with pytest.raises(ValidationError, match="No discipline"):
        other.conference("nominate")
    assert other.case.roster.filter(cadre=unfit, eligible=False).exists()


@pytest.mark.stands("nominate")
def test_the_superior_s_approval_leads_to_the_nomination(walk: Walk) -> None:
    assert walk.at == ["nominate"]
    assert walk.case.facts["answer_superior_appraisal"]["outcome"] == "approve"


@pytest.mark.stands("nominate")
def test_the_standing_committee_may_reject(walk: Walk) -> None:
    walk.conference("nominate", against)
    assert walk.case.outcome == "rejected"


@pytest.mark.stands("nominate")
def test_without_a_quorum_the_standing_committee_meets_again(walk: Walk) -> None:
    walk.conference("nominate", absent=99)
    assert walk.at == ["nominate"]


@pytest.mark.stands("candidacy_dossier")
def test_an_incomplete_candidacy_stays_until_its_papers_are_there(walk: Walk) -> None:
    walk.do("candidacy_dossier", "incomplete", reason="Thiếu văn bản giới thiệu.")
    with pytest.raises(ValidationError, match="missing"):
        walk.do("candidacy_dossier", "complete")
    go(walk, STATE, "council_floor")
    assert walk.at == ["council_floor"]


@pytest.mark.stands("candidacy_dossier")
def test_a_held_case_may_restart_at_the_nomination(walk: Walk) -> None:
    before = walk.case.candidate
    hold(walk).do("held", "restart", restart_from="nominate", reason="Làm lại.")
    assert (walk.at, walk.case.candidate) == (["nominate"], before)


@pytest.mark.stands("council_floor")
def test_another_one_whom_deputies_proposed_may_win(walk: Walk) -> None:
    rival = who.may_be_listed(walk.case)[0]
    walk.do("council_floor", "list_fixed", extra=[rival.pk], manner="electronic")

    def votes(slip: list[Cadre], present: int) -> dict[int, int]:
        return {cadre.pk: present if cadre == rival else 0 for cadre in slip}

    walk.conference("council_elects", votes)
    assert (walk.at, walk.case.facts["council_floor"]["manner"]) == (["renominate"], "electronic")


@pytest.mark.stands("council_floor")
def test_two_who_are_level_are_not_elected(walk: Walk) -> None:
    rival = who.may_be_listed(walk.case)[0]
    walk.do("council_floor", "list_fixed", extra=[rival.pk], manner="secret")
    walk.conference("council_elects", everybody)
    assert walk.at == ["renominate"]


@pytest.mark.stands("council_elects")
def test_a_nominee_who_is_not_elected_may_be_nominated_again(walk: Walk) -> None:
    walk.conference("council_elects", voting(3))
    assert walk.at == ["renominate"]
    walk.do("renominate", "retry", reason="Giới thiệu lại.")
    go(walk, STATE)
    assert walk.case.outcome == "elected"


@pytest.mark.stands("council_elects")
def test_a_council_without_a_quorum_votes_again(walk: Walk) -> None:
    walk.conference("council_elects", absent=99)
    assert walk.at == ["council_elects"]


@pytest.mark.stands("approve_above")
def test_the_prime_minister_s_refusal_is_recorded(walk: Walk, world: ElectionWorld) -> None:
    assert walk.task("approve_above").unit == world.units["VPTU"]
    answered("approve_above", "refused", "CV 9/TTg-TCCV", reason="Sai thủ tục.")(walk)
    assert walk.at == ["renominate"]


@pytest.mark.stands("")
def test_the_main_road_ends_elected_with_a_sound_trail(walk: Walk) -> None:
    assert (walk.case.outcome, walk.at) == ("elected", [])
    assert verify(walk.case.pk).sound
    post = PostHeld.objects.get(position=walk.case.position)
    assert (post.cadre, post.since) == (walk.case.candidate, today())
    before = PostHeld.objects.filter(cadre=post.cadre).exclude(pk=post.pk)
    assert set(before.values_list("until", flat=True)) == {today()}


@pytest.mark.stands("")
def test_a_designation_goes_through_the_pages(
    world: ElectionWorld, browser: Callable[[User], Client]
) -> None:
    oc, person = browser(world["oc_clerk"]), world.candidates[1]
    url = reverse("begin", args=["nomination_state_post", world.positions["commune"].pk])
    short = {"variant": "designation", "secrecy": "internal", "nominee": person.code}
    assert oc.post(url, short).status_code == 422
    assert oc.post(url, {**short, "legal_basis": BASIS}).status_code == 302
    walk = Walk(Case.objects.get(position=world.positions["commune"]))
    go(walk, DESIGNATION, "designate")
    task = walk.task("designate")
    page = browser(world["liaison"])
    page.post(reverse("take", args=[task.pk]))
    said = {"outcome": "ok", "document": "QĐ 1/QĐ-TTg", "answered_on": today(), "reason": ""}
    said |= all_posts(walk, "designate", LEFT)
    address = reverse("task", args=[walk.case.pk, task.pk])
    assert page.post(address, said).status_code == 422
    assert page.post(address, {**said, "effective_on": today()}).status_code == 302
    walk.case.refresh_from_db()
    assert walk.case.outcome == "designated"
