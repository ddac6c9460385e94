"""Step 2 where it decides who goes on (Quy định 105-QĐ/TW, Nghị định 138/2020/NĐ-CP)."""

import pytest
from django.core.exceptions import ValidationError

from processes.audit.models import AuditEntry
from processes.cases.models import Case
from processes.conferences.queries import explanation
from processes.demo.stories import advance, hold, scattered, thirds
from processes.demo.walk import Votes, Walk, unanimous
from processes.flows.choices import roster
from processes.organisation.people import Cadre

pytestmark = pytest.mark.stands("conference_2")

DECIDING = [("R105_2017",), ("R80_2022", "D138_2020")]
COLLECTING = [("R80_2022",), ("R377_2025",), ("R377_2025", "D170_2025")]


def under(walk: Walk, editions: tuple[str, ...]) -> Walk:
    """Let the case stand at conference 2 under these editions."""
    advance(walk, "conference_2")
    Case.objects.filter(pk=walk.case.pk).update(edition=editions[0], editions=list(editions))
    walk.done()
    return walk


def offered(walk: Walk, step: str = "conference_3") -> list[Cadre]:
    return walk.task(step).flow_task.candidates_of(walk.case)


def went_on(walk: Walk) -> list[int]:
    return sorted(walk.case.conferences.get(code="c2").result["advancing"])


@pytest.mark.parametrize("editions", DECIDING)
@pytest.mark.parametrize(("votes", "number"), [(unanimous, 1), (scattered, 2)])
def test_whoever_goes_on_from_conference_2_is_on_the_slip_of_conference_3(
    walk: Walk, editions: tuple[str, ...], votes: Votes, number: int
) -> None:
    under(walk, editions).conference("conference_2", votes)
    assert walk.at == ["conference_3"]
    assert sorted(cadre.pk for cadre in offered(walk)) == went_on(walk)
    assert len(offered(walk)) == number


@pytest.mark.parametrize("editions", COLLECTING)
def test_where_names_are_only_collected_conference_3_may_name_anybody_of_the_roster(
    walk: Walk, editions: tuple[str, ...]
) -> None:
    under(walk, editions).conference("conference_2", scattered)
    assert offered(walk) == roster(walk.case)
    assert len(offered(walk)) > len(went_on(walk))


def test_the_slip_holds_whom_the_explanation_of_conference_2_names(walk: Walk) -> None:
    under(walk, DECIDING[0]).conference("conference_2", scattered)
    said = explanation(walk.case.conferences.get(code="c2"))[-1]
    assert all(str(cadre) in said for cadre in offered(walk))
    assert not any(str(cadre) in said for cadre in set(roster(walk.case)) - set(offered(walk)))


@pytest.fixture
def tied(walk: Walk) -> Walk:
    """Conference 2 has ended with a tie for the second place."""
    return under(walk, DECIDING[0]).conference("conference_2", thirds)


def test_a_tie_at_conference_2_needs_a_ruling_before_conference_3(tied: Walk) -> None:
    assert tied.at == ["rule_on_tie"]
    choices = tied.task("rule_on_tie").flow_task.choices_of(tied.case)
    assert sorted(cadre.pk for cadre in choices) == went_on(tied)


def test_the_ruling_says_who_is_on_the_slip_of_conference_3(tied: Walk) -> None:
    chosen = tied.task("rule_on_tie").flow_task.choices_of(tied.case)[:2]
    tied.do("rule_on_tie", "ruled", go_on=[one.pk for one in chosen], reason="Theo thâm niên.")
    assert (tied.at, offered(tied)) == (["conference_3"], chosen)
    assert AuditEntry.objects.filter(case=tied.case, outcome="tie_2").exists()


def one_ahead(slip: list[Cadre], present: int) -> dict[int, int]:
    """The first has three votes, the two behind two each."""
    return {cadre.pk: (3, 2, 2, 0)[index] for index, cadre in enumerate(slip)}


def test_the_ruling_on_conference_2_leaves_nobody_out_who_is_ahead(walk: Walk) -> None:
    under(walk, DECIDING[0]).conference("conference_2", one_ahead)
    first = str(went_on(walk)[0])
    behind = [pk for pk in went_on(walk) if str(pk) != first]
    with pytest.raises(ValidationError, match="go_on"):
        walk.do("rule_on_tie", "ruled", go_on=behind[:1], reason="Theo thâm niên.")
    assert walk.at == ["rule_on_tie"]


def test_both_conferences_may_be_tied_each_with_a_ruling_of_its_own(tied: Walk) -> None:
    first = went_on(tied)
    tied.do("rule_on_tie", "ruled", go_on=first, reason="Cả ba.")
    tied.conference("conference_3", thirds, reason="Đã phân tích.")
    assert tied.at == ["rule_on_tie"]
    tied.do("rule_on_tie", "ruled", go_on=first[:1], reason="Theo thâm niên.")
    assert tied.at == ["conference_4"]
    assert [one.pk for one in offered(tied, "conference_4")] == first[:1]


def test_conference_3_held_again_keeps_the_ruling_on_conference_2(tied: Walk) -> None:
    chosen = went_on(tied)[:2]
    tied.do("rule_on_tie", "ruled", go_on=chosen, reason="Theo thâm niên.")
    tied.conference("conference_3")
    hold(tied).do("held", "restart", restart_from="conference_3", reason="Bầu lại.")
    assert sorted(one.pk for one in offered(tied)) == chosen


def test_the_road_goes_on_to_an_appointment(walk: Walk) -> None:
    under(walk, DECIDING[0]).conference("conference_2", scattered)
    assert advance(walk).case.outcome == "appointed"
