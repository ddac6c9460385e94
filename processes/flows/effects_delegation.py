"""What else changes in a delegation: the resolution with its number, the document signed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from permissions.checks import today
from permissions.models import User
from processes.cases.models import Case
from processes.dossiers.drawing import draw
from processes.dossiers.numbering import take_number
from processes.dossiers.wording import day
from processes.flows import delegations
from processes.flows.keeping import organ, remember
from processes.steps.base import StepActivation

Facts = dict[str, Any] | None


def drafted(activation: StepActivation, **_said: Any) -> Facts:
    """A body is not asked for a delegation whose last day is past."""
    delegations.check_in_force(activation.process)
    return None


def body(case: Case) -> str:
    """The body that is to authorise."""
    return str(case.facts["delegation"]["body"])


def authorised(
    activation: StepActivation, *, by: User, outcome: str, meeting: Any = None, **_s: Any
) -> Facts:
    """The resolution names delegate, scope and last day, under the number of the committee."""
    if outcome != "approve":
        return None
    case, said = activation.process, activation.process.facts["delegation"]
    number = take_number(organ(activation), "QĐ", on=today())
    remember(case, resolution=number)
    name = delegations.BODIES[said["body"]]
    context = {
        "body": str(meeting.body),
        "body_name": name,
        "authority": f"T/M {name}",
        "voted_on": day(meeting.held_on),
        "delegate": delegations.CAPACITIES[said["delegate"]].called,
        "scope": said["scope"],
        "until": day(delegations.until(case)),
    }
    document = draw(case, "delegation_resolution", by=by, context=context, number=number)
    return {"number": number, "document": document.sha256}


def signed_for(
    activation: StepActivation, *, by: User, kind: str = "", wording: str = "", **_said: Any
) -> Facts:
    """The final document with the signature of the delegate; a case's decision is signed there."""
    case = activation.process
    delegations.check_in_force(case)
    if case.parent:
        raise ValidationError(
            _("This delegation is for the decision of case %(code)s: sign it there.")
            % {"code": case.parent.code}
        )
    signed = delegations.signature(case)
    number = take_number(case.province, kind, on=today())
    context = {"wording": wording, "resolution": case.facts["resolution"], **signed}
    document = draw(case, "delegated_document", by=by, context=context, number=number)
    return {
        "number": number,
        "document": document.sha256,
        "signature": ", ".join(signed.values()),
    }
