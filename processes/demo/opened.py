"""Open a case of a procedure that is about no position, by its own form."""

from typing import Any

from django.core.exceptions import ValidationError

from permissions.checks import holders
from permissions.models import User
from processes.demo.stories import Stage
from processes.demo.walk import Walk
from processes.organisation.units import Unit
from processes.steps.flow import CaseFlow
from processes.steps.opening import open_case, starting_unit


def begin(
    flow_class: type[CaseFlow], province: Unit, *, by: User | None = None, **said: Any
) -> Walk:
    """A case as its organ starts it; ValidationError with what the form refuses."""
    starter = starting_unit(flow_class, province, province)
    clerk = by or holders(flow_class.start_act(), [starter.pk])[0]
    data = {"secrecy": "internal", "reason": "", **said}
    form = flow_class.start_form(data, position=None, unit=starter)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    return Walk(open_case(flow_class, by=clerk, unit=starter, **form.opening()))


def go(walk: Walk, stages: dict[str, Stage], until: str = "") -> Walk:
    """Go down a road of stages from where the case stands up to, not through, a step."""
    for step, stage in stages.items():
        if step == until:
            break
        if step in walk.at:
            stage(walk)
    return walk
