"""Carry an order of erasure out: content goes, digests stay, and the trail tells of it."""

from collections import defaultdict
from datetime import date, timedelta

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from processes.audit.models import AuditEntry, Event
from processes.audit.removal import remove
from processes.audit.trail import record
from processes.cases.erasure import ERASED_FLAG, ErasureItem, ErasureOrder
from processes.cases.models import Case, Draft
from processes.dossiers.models import Document
from processes.dossiers.store import discard
from processes.evidence.inquiries import path_of
from processes.evidence.models import Inquiry
from processes.organisation.units import Unit
from processes.retention.content import (
    CASE_FACT,
    items_of,
    places_of,
    with_the_same,
    without_words,
)
from processes.retention.queries import subject_of, why_stays
from processes.retention.writers import locked
from processes.talk.models import Attachment, CommentText

Kind = ErasureItem.Kind
#: So long afterwards files are still looked for that ought to be gone.
RECENT = timedelta(days=7)


def carry_out_due(on: date) -> int:
    """Carry out what is due and nothing stands in the way of; how many orders that were.

    Files go after the rows are committed. Where that was broken off, the next call does it.
    """
    approved = ErasureOrder.objects.filter(due_on__lte=on, revoked_at__isnull=True)
    for order in approved.filter(carried_out_at__gte=timezone.now() - RECENT):
        _discard_files(order)
    waiting = approved.filter(carried_out_at__isnull=True).order_by("pk")
    return sum(_carry_out(order) for order in waiting)


@transaction.atomic
def _carry_out(order: ErasureOrder) -> bool:
    """Whether it was carried out: not where something stands in the way, or it is done already."""
    case = order.case and _lock(order.case)
    order = locked(order)
    if order.carried_out_at or order.revoked_at or why_stays(subject_of(order)):
        return False
    _name_what_came_since(order)
    order.carried_out_at = timezone.now()
    order.save(update_fields=["carried_out_at"])
    items = list(order.items.order_by("pk"))
    _record(order, case, items)
    _remove_texts(items)
    if case:
        _forget(case, items)
    transaction.on_commit(lambda: _discard_files(order))
    return True


def _lock(case: Case) -> Case:
    found: Case = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    return found


def _name_what_came_since(order: ErasureOrder) -> None:
    """The same content may have been written again since it was asked for: a fact was corrected."""
    named = {item.key for item in order.items.all()}
    places = with_the_same(named, places_of(subject_of(order)))
    more = (place for place in places if place.key not in named)
    ErasureItem.objects.bulk_create(items_of(order, more))


def _record(order: ErasureOrder, case: Case | None, items: list[ErasureItem]) -> None:
    """The entry that names everything that goes, and then the entries lose what it names."""
    columns: dict[int, list[str]] = defaultdict(list)
    for item in items:
        if item.kind == Kind.ENTRY:
            columns[item.number].append(item.name)
    entries = AuditEntry.objects.in_bulk(columns)
    record(
        Event.ERASED, by=None, case=case, unit=Unit.objects.get(pk=order.province_id),
        reason=order.reason,
        documents=sorted({i.digest for i in items if i.kind in (Kind.PAPER, Kind.ATTACHMENT)}),
        facts={
            "order": order.pk, "authority": order.authority, "document": order.document,
            "issued_on": order.issued_on.isoformat(), "user": order.asked_by_id,
            "other": order.answered_by_id, "rows": len(items), "cadre": order.cadre_id,
            "entries": {str(e.seq): sorted(columns[pk]) for pk, e in entries.items()},
            "texts": sorted(i.digest for i in items if i.kind == Kind.COMMENT),
            "columns": [f"{i.name}:{i.number}" for i in items if i.kind in (Kind.ROW, Kind.FACT)],
        },
    )  # fmt: skip
    for pk, entry in entries.items():
        remove(entry, columns[pk])


def _forget(case: Case, items: list[ErasureItem]) -> None:
    """Words of the facts of a case, and drafts of its forms: it has ended, nobody sends them."""
    names = [i.name.removeprefix(CASE_FACT) for i in items if i.name.startswith(CASE_FACT)]
    case.facts |= {n: without_words(case.facts[n]) for n in names if n in case.facts}
    if ERASED_FLAG not in case.flags:
        case.flags = [*case.flags, ERASED_FLAG]
    case.save(update_fields=["facts", "flags"])
    Draft.objects.filter(case=case).delete()


def _remove_texts(items: list[ErasureItem]) -> None:
    for item in items:
        if item.kind == Kind.COMMENT:
            CommentText.objects.filter(version=item.number).delete()
        elif item.kind == Kind.ROW and not item.name.startswith(CASE_FACT):
            label, _dot, column = item.name.rpartition(".")
            model = apps.get_model(label)
            field = model._meta.get_field(column)
            empty = field.get_default() if field.has_default() else ""
            model._default_manager.filter(pk=item.number).update(**{column: empty})
        elif item.kind == Kind.FACT:
            apps.get_model("processes", item.name)._default_manager.filter(pk=item.number).delete()


def _discard_files(order: ErasureOrder) -> None:
    """Papers, attachments, and evidence that was made while their content was there."""
    numbers = defaultdict(list)
    for kind, number in order.items.values_list("kind", "number"):
        numbers[kind].append(number)
    files = [
        *Document.objects.filter(pk__in=numbers[Kind.PAPER]).values_list("file", flat=True),
        *Attachment.objects.filter(pk__in=numbers[Kind.ATTACHMENT]).values_list("file", flat=True),
    ]
    for name in files:
        discard(name)
    made = Inquiry.objects.filter(begun_at__lt=order.carried_out_at).exclude(file="")
    copies = made.filter(kind=Inquiry.Kind.EXPORT)
    if order.case_id:
        copies |= made.filter(case=order.case_id)
    for asked in copies:
        path_of(asked).unlink(missing_ok=True)
