"""The text of the rules is adopted with an entry, once, and again when it changes."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from processes.audit.models import AuditEntry, Event
from processes.cases import adoption
from processes.cases.adoption import adopt
from processes.rules import Rulebook, load

pytestmark = pytest.mark.django_db


def adopted():
    return dict(
        AuditEntry.objects.filter(event=Event.ADOPTED)
        .order_by("seq")
        .values_list("edition", "facts__digest")
    )


def warned():
    return [one.id for one in run_checks(tags=["database"], databases=["default"])]


@pytest.fixture
def changed(monkeypatch):
    """Somebody has changed a file: an edition with another title than the one installed."""
    editions = load().editions
    other = replace(editions[0], title="Quy định đã bị sửa")
    monkeypatch.setattr(adoption, "load", lambda: Rulebook((other, *editions[1:])))
    return other


def test_every_edition_is_adopted_with_its_digest():
    assert sorted(adopt()) == sorted(one.key for one in load().editions)
    assert adopted() == {one.key: one.digest for one in load().editions}


def test_adopting_twice_writes_nothing_twice():
    adopt()
    before = AuditEntry.objects.count()
    assert adopt() == []
    assert AuditEntry.objects.count() == before


def test_an_edition_whose_text_changed_is_adopted_again_beside_what_it_was(request):
    adopt()
    was = adopted()
    other = request.getfixturevalue("changed")
    assert adopt() == [other.key]
    entry = AuditEntry.objects.filter(event=Event.ADOPTED).latest("seq")
    assert entry.facts == {"digest": other.digest, "before": was[other.key]}


def test_rules_that_the_trail_does_not_know_are_warned_of():
    assert "processes.W001" in warned()
    adopt()
    assert "processes.W001" not in warned()


def test_a_changed_file_is_warned_of(request):
    adopt()
    request.getfixturevalue("changed")
    assert "processes.W001" in warned()


def test_the_command_says_what_it_adopted():
    out = StringIO()
    call_command("rules", adopt=True, stdout=out)
    assert all(one.key in out.getvalue() for one in load().editions)
