"""Who may do what, stated a second time and by hand, so that a slip in `GRANTS` fails."""

import pytest

from permissions.catalogue import GRANTS, Act, Role
from permissions.checks import may
from permissions.grants import grant
from tests import make

ROLES = {
    "uc": "unit_clerk", "uh": "unit_head", "up": "unit_party", "oc": "oc_clerk", "oh": "oc_head",
    "or": "organ_officer", "ic": "ic_clerk", "ih": "ic_head", "st": "standing_member",
    "sc": "sc_clerk", "li": "liaison", "se": "secretary",
    "ch": "state_chair", "of": "office_clerk", "me": "member", "in": "inspector",
    "ad": "administrator",
}  # fmt: skip
POLICY = """
                            uc uh up oc oh or ic ih st sc li se ch of me in ad
start_case                  x  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
initiate_case               -  -  -  x  -  -  x  -  -  -  -  -  -  -  -  -  -
prepare_case                x  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
conduct_conference          x  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
decide_as_head              -  x  -  -  -  -  -  -  x  -  -  -  -  -  -  -  -
comment_as_committee        -  -  x  -  -  -  -  -  -  -  -  -  -  -  -  -  -
check_papers                -  -  -  x  -  -  x  -  -  -  -  -  -  -  -  -  -
appraise_case               -  -  -  -  x  -  -  -  -  -  -  -  -  -  -  -  -
give_opinion                -  -  -  -  -  x  -  -  -  -  -  -  -  -  -  -  -
schedule_case               -  -  -  -  -  -  -  -  x  -  -  -  -  -  -  -  -
conduct_standing_committee  -  -  -  -  -  -  -  -  -  x  -  -  -  -  -  -  -
record_resolution           -  -  -  -  -  -  -  -  -  x  -  -  -  -  -  -  -
record_answer               -  -  -  -  -  -  -  -  -  -  x  -  -  -  -  -  -
sign_decision               -  -  -  -  -  -  -  -  -  -  -  x  -  -  -  -  -
issue_state_decision        -  -  -  -  -  -  -  -  -  -  -  -  x  -  -  -  -
promulgate_decision         -  -  -  -  -  -  -  -  -  -  -  -  -  x  -  -  -
hold_case                   -  -  -  -  x  -  -  x  -  -  -  -  -  -  -  -  -
set_priority                -  -  -  -  x  -  -  x  -  -  -  -  -  -  -  -  -
withdraw_case               x  x  -  -  x  -  -  x  -  -  -  -  -  -  -  -  -
grant_exception             -  -  -  -  -  -  -  -  x  -  -  -  -  -  -  -  -
grant_exception_as_head     -  x  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -
grant_exception_as_party    -  -  x  -  -  -  -  -  -  -  -  -  -  -  -  -  -
record_exception            -  -  -  -  -  -  -  -  -  -  x  -  -  -  -  -  -
rule_on_tie                 -  -  -  -  -  -  -  -  x  -  -  -  -  -  -  -  -
answer_in_writing           -  x  x  -  -  x  -  -  -  -  -  -  -  -  -  -  -
conclude_violation          -  -  -  -  -  -  -  x  -  -  -  -  -  -  -  -  -
sign_delegated              -  -  -  -  x  -  -  -  -  -  -  x  -  -  -  -  -
plan_rotation               -  -  -  x  x  -  -  -  -  -  -  -  -  -  -  -  -
accept_product              -  x  -  -  x  -  -  -  -  -  -  -  -  -  -  -  -
read_case                   x  x  x  x  x  x  x  x  x  x  x  x  x  x  -  x  -
read_secret_case            -  x  x  x  x  x  x  x  x  x  x  x  x  x  -  x  -
read_hidden_result          -  -  -  x  x  -  -  -  -  -  -  -  -  -  -  x  -
read_people                 -  x  -  x  x  -  -  -  -  -  -  -  -  -  -  x  -
examine_cases               -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  -
sign_off_inspection         -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  -
oversee_cases               -  x  -  -  x  -  -  -  x  -  -  x  -  -  -  x  -
plan_training               x  -  -  x  -  -  -  -  -  -  -  -  -  -  -  -  -
ask_emergency               -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x
approve_emergency           -  -  -  -  x  -  -  -  -  -  -  x  -  -  -  -  -
import_people               -  -  -  x  -  -  -  -  -  -  -  -  -  -  -  -  x
ask_erasure                 -  -  -  x  -  -  x  -  -  -  -  -  -  -  -  -  -
approve_erasure             -  -  -  -  x  -  -  -  -  -  -  x  -  -  -  -  -
preserve_records            -  -  -  -  -  -  -  x  -  -  -  -  -  -  -  x  -
inspect_trail               -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  -
appoint_deputy              -  x  -  -  x  -  -  x  -  -  -  -  -  -  -  -  -
administer_data             -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x
"""


def policy():
    """Role to acts, as the table has them."""
    header, *rows = [line.split() for line in POLICY.strip().splitlines()]
    return {
        ROLES[column]: {act for act, *cells in rows if cells[index] == "x"}
        for index, column in enumerate(header)
    }


def test_the_policy_names_every_role_and_act_once():
    header, *rows = [line.split() for line in POLICY.strip().splitlines()]
    assert sorted(ROLES[column] for column in header) == sorted(Role)
    assert sorted(row[0] for row in rows) == sorted(Act)
    assert {len(row) - 1 for row in rows} == {len(header)}


@pytest.mark.parametrize("role", Role)
def test_a_role_may_what_the_policy_says(unit, person, role):
    grant(person, role, unit, by=None, since=make.SINCE)
    assert {act.value for act in Act if may(person, act, unit.pk)} == policy()[role]


@pytest.mark.parametrize(("one", "other"), [
    ("start_case", "check_papers"),
    ("prepare_case", "check_papers"),
    ("check_papers", "appraise_case"),
    ("check_papers", "conclude_violation"),
    ("appraise_case", "sign_decision"),
    ("sign_decision", "promulgate_decision"),
    ("check_papers", "record_answer"),
    ("administer_data", "read_case"),
    ("inspect_trail", "appraise_case"),
])  # fmt: skip
def test_no_role_alone_can_do_two_things_that_check_each_other(one, other):
    assert [role for role, acts in GRANTS.items() if {one, other} <= acts] == []
