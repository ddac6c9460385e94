"""`manage.py verify_audit`: what it prints and how it exits."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import translation

from processes.audit import triggers, verify
from processes.audit.models import AuditEntry, ChainHead
from processes.log.sequencer import sequence_all
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_a_sound_trail_is_counted(case):
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert out.getvalue() == "5 entries in 1 chains read.\n"


def test_a_bad_chain_is_named_and_the_command_fails(case):
    silent, out = make.bare_case(), StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("verify_audit", stdout=out)
    assert failure.value.returncode == 1
    assert f"Case {silent.pk}, entry 1: the case has no entries." in out.getvalue()


def test_the_site_has_a_chain_of_its_own(case):
    ChainHead.objects.create(chain=0, seq=1, hash="0" * 64)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_audit", "--case=0", stdout=out)
    assert out.getvalue().startswith("Site's chain, entry 1: the entries at the end")


@pytest.mark.parametrize("number", ["99", str(2**63), str(10**30)])
def test_a_number_that_no_case_has_is_told(case, number):
    with pytest.raises(CommandError, match=f"There is no case {number}"):
        call_command("verify_audit", f"--case={number}")


def test_json_has_every_finding(case):
    silent, out = make.bare_case(), StringIO()
    with pytest.raises(CommandError):
        call_command("verify_audit", "--json", stdout=out)
    finding = {"chain": silent.pk, "seq": 1, "fault": "no_chain"}
    assert json.loads(out.getvalue()) == {
        "entries": 5, "chains": 2, "findings": [finding], "gone": None, "sound": False,
    }  # fmt: skip


def test_a_chain_that_was_cut_at_its_end_and_made_whole_again_is_noticed(case):
    sequence_all()
    triggers.remove(connection)
    last = AuditEntry.objects.filter(chain=case.pk).latest("seq")
    place = last.leaf.number
    AuditEntry.objects.filter(pk=last.pk).delete()
    before = AuditEntry.objects.filter(chain=case.pk).latest("seq")
    ChainHead.objects.filter(chain=case.pk).update(seq=before.seq, hash=before.hash)
    out = StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("verify_audit", stdout=out)
    assert failure.value.returncode == 1
    assert f"The entry at place {place} of the log is gone" in out.getvalue()


def test_one_case_is_read_alone(case):
    make.bare_case()
    out = StringIO()
    call_command("verify_audit", f"--case={case.pk}", stdout=out)
    assert out.getvalue() == "5 entries in 1 chains read.\n"


def test_an_unknown_case_is_refused(db):
    with pytest.raises(CommandError, match=r"There is no case 7\."):
        call_command("verify_audit", "--case=7")


def test_progress_goes_to_the_other_stream(case, monkeypatch):
    monkeypatch.setattr(verify, "STEP", 5)
    out, err = StringIO(), StringIO()
    call_command("verify_audit", "--json", stdout=out, stderr=err)
    assert err.getvalue() == "5\n"
    assert json.loads(out.getvalue())["sound"]
