"""The only place where a right is declared: acts, roles and which role may do which act."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """Something a person may be entitled to do for a unit; each is a permission on `Unit`."""

    START_CASE = "start_case", _("Start a case")
    INITIATE = "initiate_case", _("Start a case about a post of any unit")
    PREPARE = "prepare_case", _("Prepare papers and compile the dossier")
    CONDUCT = "conduct_conference", _("Conduct a conference")
    HEAD_DECIDE = "decide_as_head", _("Decide as head of the unit")
    COMMENT = "comment_as_committee", _("Give the Party committee's comment")
    CHECK = "check_papers", _("Check requests and dossiers")
    APPRAISE = "appraise_case", _("Appraise a case")
    OPINE = "give_opinion", _("Give the opinion of a consulted organ")
    SCHEDULE = "schedule_case", _("Schedule a case on the agenda")
    CONDUCT_SC = "conduct_standing_committee", _("Conduct the Standing Committee's vote")
    RESOLVE = "record_resolution", _("Record what the Standing Committee resolves")
    RECORD_ANSWER = "record_answer", _("Record the answer of a body outside")
    SIGN = "sign_decision", _("Sign a Party decision")
    ISSUE = "issue_state_decision", _("Issue a State decision")
    PROMULGATE = "promulgate_decision", _("Promulgate and announce a decision")
    HOLD = "hold_case", _("Hold, resume or end a held case")
    PRIORITISE = "set_priority", _("Set the priority of a case")
    WITHDRAW = "withdraw_case", _("Withdraw a case")
    EXCEPT = "grant_exception", _("Grant an exception")
    EXCEPT_AS_HEAD = "grant_exception_as_head", _("Grant an exception for the leadership")
    EXCEPT_AS_COMMITTEE = (
        "grant_exception_as_party",
        _("Grant an exception for the Party committee"),
    )
    RECORD_EXCEPTION = "record_exception", _("Record an exception of a body outside")
    RULE = "rule_on_tie", _("Rule on a tie")
    ANSWER = "answer_in_writing", _("Answer in writing for the unit")
    CONCLUDE = "conclude_violation", _("Conclude on a violation")
    SIGN_DELEGATED = "sign_delegated", _("Sign under a delegation")
    PLAN_ROTATION = "plan_rotation", _("Plan rotation and product-based evaluation")
    ACCEPT_PRODUCT = "accept_product", _("Accept a product with a score")
    READ = "read_case", _("Read the unit's cases")
    READ_SECRET = "read_secret_case", _("Read confidential cases")
    READ_HIDDEN = "read_hidden_result", _("Read results that are not announced")
    READ_PEOPLE = "read_people", _("Read the records of the unit's people")
    INSPECT = "inspect_trail", _("Inspect the trail")
    EXAMINE = "examine_cases", _("Carry out an inspection")
    SIGN_OFF = "sign_off_inspection", _("Sign off the conclusion of an inspection")
    OVERSEE = "oversee_cases", _("See figures across cases")
    TRAIN = "plan_training", _("Plan training and enter courses taken")
    ASK_EMERGENCY = "ask_emergency", _("Ask for emergency access to a case")
    APPROVE_EMERGENCY = "approve_emergency", _("Approve emergency access to a case")
    ASK_ERASURE = "ask_erasure", _("Ask for erasure of content by order")
    APPROVE_ERASURE = "approve_erasure", _("Approve erasure of content")
    PRESERVE = "preserve_records", _("Place and lift legal holds")
    IMPORT_PEOPLE = "import_people", _("Import cadres, posts and planning")
    APPOINT_DEPUTY = "appoint_deputy", _("Appoint deputies for people of the unit")
    ADMINISTER = "administer_data", _("Maintain structure, people, rules and rights")


class Role(models.TextChoices):
    """A capacity in which a person works for a unit (procedures.md section 3.1)."""

    UNIT_CLERK = "unit_clerk", _("Personnel clerk of the unit")
    UNIT_HEAD = "unit_head", _("Head of the unit")
    UNIT_PARTY = "unit_party", _("Secretary of the unit's Party committee")
    OC_CLERK = "oc_clerk", _("Specialist of the Organization Committee")
    OC_HEAD = "oc_head", _("Head of the Organization Committee")
    ORGAN_OFFICER = "organ_officer", _("Officer of a consulted organ")
    IC_CLERK = "ic_clerk", _("Officer of the Inspection Committee")
    IC_HEAD = "ic_head", _("Head of the Inspection Committee")
    STANDING_MEMBER = "standing_member", _("Member of the Standing Board")
    SC_CLERK = "sc_clerk", _("Clerk of the Standing Committee's meetings")
    LIAISON = "liaison", _("Recorder of the answers of bodies outside")
    SECRETARY = "secretary", _("Secretary or deputy secretary")
    STATE_CHAIR = "state_chair", _("Chair of the People's Committee")
    OFFICE_CLERK = "office_clerk", _("Clerk of the Party Committee Office")
    MEMBER = "member", _("Member of a body")
    INSPECTOR = "inspector", _("Inspector")
    ADMINISTRATOR = "administrator", _("Process administrator")


#: The seat of whoever counts slips: no role that somebody is given, and named in the trail as one.
TELLER = "teller"
TELLER_NAME = _("Teller")


def role_name(code: str) -> str:
    """What a role, or the seat of a teller, is called; the code itself where it is no more."""
    if code == TELLER:
        return str(TELLER_NAME)
    return str(Role(code).label) if code in Role.values else code


_READ = frozenset({Act.READ})
_CLEARED = _READ | {Act.READ_SECRET}

GRANTS: dict[Role, frozenset[Act]] = {
    Role.UNIT_CLERK: _READ | {Act.START_CASE, Act.PREPARE, Act.CONDUCT, Act.WITHDRAW, Act.TRAIN},
    Role.UNIT_HEAD: _CLEARED
    | {Act.HEAD_DECIDE, Act.WITHDRAW, Act.ACCEPT_PRODUCT, Act.READ_PEOPLE, Act.ANSWER}
    | {Act.OVERSEE, Act.APPOINT_DEPUTY, Act.EXCEPT_AS_HEAD},
    Role.UNIT_PARTY: _CLEARED | {Act.COMMENT, Act.ANSWER, Act.EXCEPT_AS_COMMITTEE},
    Role.OC_CLERK: _CLEARED
    | {Act.INITIATE, Act.CHECK, Act.READ_HIDDEN, Act.PLAN_ROTATION, Act.READ_PEOPLE}
    | {Act.TRAIN, Act.IMPORT_PEOPLE, Act.ASK_ERASURE},
    Role.OC_HEAD: _CLEARED
    | {
        Act.APPRAISE,
        Act.HOLD,
        Act.WITHDRAW,
        Act.PRIORITISE,
        Act.SIGN_DELEGATED,
        Act.READ_HIDDEN,
        Act.PLAN_ROTATION,
        Act.ACCEPT_PRODUCT,
        Act.READ_PEOPLE,
        Act.OVERSEE,
        Act.APPOINT_DEPUTY,
        Act.APPROVE_EMERGENCY,
        Act.APPROVE_ERASURE,
    },
    Role.ORGAN_OFFICER: _CLEARED | {Act.OPINE, Act.ANSWER},
    Role.IC_CLERK: _CLEARED | {Act.INITIATE, Act.CHECK, Act.ASK_ERASURE},
    Role.IC_HEAD: _CLEARED
    | {Act.CONCLUDE, Act.HOLD, Act.WITHDRAW, Act.PRIORITISE, Act.APPOINT_DEPUTY, Act.PRESERVE},
    Role.STANDING_MEMBER: _CLEARED
    | {Act.SCHEDULE, Act.RULE, Act.EXCEPT, Act.HEAD_DECIDE}
    | {Act.OVERSEE},
    Role.SC_CLERK: _CLEARED | {Act.CONDUCT_SC, Act.RESOLVE},
    Role.LIAISON: _CLEARED | {Act.RECORD_ANSWER, Act.RECORD_EXCEPTION},
    Role.SECRETARY: _CLEARED
    | {Act.SIGN, Act.SIGN_DELEGATED, Act.OVERSEE, Act.APPROVE_EMERGENCY, Act.APPROVE_ERASURE},
    Role.STATE_CHAIR: _CLEARED | {Act.ISSUE},
    Role.OFFICE_CLERK: _CLEARED | {Act.PROMULGATE},
    Role.MEMBER: frozenset(),
    Role.INSPECTOR: _CLEARED
    | {Act.INSPECT, Act.READ_HIDDEN, Act.READ_PEOPLE, Act.OVERSEE}
    | {Act.EXAMINE, Act.SIGN_OFF, Act.PRESERVE},
    Role.ADMINISTRATOR: frozenset({Act.ADMINISTER, Act.IMPORT_PEOPLE, Act.ASK_EMERGENCY}),
}

#: Roles that nobody holds together with the others named here, on whatever units.
#: Whoever maintains data and rights takes no part in a case and does not inspect: otherwise they
#: could change the facts of a case that they work on, and check themselves. Inspectors only read
#: (`AUDIT`, procedures.md section 3.1), but for inspections of their own. Separation of duties:
#: design, no regulation says it so.
EXCLUSIVE: dict[Role, frozenset[Role]] = {
    Role.ADMINISTRATOR: frozenset(Role) - {Role.ADMINISTRATOR},
    Role.INSPECTOR: frozenset(Role) - {Role.INSPECTOR},
}


#: With one of these somebody starts a case.
START_ACTS = (Act.START_CASE, Act.INITIATE, Act.EXAMINE)
#: With these somebody votes in person; a deputy does so only where the edition lets votes be passed
#: on. Slips and seats on the counting team are personal whatever the edition says.
VOTE_ACTS = frozenset({Act.RULE, Act.HEAD_DECIDE})
#: What a body has authorised one office holder to sign is not passed on to a deputy, and whoever
#: inspects does so in person.
NEVER_DEPUTED = frozenset({Act.SIGN_DELEGATED, Act.EXAMINE, Act.SIGN_OFF})


def exclude(one: Role, other: Role) -> bool:
    """Whether nobody may hold these two roles at the same time."""
    return other in EXCLUSIVE.get(one, ()) or one in EXCLUSIVE.get(other, ())


class Lane(models.TextChoices):
    """Who stands behind a step; data says which unit a lane is in a province on a day."""

    UNIT = "UNIT", _("Proposing unit")
    UNIT_HR = "UNIT_HR", _("Personnel section of the unit")
    UNIT_HEAD = "UNIT_HEAD", _("Head of the unit")
    UNIT_PARTY = "UNIT_PARTY", _("Same-level Party committee")
    KEY = "KEY", _("Key cadres")
    SRC_UNIT = "SRC_UNIT", _("Unit where the person works")
    SRC_HEAD = "SRC_HEAD", _("Head of the unit where the person works")
    SRC_PARTY = "SRC_PARTY", _("Party committee where the person works")
    DST_UNIT = "DST_UNIT", _("Receiving unit")
    DST_HEAD = "DST_HEAD", _("Head of the receiving unit")
    CAND = "CAND", _("The cadre concerned")
    OC = "OC", _("Organization Committee")
    IC = "IC", _("Inspection Committee")
    IA = "IA", _("Internal Affairs Committee")
    POL = "POL", _("Provincial police")
    STANDING = "STANDING", _("Standing Board")
    SC = "SC", _("Standing Committee")
    SEC = "SEC", _("Secretary")
    EC = "EC", _("Executive Committee")
    CONGRESS = "CONGRESS", _("Congress")
    SUPERIOR = "SUPERIOR", _("Superior committee")
    FRONT = "FRONT", _("Fatherland Front")
    ELECTION = "ELECTION", _("Election committee")
    PC = "PC", _("People's Council")
    PCOM = "PCOM", _("People's Committee")
    AUDIT = "AUDIT", _("Inspectors")
    OFFICE = "OFFICE", _("Party Committee Office")


#: Lanes that are the case's own unit; every lane not named here is looked up in `LaneUnit`.
OWN_UNIT_LANES = frozenset({Lane.UNIT, Lane.UNIT_HR, Lane.UNIT_HEAD, Lane.UNIT_PARTY, Lane.KEY})
#: Lanes of the unit where the case's person works, and of the unit of its position.
SOURCE_LANES = frozenset({Lane.SRC_UNIT, Lane.SRC_HEAD, Lane.SRC_PARTY, Lane.CAND})
DESTINATION_LANES = frozenset({Lane.DST_UNIT, Lane.DST_HEAD})
