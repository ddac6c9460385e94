"""A bundle of a case from which something was erased still proves everything that is left."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from django.urls import reverse

from processes.cases.adoption import adopt
from processes.cases.erasure import ErasureOrder
from processes.cases.models import Case
from processes.evidence.inquiries import path_of
from processes.evidence.models import Inquiry
from processes.log.keys import new_key
from processes.retention.carry_out import carry_out_due
from tests.flows.support import Browser
from tests.retention.conftest import SAID, WHY, due
from verifier.verify_evidence import Bad, Check, check_erasures, verify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places(settings, tmp_path) -> None:
    settings.LOG_KEYS, settings.LOG_DROPS, settings.LOG_MAIL = tmp_path / "keys", [], []


def bundle_of(case: Case, browser: Browser) -> Inquiry:
    inspector = browser("inspector")
    asked = inspector.post(reverse("case_evidence", args=[case.pk]), {"with_papers": "on"}).url
    inspector.post(f"{asked}work/")
    return Inquiry.objects.latest("pk")


def said(path: Path) -> str:
    lines: list[str] = []
    verify(path, language="en", write=lines.append)
    return "\n".join(lines)


def test_it_verifies_and_says_what_was_erased(
    approved: ErasureOrder, case: Case, browser: Browser, django_capture_on_commit_callbacks
) -> None:
    adopt()
    new_key("procedures.example.vn")
    before = bundle_of(case, browser)
    assert path_of(before).is_file()
    with django_capture_on_commit_callbacks(execute=True):
        carry_out_due(due())
    assert not path_of(before).is_file()
    path = path_of(bundle_of(case, browser))
    text = said(path)
    assert "FAILS" not in text
    assert "of the erasure by order 15-QĐ/TU" in text
    with ZipFile(path) as bundle:
        content = b"".join(bundle.read(n) for n in bundle.namelist() if not n.endswith(".pdf"))
    assert WHY.encode() not in content
    assert SAID.encode() not in content


def test_what_an_entry_says_was_erased_and_is_still_there_is_found() -> None:
    told = {"event": "erased", "documents": [], "facts": {"entries": {"1": ["reason"]}}}
    rows = [
        {"columns": {"chain": 3, "seq": 1, "event": "withdrawn", "reason": WHY}},
        {"columns": {"chain": 3, "seq": 2, **told}},
    ]
    with pytest.raises(Bad) as bad:
        check_erasures(Check("en"), rows)
    assert bad.value.args == ("erased_bad", 3, 1, 2)
