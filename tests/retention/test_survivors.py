"""Where the same content stood again, or something was made of it: it goes from there as well."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from permissions.administration import record_change, values
from permissions.checks import today
from processes.audit.models import AuditEntry, Event
from processes.audit.verify import verify
from processes.cases.erasure import ErasureOrder
from processes.cases.models import Case, Draft
from processes.demo.stories_sanction import FOUND
from processes.dossiers.models import Document
from processes.evidence.inquiries import path_of
from processes.evidence.models import Inquiry
from processes.organisation.people import Discipline
from processes.retention.carry_out import carry_out_due
from processes.retention.content import places_of
from processes.retention.writers import approve
from processes.talk.models import CommentText, CommentVersion, MovedComment
from tests.retention.conftest import due, order_of
from tests.world import World, make_cadre

pytestmark = pytest.mark.django_db


def erase(case: Case, world: World, key: str) -> None:
    approve(order_of(case, world, key), by=world["secretary"])
    assert carry_out_due(due()) == 1


def test_facts_of_a_case_lose_what_was_written_and_keep_their_codes(
    case: Case, world: World
) -> None:
    before = case.facts["finding"]
    erase(case, world, f"row:{case.pk}:facts.finding")
    after = Case.objects.get(pk=case.pk).facts["finding"]
    assert (after["text"], after["kind"]) == ("", before["kind"])
    assert verify(case.pk).sound


def test_a_text_of_a_fact_goes_from_the_entry_of_its_step_too(case: Case, world: World) -> None:
    erase(case, world, f"row:{case.pk}:facts.finding")
    with connection.cursor() as cursor:
        for table in ("processes_auditentry", "processes_case", "processes_finding"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            assert not [r for r in map(str, cursor.fetchall()) if FOUND["finding"] in r], table


def test_a_number_of_a_document_takes_nothing_else_along(case: Case) -> None:
    """It stands in many entries, and says nothing about a person."""
    places = [place for place in places_of(case) if place.name == "facts.finding"]
    assert FOUND["basis"] not in places[0].same
    assert FOUND["basis"] in places[0].text


def test_the_paper_of_a_comment_goes_with_the_comment(
    case: Case, paper: Document, version: CommentVersion, world: World
) -> None:
    MovedComment.objects.create(version=version, document=paper, by=world["ic_clerk"])
    order = order_of(case, world, f"comment:{version.pk}:")
    assert order.items.filter(kind="paper", number=paper.pk).exists()


def test_the_comment_goes_with_its_paper(
    case: Case, paper: Document, version: CommentVersion, world: World
) -> None:
    MovedComment.objects.create(version=version, document=paper, by=world["ic_clerk"])
    erase(case, world, f"paper:{paper.pk}:")
    assert not CommentText.objects.filter(version=version).exists()


def test_drafts_of_the_case_go(approved: ErasureOrder, case: Case, world: World) -> None:
    said = {"title": "x", "data": {"text": "y"}, "seen": 0}
    for about in (case, None):
        Draft.objects.create(by=world["ic_clerk"], address=f"/{about}/", case=about, **said)
    carry_out_due(due())
    assert list(Draft.objects.values_list("case", flat=True)) == [None]


def test_evidence_that_was_begun_before_goes_when_it_is_made_afterwards(
    approved: ErasureOrder, case: Case, world: World
) -> None:
    asked = Inquiry.objects.create(
        kind=Inquiry.Kind.BUNDLE, by=world["inspector"], case=case, language="vi",
        begun_at=timezone.now() - timedelta(seconds=9),
    )  # fmt: skip
    carry_out_due(due())
    asked.file, asked.done_at = f"evidence-{asked.pk}.zip", timezone.now()
    asked.save()
    path_of(asked).write_bytes(b"PK")
    carry_out_due(due())
    assert not path_of(asked).exists()


def test_a_fact_that_was_corrected_after_it_was_asked_for_goes_with_that_entry(
    world: World,
) -> None:
    person = make_cadre(world.units["P26"])
    person.posthelds.update(until=today() - timedelta(days=1))
    fact = Discipline(cadre=person, form="warning", decided_on=today(), document="01-QĐ/UBKTTU")
    fact.save()
    approve(order_of(person, world, f"fact:{fact.pk}:discipline"), by=world["secretary"])
    before = values(fact)
    fact.document = "02-QĐ/UBKTTU"
    fact.save()
    with transaction.atomic():
        record_change(fact, before, by=world["admin"])
    assert carry_out_due(due()) == 1
    assert AuditEntry.objects.filter(event=Event.CHANGED).latest("pk").facts == {}
    assert verify().sound
