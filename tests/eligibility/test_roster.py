"""Who is considered, what is kept of the checks, and what an exception changes."""

import pytest
from dateutil.relativedelta import relativedelta

from permissions.checks import today
from processes.audit.models import AuditEntry, Event
from processes.cases.models import ExceptionRecord
from processes.eligibility.roster import build_roster, candidates_for, recheck
from processes.eligibility.sentences import check_sentence
from processes.organisation.people import Planning, PostHeld
from processes.organisation.positions import TitleGroup
from processes.rules import load
from tests.world import SINCE, make_cadre


def lines_of(case):
    return {line.cadre_id: line for line in build_roster(case, by=None, on=today())}


def considered(position):
    return candidates_for(position, load().for_case(today(), state_post=False), today())


def planned(cadre, rank, unit):
    """Planning in the unit for a title of this rank; that of the small world's posts is 3."""
    group, _new = TitleGroup.objects.get_or_create(
        code=f"rank-{rank}", defaults={"name": f"Chức danh bậc {rank}", "rank": rank}
    )
    Planning.objects.create(cadre=cadre, group=group, unit=unit, approved_on=SINCE)
    return cadre


def holding(cadre, group, unit):
    PostHeld.objects.create(cadre=cadre, title="x", group=group, unit=unit, since=SINCE)
    return cadre


def verdicts(line):
    return {check["code"]: check["verdict"] for check in line.checks}


@pytest.fixture
def weak(world):
    """A planned cadre who fails the check of health only."""
    cadre = world.candidates[0]
    cadre.healthcertificates.update(fit=False)
    return cadre


def excepted(case, cadre, rule):
    return ExceptionRecord.objects.create(
        case=case, cadre=cadre, rule=rule, approver=case.opened_by, reason="r", document="1-QĐ/TU",
        granted_on=today(),
    )  # fmt: skip


def test_those_planned_for_the_post_are_considered(world):
    make_cadre(world.units["SNV"])
    found = considered(world.positions["party"])
    assert {cadre.pk for cadre in found} == {cadre.pk for cadre in world.candidates}


@pytest.mark.parametrize(("rank", "listed"), [(2, True), (3, True), (4, False)])
@pytest.mark.parametrize("where", ["SNV", "STC"])
def test_own_people_planned_for_an_equivalent_or_higher_title_are_considered(
    world, rank, listed, where
):
    cadre = planned(make_cadre(world.units["SNV"]), rank, world.units[where])
    assert (cadre in considered(world.positions["party"])) is listed


def test_whoever_works_and_is_planned_elsewhere_is_not_considered(world):
    cadre = planned(make_cadre(world.units["STC"]), 2, world.units["STC"])
    assert cadre not in considered(world.positions["party"])


def test_whom_the_unit_has_in_planning_is_considered_wherever_they_work(world):
    cadre = planned(make_cadre(world.units["STC"]), 2, world.units["SNV"])
    assert cadre in considered(world.positions["party"])


def test_whoever_leads_the_unit_already_comes_only_where_planned_for_this_title(world):
    unit = world.units["SNV"]
    leader = holding(planned(make_cadre(unit), 2, unit), world.group, unit)
    assert leader not in considered(world.positions["party"])
    Planning.objects.create(cadre=leader, group=world.group, unit=unit, approved_on=SINCE)
    assert leader in considered(world.positions["party"])


def test_nobody_is_listed_twice_for_being_planned_twice(world):
    cadre = planned(planned(make_cadre(world.units["SNV"]), 1, world.units["P26"]), 2,
                    world.units["SNV"])  # fmt: skip
    assert considered(world.positions["party"]).count(cadre) == 1


def test_the_roster_says_through_which_planning_somebody_qualifies(world, case):
    cadre = planned(make_cadre(world.units["SNV"]), 2, world.units["STC"])
    holding(cadre, TitleGroup.objects.create(code="low", name="Trưởng phòng", rank=5), cadre.unit)
    line = lines_of(case)[cadre.pk]
    check = next(check for check in line.checks if check["code"] == "in_planning")
    assert (line.eligible, check["rule"]) == (True, "planning.covers")
    assert "Chức danh bậc 2, Cơ quan STC" in check_sentence(check)


def test_asking_who_is_considered_is_one_statement(world, django_assert_num_queries):
    position = world.positions["party"]
    with django_assert_num_queries(1):
        considered(position)


def test_they_stand_in_the_order_of_vietnamese_lists(world):
    found = considered(world.positions["party"])
    assert found == sorted(found, key=lambda cadre: bytes(cadre.name_sort))


def test_whoever_holds_the_post_is_not_considered_for_it(world):
    position, holder = world.positions["party"], world.candidates[0]
    PostHeld.objects.create(
        cadre=holder, position=position, title="x", group=world.group, unit=position.unit,
        since=today(),
    )  # fmt: skip
    assert holder not in considered(position)


def test_everybody_considered_is_kept_with_every_check(world, case, weak):
    lines = lines_of(case)
    assert len(lines) == len(world.candidates)
    assert [pk for pk, line in lines.items() if not line.eligible] == [weak.pk]
    assert verdicts(lines[weak.pk])["health_ok"] == "no"


def test_a_check_that_nobody_can_answer_does_not_pass(case, world):
    world.candidates[0].assetdeclarations.all().delete()
    line = lines_of(case)[world.candidates[0].pk]
    assert (line.eligible, verdicts(line)["assets_declared"]) == (False, "unknown")


def test_an_exception_passes_the_check_that_it_names(case, weak):
    excepted(case, weak, "health_ok")
    line = lines_of(case)[weak.pk]
    assert line.eligible
    assert [check["code"] for check in line.checks if check["excepted"]] == ["health_ok"]


def test_an_exception_passes_no_other_check_and_no_other_person(case, world, weak):
    excepted(case, weak, "last_eval")
    excepted(case, world.candidates[1], "health_ok")
    assert not lines_of(case)[weak.pk].eligible


def test_the_trail_tells_who_passed_and_who_failed_what(case, weak):
    lines = lines_of(case)
    entry = AuditEntry.objects.filter(case=case, event=Event.ROSTERED).latest("seq")
    assert entry.facts["failed"] == {str(weak.pk): ["health_ok"]}
    assert set(entry.facts["eligible"]) == set(lines) - {weak.pk}


def test_the_case_remembers_which_parameters_it_used(case):
    build_roster(case, by=None, on=today())
    case.refresh_from_db()
    assert {"planning.required", "age.full_term_years"} <= set(case.used_rules)


def test_a_new_roster_of_the_round_replaces_the_former(case, world):
    build_roster(case, by=None, on=today())
    build_roster(case, by=None, on=today())
    listed = case.roster.filter(listed=True, round=case.round)
    assert listed.count() == len(world.candidates)
    assert case.roster.count() == 2 * len(world.candidates)


def test_what_lapsed_since_the_roster_fails_on_the_day_of_the_decision(case, world):
    cadre = world.candidates[0]
    later = today() + relativedelta(months=7)
    line = recheck(case, cadre, by=None, on=later)
    assert (line.stage, line.checked_on, line.eligible) == ("decision", later, False)
    assert verdicts(line)["health_ok"] == "no"


def test_age_counts_from_the_receipt_of_the_dossier_on_the_day_of_the_decision(case, world):
    cadre = world.candidates[0]
    cadre.posthelds.update(group=make_lower(world))
    cadre.sex, cadre.born_on = "male", today() - relativedelta(years=58)
    cadre.save()
    assert verdicts(recheck(case, cadre, by=None, on=today()))["age_full_term"] == "no"
    case.dossier_received_on = today() - relativedelta(years=2)
    assert verdicts(recheck(case, cadre, by=None, on=today()))["age_full_term"] == "yes"


def make_lower(world):
    """A title group below the one that the post belongs to."""
    return type(world.group).objects.create(code="section-head", name="Trưởng phòng", rank=5)
