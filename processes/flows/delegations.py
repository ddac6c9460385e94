"""What a delegation lets somebody sign, until when, and in whose name: section 14 of procedures.md.

A body authorises another body or office holder to finalise and sign a document (section 1: the
Executive Committee adopts, the Standing Committee finishes and signs). The forms of signing are
[recalled: unverified]: T/M for a collective, K/T for a deputy acting, T/L by order.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from permissions.catalogue import Act, Lane
from permissions.checks import today
from permissions.models import User
from processes.audit.behalf import in_whose_name
from processes.cases.models import Case, CaseTask

#: How the bodies that authorise are called in documents.
BODIES = {"executive_committee": "BAN CHẤP HÀNH", "standing_committee": "BAN THƯỜNG VỤ"}


@dataclass(frozen=True)
class Capacity:
    """In which lane a delegate acts, and what stands above and below the signature."""

    lane: Lane
    authority: str
    post: str
    called: str


CAPACITIES = {
    "standing_committee": Capacity(
        Lane.SEC, "T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Ban Thường vụ Tỉnh ủy"
    ),
    "secretary": Capacity(Lane.SEC, "T/M {body}", "BÍ THƯ", "Bí thư Tỉnh ủy"),
    "deputy_secretary": Capacity(
        Lane.SEC, "T/M {body}, K/T BÍ THƯ", "PHÓ BÍ THƯ", "Phó Bí thư Tỉnh ủy"
    ),
    "oc_head": Capacity(Lane.OC, "T/L {body}", "TRƯỞNG BAN TỔ CHỨC", "Trưởng Ban Tổ chức Tỉnh ủy"),
}


def lane_of(case: Case) -> Lane:
    """The lane in which the delegate of this delegation signs."""
    return CAPACITIES[case.facts["delegation"]["delegate"]].lane


def signature(case: Case) -> dict[str, str]:
    """What stands at the signature of a document that is signed under this delegation."""
    said = case.facts["delegation"]
    capacity = CAPACITIES[said["delegate"]]
    authority = capacity.authority.format(body=BODIES[said["body"]])
    return {"authority": authority, "post": capacity.post}


def in_force(case: Case) -> list[CaseTask]:
    """The open signing tasks of the delegations for this case's decision, with their cases."""
    tasks = CaseTask.objects.filter(
        process__parent=case, act=Act.SIGN_DELEGATED, finished__isnull=True
    )
    tasks = tasks.exclude(process__holds__ended_on__isnull=True, process__holds__isnull=False)
    found = tasks.select_related("process", "unit", "owner").order_by("pk")
    return [task for task in found if today() <= until(task.process)]


def until(case: Case) -> date:
    """The last day of a delegation."""
    return date.fromisoformat(case.facts["delegation"]["until"])


def check_in_force(case: Case) -> None:
    """Nothing is signed after the last day; raises ValidationError."""
    if today() > until(case):
        day = date_format(until(case), "SHORT_DATE_FORMAT")
        raise ValidationError(_("The delegation ended on %(day)s.") % {"day": day})


def use(number: str, case: Case, *, by: User) -> dict[str, Any]:
    """Sign the decision of `case` under one of its delegations, which is thereby used up.

    Gives what stands at the signature. Raises ValidationError when the delegation is not in
    force, is another case's, or belongs to somebody else, and for a deputy: one signature does
    not rest on two people's authority.
    """
    if principal := in_whose_name():
        said = _(
            "You act on behalf of %(person)s. A delegation is your own: choose one of the two."
        )
        raise ValidationError({"under": said % {"person": principal}})
    task = next((task for task in in_force(case) if str(task.pk) == number), None)
    if task is None:
        raise ValidationError({"under": _("This delegation is not in force any more.")})
    node = task.flow_task
    with task.process.flow_class.lock(task.process_id):
        task = CaseTask.objects.select_related("process", "unit", "owner").get(pk=task.pk)
        if reason := node.why_not(by, task):
            raise ValidationError({"under": reason})
        signed = signature(task.process)
        facts = {"signature": ", ".join(signed.values()), "signed_in": case.pk}
        node.activation_class(task).conclude(by=by, outcome="signed", facts=facts)
    return signed
