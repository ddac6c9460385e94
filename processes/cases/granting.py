"""Who leads a case, and whose exceptions count in it: the body that appoints, who answers for it.

The level that is competent to appoint grants exceptions and answers for them: Quy định
377-QĐ/TW art. 34 [verified: S49]; older editions say "the competent level", which is read the same.
Which body that is, the competence matrix says for the post. Who enters in the record what a body
has granted was not found; it is design. That the Standing Board may act for the Standing
Committee, as for a single stage, is [recalled: unverified] (procedures.md section 3.2).
"""

from permissions.catalogue import Act, Lane
from permissions.checks import today
from processes.cases.lanes import unit_in_lane
from processes.cases.models import Case, Participant
from processes.organisation.bodies import Body, body_name
from processes.organisation.lookups import NotSetUp, competence

#: What it takes to enter an exception, whoever grants it.
EXCEPT_ACTS = frozenset(
    {Act.EXCEPT, Act.EXCEPT_AS_HEAD, Act.EXCEPT_AS_COMMITTEE, Act.RECORD_EXCEPTION}
)
#: Who answers for a body: with which act, in which lane.
STANDING = (Act.EXCEPT, Lane.STANDING)
HEAD = (Act.EXCEPT_AS_HEAD, Lane.UNIT_HEAD)
ANSWERS: dict[str, tuple[Act, Lane]] = {
    Body.Kind.STANDING_COMMITTEE: STANDING,
    Body.Kind.STANDING_BOARD: STANDING,
    Body.Kind.EXECUTIVE_COMMITTEE: (Act.EXCEPT, Lane.EC),
    Body.Kind.CONGRESS: (Act.EXCEPT, Lane.CONGRESS),
    Body.Kind.PARTY_COMMITTEE: (Act.EXCEPT_AS_COMMITTEE, Lane.UNIT_PARTY),
    Body.Kind.LEADERSHIP: HEAD,
    Body.Kind.LEADERSHIP_EXTENDED: HEAD,
    Body.Kind.KEY_CADRES: HEAD,
    Body.Kind.WORKPLACE_VOTERS: HEAD,
    Body.Kind.PEOPLES_COUNCIL: (Act.EXCEPT_AS_HEAD, Lane.PC),
}
#: A body that the matrix names and this site does not know, as one of the Central Committee.
OUTSIDE = (Act.RECORD_EXCEPTION, Lane.SUPERIOR)
#: Bodies that decide on nobody.
NEVER = frozenset({Body.Kind.COUNTING_TEAM})


def granting_body(case: Case) -> str:
    """The body that appoints to the post of the case, as the matrix names it; raises NotSetUp."""
    action = case.flow_class.action
    return competence(case.post.group, action, province=case.province, on=today()).deciding_body


def granted_by(case: Case) -> tuple[Act, Lane]:
    """With which act and in which lane an exception is entered in this case; raises NotSetUp."""
    if case.position_id is None:
        return STANDING
    body = granting_body(case)
    return STANDING if body in NEVER else ANSWERS.get(body, OUTSIDE)


def held_by(case: Case) -> tuple[Act, Lane]:
    """With which act and in which lane a case is held: by whoever may end its hold."""
    node = case.flow_class.instance.node("held")
    return Act(node.act), node.lane


def taken_back_by(case: Case) -> tuple[Act, Lane]:
    """Whoever's procedure it is takes it back: the lane that starts it."""
    return case.flow_class.withdrawn_with, case.flow_class.started_in or Lane.OC


def given_time_by(case: Case) -> tuple[Act, Lane]:
    """Who extends a deadline: the competent level (S7, S9); raises NotSetUp.

    Without a post it is the head of the leading organ, or inspectors: design.
    """
    leads = held_by if case.flow_class.started_in == Lane.AUDIT else taken_back_by
    return granted_by(case) if case.position_id else leads(case)


def granter(case: Case) -> str:
    """What the body is called that grants exceptions in this case; empty where there is none."""
    try:
        return body_name(granting_body(case)) if case.position_id else ""
    except NotSetUp:
        return ""


def let_know(case: Case) -> None:
    """Let the unit that answers for the body know of the case: there is something to except."""
    try:
        unit = unit_in_lane(case, granted_by(case)[1], on=today())
    except NotSetUp:  # whoever tries to grant one is told what is missing
        return
    Participant.objects.get_or_create(case=case, unit=unit)
