"""A step or a procedure has got another name: open cases go on under it."""

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from viewflow.workflow.fields import get_flow_ref

from processes.audit.verify import verify
from processes.cases.models import Case, CaseTask
from processes.demo.walk import Walk
from processes.flows import AppointmentInPlaceFlow
from processes.flows.renames import RenameFlow, RenameStep

FLOW = get_flow_ref(AppointmentInPlaceFlow)
FORMER_FLOW = "processes/flows.appointment.AppointmentFlow"
STEP, FORMER_STEP = f"{FLOW}.check_request", f"{FLOW}.look_at_request"


def migrate(operation: Any, way: str = "forwards") -> None:
    """Apply an operation to the tables as the latest migrations have left them."""
    state = MigrationLoader(connection).project_state()
    move = getattr(operation, f"database_{way}")
    move("processes", connection.schema_editor(), state, state)


def stored(walk: Walk) -> set[str]:
    """Names of steps that the tasks of the case have in the database."""
    tasks = CaseTask.objects.filter(process=walk.case)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT flow_task FROM processes_casetask WHERE process_id = %s", [walk.case.pk]
        )
        names = {row[0] for row in cursor.fetchall()}
    assert tasks.exists()
    return names


@pytest.mark.stands("check_request")
def test_an_open_task_goes_on_under_the_new_name_of_its_step(walk: Walk) -> None:
    CaseTask.objects.filter(flow_task=STEP).update(flow_task=FORMER_STEP)
    migrate(RenameStep(FORMER_STEP, STEP))
    assert FORMER_STEP not in stored(walk)
    walk.do("check_request", "ok")
    assert walk.at == ["decide_policy"]


@pytest.mark.stands("check_request")
def test_a_rename_of_a_step_can_be_undone(walk: Walk) -> None:
    before = stored(walk)
    migrate(RenameStep(STEP, FORMER_STEP))
    assert stored(walk) == before - {STEP} | {FORMER_STEP}
    migrate(RenameStep(STEP, FORMER_STEP), "backwards")
    assert stored(walk) == before


@pytest.mark.stands("appraise")
def test_a_hold_leads_back_to_the_step_under_its_new_name(walk: Walk) -> None:
    walk.do("appraise", "hold", reason="Có đơn tố cáo.", basis="CV 12", report="Chờ xác minh.")
    held = walk.task("held")
    CaseTask.objects.filter(pk=held.pk).update(data={**held.data, "origin": "assess"})
    walk.case.holds.update(origin="assess")
    migrate(RenameStep(f"{FLOW}.assess", f"{FLOW}.appraise"))
    assert walk.case.holds.get().origin == "appraise"
    walk.do("held", "resume", reason="Đã xác minh xong.")
    assert walk.at == ["appraise"]


@pytest.mark.stands("check_request")
def test_an_open_case_goes_on_under_the_new_name_of_its_procedure(walk: Walk) -> None:
    migrate(RenameFlow(FLOW, FORMER_FLOW))
    assert all(name.startswith(f"{FORMER_FLOW}.") for name in stored(walk))
    migrate(RenameFlow(FORMER_FLOW, FLOW))
    again = Walk(Case.objects.get(pk=walk.case.pk)).do("check_request", "ok")
    assert again.at == ["decide_policy"]


@pytest.mark.stands("check_request")
def test_the_trail_keeps_the_names_of_its_day(walk: Walk) -> None:
    before = list(walk.case.entries.order_by("seq").values())
    migrate(RenameStep(f"{FLOW}.request_policy", f"{FLOW}.ask"))
    assert list(walk.case.entries.order_by("seq").values()) == before
    assert "request_policy" in {row["step"] for row in before}
    assert verify(walk.case.pk).sound
