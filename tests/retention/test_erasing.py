"""Content goes by order and its digest stays: what is gone, and that everything still verifies."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from permissions.catalogue import Role
from permissions.checks import today
from permissions.errors import Refused
from processes.audit.chain import NO_SALT
from processes.audit.models import AuditEntry, Event
from processes.audit.removal import remove
from processes.audit.verify import Fault, verify
from processes.cases.erasure import ErasureItem, ErasureOrder
from processes.cases.models import Case, Hold
from processes.dossiers.models import Document
from processes.dossiers.store import Erased, content_of
from processes.evidence.whole import verify_whole
from processes.retention.carry_out import carry_out_due
from processes.retention.content import places_of
from processes.retention.queries import why_not_ask
from processes.retention.writers import approve, revoke
from processes.talk.models import CommentText, CommentVersion
from tests.retention.conftest import SAID, WHY, due, order_of
from tests.trail_plugin import without_triggers
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def erased(approved: ErasureOrder, django_capture_on_commit_callbacks) -> ErasureOrder:
    with django_capture_on_commit_callbacks(execute=True):
        assert carry_out_due(due()) == 1
    approved.refresh_from_db()
    return approved


def stored(case: Case, settings) -> list[str]:
    """Names of the files of a case."""
    return sorted(path.name for path in (Path(settings.DOCUMENT_ROOT) / str(case.pk)).glob("*"))


def test_nothing_of_what_was_written_is_left_in_any_table(
    erased: ErasureOrder, case: Case, version: CommentVersion
) -> None:
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            rows = [str(row) for row in cursor.fetchall()]
            assert [row for row in rows if WHY in row or SAID in row] == [], table


def test_the_files_are_gone(erased: ErasureOrder, case: Case, paper: Document, settings) -> None:
    assert stored(case, settings) == []
    with pytest.raises(Erased, match="15-QĐ/TU"):
        content_of(paper)


def test_everything_still_verifies(erased: ErasureOrder, case: Case) -> None:
    assert verify(case.pk).sound
    assert [said for said in verify_whole().wrong if "Case" in said or "trail" in said] == []


def test_digests_stay_and_salts_go(case: Case, approved: ErasureOrder) -> None:
    before = case.entries.get(event=Event.WITHDRAWN)
    digest = ErasureItem.objects.get(number=before.pk, name="reason").digest
    carry_out_due(due())
    after = AuditEntry.objects.get(pk=before.pk)
    assert (after.reason, after.removed["reason"], after.hash) == ("", digest, before.hash)
    assert NO_SALT in after.salts
    assert after.outcome == before.outcome


def test_the_trail_tells_who_ordered_asked_and_approved(
    erased: ErasureOrder, case: Case, world: World
) -> None:
    entry = case.entries.get(event=Event.ERASED)
    facts = entry.facts
    assert (facts["authority"], facts["document"]) == ("Ban Thường vụ Tỉnh ủy", "15-QĐ/TU")
    assert (facts["user"], facts["other"]) == (world["ic_clerk"].pk, world["secretary"].pk)
    assert (entry.by, entry.reason) == (None, erased.reason)
    withdrawn = case.entries.get(event=Event.WITHDRAWN)
    assert facts["entries"][str(withdrawn.seq)] == ["reason"]


def test_choosing_a_text_takes_it_from_wherever_it_stands(case: Case, world: World) -> None:
    Hold.objects.create(
        case=case, reason=WHY, basis="CV 12", held_by=world["ic_head"], held_on=today(),
        ended_on=today(),
    )  # fmt: skip
    keys = [p.key for p in places_of(case) if WHY in p.same]
    assert len(keys) > 1
    order = order_of(case, world, keys[0])
    assert {f"{i.kind}:{i.number}:{i.name}" for i in order.items.all()} == set(keys)


def test_what_was_not_chosen_stays(case: Case, paper: Document, world: World) -> None:
    approve(order_of(case, world, f"paper:{paper.pk}:"), by=world["secretary"])
    carry_out_due(due())
    assert CommentText.objects.filter(text=SAID).exists()
    assert case.entries.filter(reason=WHY).exists()


def test_it_waits_for_the_days_of_an_objection(approved: ErasureOrder, case: Case) -> None:
    assert carry_out_due(today()) == 0
    assert case.entries.filter(reason=WHY).exists()


def test_it_is_carried_out_once(erased: ErasureOrder, case: Case) -> None:
    assert carry_out_due(due()) == 0
    assert case.entries.filter(event=Event.ERASED).count() == 1


def test_a_revoked_order_is_never_carried_out(
    approved: ErasureOrder, case: Case, world: World
) -> None:
    revoke(approved, by=world["inspector"], reason="Còn cần cho việc xem xét.")
    assert carry_out_due(due()) == 0
    assert case.entries.filter(reason=WHY).exists()


def test_files_that_a_broken_off_call_left_go_with_the_next(
    approved: ErasureOrder, case: Case, settings
) -> None:
    carry_out_due(due())  # without what follows the commit
    assert stored(case, settings) != []
    carry_out_due(due())
    assert stored(case, settings) == []


def update(entry: AuditEntry, **columns: object) -> None:
    with transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(**columns)


def test_the_database_lets_nothing_go_without_an_order(case: Case) -> None:
    entry = case.entries.get(event=Event.WITHDRAWN)
    gone = {"reason": "", "removed": {"reason": "0" * 64}}
    gone["salts"] = entry.salts[:32] + NO_SALT + entry.salts[64:]
    with pytest.raises(DatabaseError, match="History is kept"):
        update(entry, **gone)


def test_nor_before_the_order_is_carried_out(approved: ErasureOrder, case: Case) -> None:
    entry = case.entries.get(event=Event.WITHDRAWN)
    salts = entry.salts[:32] + NO_SALT + entry.salts[64:]
    with pytest.raises(DatabaseError, match="History is kept"):
        update(entry, reason="", removed={"reason": "0" * 64}, salts=salts)


@pytest.mark.parametrize(
    "columns",
    [{"reason": "Khác"}, {"outcome": "x"}, {"event": "read"}, {"hash": "0" * 64}, {"removed": None},
     {"removed": {}}, {"facts": {}}, {"salts": "x" * 96}, {"format": 1}],
    ids=str,
)  # fmt: skip
def test_an_order_lets_nothing_else_change(
    erased: ErasureOrder, case: Case, columns: dict[str, object]
) -> None:
    entry = case.entries.get(event=Event.ERASED if "facts" in columns else Event.WITHDRAWN)
    with pytest.raises(DatabaseError, match="History is kept"):
        update(entry, **columns)


def test_content_that_was_taken_without_an_order_is_found(case: Case) -> None:
    entry = case.entries.get(event=Event.WITHDRAWN)
    with without_triggers():
        remove(entry, ["reason"])
        connection.check_constraints()
    (finding,) = verify(case.pk).findings
    assert (finding.seq, finding.fault) == (entry.seq, Fault.UNORDERED)


def test_an_entry_of_an_erasure_stays_whole(erased: ErasureOrder, case: Case) -> None:
    with pytest.raises(ValueError, match="stays whole"):
        remove(case.entries.get(event=Event.ERASED), ["facts"])
    names = {place.title.split(" ")[0] for place in places_of(case) if place.kind == "entry"}
    told = case.entries.filter(event__startswith="eras").values_list("seq", flat=True)
    assert not names & {f"{seq}." for seq in told}


def test_a_paper_that_comes_back_after_its_erasure_is_found(
    erased: ErasureOrder, case: Case, paper: Document, settings
) -> None:
    (Path(settings.DOCUMENT_ROOT) / paper.file).write_bytes(b"%PDF-1.4")
    assert any("still kept" in said for said in verify_whole().wrong)


def test_a_text_of_the_talk_that_goes_without_an_order_is_found(version: CommentVersion) -> None:
    version.content.delete()
    assert any("comment" in said for said in verify_whole().wrong)


def test_an_order_cannot_be_removed(order: ErasureOrder) -> None:
    for rows in (ErasureItem.objects.all(), ErasureOrder.objects.all()):
        with pytest.raises(DatabaseError, match="History is kept"), transaction.atomic():
            rows._raw_delete(rows.db)


def test_the_inspector_reads_that_it_is_gone_and_by_which_order(
    erased: ErasureOrder, case: Case, browser
) -> None:
    page = browser("inspector").get(f"/cases/{case.pk}/trail/").content.decode()
    assert "15-QĐ/TU" in page
    assert "Erased by order since then: the reason" in page
    assert WHY not in page


def test_who_may_do_none_of_it_is_refused(case: Case, world: World) -> None:
    allowed = {name for name, user in world.people.items() if not why_not_ask(user, case)}
    held = {  # specialists of the Organization Committee take no part in this case
        name for name, user in world.people.items()
        if user.holdings.filter(role=Role.IC_CLERK).exists()
    }  # fmt: skip
    assert allowed == held
    with pytest.raises(Refused):
        approve(order_of(case, world), by=world["inspector"])
