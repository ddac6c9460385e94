"""Figures are counted from what the database has, and the same however often."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from processes.cases.models import Clock
from processes.demo.stories import hold
from processes.figures.models import Figure, FiguresMade
from processes.figures.rolling import returns, roll_up, roll_up_daily

What = Figure.What


def number(what: str, name: str) -> int:
    found = Figure.objects.filter(what=what, name=name, unit__isnull=True)
    return sum(found.values_list("number", flat=True))


def withdraw(walk) -> None:
    from processes.steps.befall import CASE_ACTIONS

    (action,) = (one for one in CASE_ACTIONS if one.name == "withdraw")
    action.perform(walk.case.pk, by=walk.case.opened_by, data={"reason": "Nhân sự xin rút."})


@pytest.mark.stands("decide_policy")
def test_each_step_that_was_done_is_counted(walk, figures):
    assert number(What.TOOK, "request_policy") == number(What.TOOK, "check_request") == 1
    assert number(What.TOOK, "decide_policy") == 0


@pytest.mark.stands("decide_policy")
def test_counting_twice_counts_nothing_twice(walk, figures):
    before = list(Figure.objects.order_by("name").values_list("what", "name", "number"))
    roll_up()
    assert list(Figure.objects.order_by("name").values_list("what", "name", "number")) == before


@pytest.mark.stands("check_request")
def test_a_return_is_a_deviation_and_the_step_is_done_again(walk):
    walk.do("check_request", "return", reason="Thiếu phương án.")
    walk.do("request_policy", "submit", need="Một", source="in_place", assignment="Phụ trách")
    roll_up(whole=True)
    assert number(What.DEVIATED, "returned") == 1
    assert number(What.AGAIN, "request_policy") == 1


@pytest.mark.stands("check_request")
def test_a_hold_is_a_deviation(walk):
    hold(walk)
    roll_up(whole=True)
    assert number(What.DEVIATED, "held") == 1


@pytest.mark.stands("check_request")
def test_a_case_that_ended_is_counted_by_its_end_and_by_its_days(walk):
    walk.case.opened_on -= timedelta(days=12)
    walk.case.save(update_fields=["opened_on"])
    withdraw(walk)
    roll_up(whole=True)
    found = set(Figure.objects.filter(what=What.ENDED).values_list("name", "days", "unit"))
    assert found == {("withdrawn", 12, None), ("withdrawn", 0, walk.case.unit_id)}


@pytest.mark.stands("check_request")
def test_a_case_whose_deadline_had_passed_is_counted_as_late(walk):
    day = timezone.localdate()
    Clock.objects.create(
        case=walk.case, rule="deadlines.process", started_on=day, due_on=day, escalated_on=day
    )
    withdraw(walk)
    roll_up(whole=True)
    assert number(What.LATE, "withdrawn") == 1


def test_the_sweep_counts_once_a_day(walk):
    call_command("sweep", verbosity=0)
    FiguresMade.objects.update(at=timezone.localtime().replace(hour=0, minute=0))
    before = FiguresMade.objects.get().at
    roll_up_daily()
    assert FiguresMade.objects.get().at == before
    FiguresMade.objects.update(at=timezone.now() - timedelta(days=1))
    roll_up_daily()
    assert FiguresMade.objects.get().at > before


def test_what_leads_back_is_a_return_and_a_sitting_without_quorum_is_none():
    back = {row.name: outcomes for row, outcomes in returns()}
    assert "return" in back["check_request"]
    assert "quorum_fail" not in back.get("conference_1", [])
