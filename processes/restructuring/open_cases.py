"""Open cases go on at the successor of their unit; what was done keeps the names of its day."""

from django.utils.translation import gettext as _

from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.announce import announce_on_commit
from processes.cases.models import Case, CaseTask, Participant
from processes.cases.transition import follow_editions
from processes.restructuring.move import Move


def move_cases(move: Move) -> None:
    """Move every open case of the old province, with an entry in its trail.

    A case about a post that ends stays at its unit, is named, and is decided by the organs of
    the new province: it can be withdrawn, held or rejected there.
    """
    numbers = Case.objects.filter(finished__isnull=True, province=move.old).order_by("pk")
    for number in numbers.values_list("pk", flat=True):
        case = Case.objects.select_for_update(no_key=True).get(pk=number)
        follow_editions(case, on=move.day)
        _move(case, move)


def _move(case: Case, move: Move) -> None:
    before = {"unit": case.unit.name, "province": case.province.name}
    unit = move.successors.get(case.unit_id)
    post = move.positions.get(case.position_id) if case.position_id else None
    stays = unit is None or (case.position_id is not None and post is None)
    if stays:
        move.leave(case, _("its unit has no successor, or its position ends; it stays there"))
        move.kept.add(case.unit_id)
    elif unit is not None:
        case.unit = unit
        case.position = post
    case.province = move.new
    source = case.facts.get("source")
    if source in move.successors:
        case.facts["source"] = move.successors[source].pk
    case.save(update_fields=["unit", "position", "province", "facts"])
    units = _move_tasks(case, move)
    Participant.objects.bulk_create(
        [Participant(case=case, unit_id=number) for number in sorted(units | {case.unit_id})],
        ignore_conflicts=True,
    )
    after = {"unit": case.unit.name, "province": case.province.name}
    record(
        Event.MOVED, by=None, case=case, unit=case.unit, reason=move.plan.source,
        facts={"old": before, "new": after, "day": move.day.isoformat()},
    )  # fmt: skip
    announce_on_commit(case)
    move.counts["cases"] += not stays


def _move_tasks(case: Case, move: Move) -> set[int]:
    """Open tasks wait at the successors; the numbers of these."""
    units = set()
    for task in CaseTask.objects.filter(process=case, finished__isnull=True):
        stays = task.unit_id == case.unit_id or task.unit_id in move.kept
        successor = move.successors.get(task.unit_id) if task.unit_id and not stays else None
        if successor is not None:
            task.unit = successor
            task.save(update_fields=["unit"])
            units.add(successor.pk)
    # Organs that took part before go on knowing of the case under their new names.
    for number in case.participants.values_list("unit", flat=True):
        if number in move.successors:
            units.add(move.successors[number].pk)
    return units
