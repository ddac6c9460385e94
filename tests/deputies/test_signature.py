"""What stands at the signature of a paper that a deputy signs (section 14 of procedures.md)."""

import pytest
from django.core.exceptions import ValidationError

from permissions.models import User
from processes.audit.behalf import in_the_name_of
from processes.cases.models import Case
from processes.dossiers.drawing import KINDS, signature_block
from processes.flows.delegations import use

CHIEF = User(last_name="Trần", first_name="Trưởng", title="Trưởng ban")


def block(kind: str, title: str, principal: User | None = CHIEF) -> dict[str, str]:
    signer = User(last_name="Lê", first_name="Phó", title=title)
    with in_the_name_of(principal):
        return signature_block(KINDS[kind], by=signer)


def test_a_deputy_head_signs_for_the_head() -> None:
    found = block("appraisal_report", "Phó Trưởng ban")
    assert found == {"authority": "K/T TRƯỞNG BAN", "post": "PHÓ TRƯỞNG BAN", "signer": "Lê Phó"}


def test_the_body_stands_above_whoever_signs_for_its_secretary() -> None:
    found = block("party_decision", "Phó Bí thư")
    assert found["authority"] == "T/M BAN THƯỜNG VỤ, K/T BÍ THƯ"


def test_whoever_is_no_deputy_head_writes_in_whose_place() -> None:
    found = block("state_decision", "Chánh Văn phòng")
    assert (found["authority"], found["post"]) == ("THAY MẶT CHỦ TỊCH", "CHÁNH VĂN PHÒNG")


@pytest.mark.parametrize(("kind", "principal"), [("appraisal_report", None), ("submission", CHIEF)])
def test_other_papers_stay_as_they_are(kind: str, principal: User | None) -> None:
    found = block(kind, "Phó Trưởng ban", principal)
    assert (found["authority"], found["post"]) == (KINDS[kind].authority, KINDS[kind].post)


def test_nobody_signs_as_a_deputy_and_under_a_delegation_at_once() -> None:
    with in_the_name_of(CHIEF), pytest.raises(ValidationError) as refused:
        use("1", Case(), by=User(last_name="Lê", first_name="Phó"))
    assert "under" in refused.value.message_dict
