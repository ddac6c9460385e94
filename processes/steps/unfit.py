"""Why something is not to be done to a case at all: one question for page and server."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from processes.cases.clocks import running
from processes.cases.models import Case, CaseTask, Clock, RosterLine
from processes.eligibility.sentences import check_title
from processes.steps.until import stoppable

#: The stop of a step that waits for the end of a rotation.
RECALL = "recall"


def extendable(case: Case) -> QuerySet[Clock]:
    """Deadlines that run and have a length; what is a day in itself is not moved."""
    return running(case).exclude(unit="").select_related("task__unit").order_by("due_on", "pk")


def deadline_name(clock: Clock) -> str:
    """What a deadline is about and when it is due."""
    return f"{_waits_for(clock.task)}: {clock.due_on:%d/%m/%Y}"


def _waits_for(task: CaseTask | None) -> str:
    """The step; where several units have a part of it, also whose part it is."""
    if task is None:
        return _("The unit's whole procedure")
    name = f"{task.flow_task.code} {task.flow_task.task_title}"
    return f"{name}, {task.unit}" if task.flow_task.many else name


def failed_checks(case: Case) -> list[tuple[str, str]]:
    """Every failed check of the present round that no exception has passed: value and label."""
    granted = set(case.exceptions.values_list("cadre", "rule"))
    lines: dict[int, RosterLine] = {}
    for line in case.roster.filter(round=case.round).select_related("cadre").order_by("pk"):
        lines[line.cadre_id] = line
    return [
        (f"{cadre}:{check['code']}", f"{line.cadre}: {check_title(check['code'])}")
        for cadre, line in lines.items()
        for check in line.checks
        if check["verdict"] != "yes" and (cadre, check["code"]) not in granted
    ]


def carried_out(case: Case) -> str:
    """A decision that has been carried out is not taken back by its case (fact `filled_on`)."""
    if "filled_on" in case.facts:
        return _("The decision has been carried out; the case goes on to its end.")
    return ""


def not_recallable(case: Case) -> str:
    """Only a rotation that is under way is ended before its time."""
    if "filled_on" not in case.facts or stoppable(case, RECALL) is None:
        return _("The cadre is not on rotation.")
    return _("The case is on hold.") if _stands_still(case) else ""


def held_already(case: Case) -> str:
    """A hold is ended before the next one begins."""
    return _("The case is on hold already.") if _stands_still(case) else ""


def _stands_still(case: Case) -> bool:
    return case.holds.filter(ended_on__isnull=True).exists()


def not_late(case: Case) -> str:
    """Only a deadline that has passed is explained."""
    return "" if "late" in case.flags else _("No deadline of this case has passed.")


def nothing_failed(case: Case) -> str:
    """An exception passes a check that has failed; where a case has no post, none is made."""
    if case.position_id is None or failed_checks(case):
        return ""
    return _("No check of this case has failed.")


def nothing_runs(case: Case) -> str:
    """A deadline that stands still, or was met, gets no more time."""
    return "" if extendable(case).exists() else _("No deadline of this case runs now.")
