"""Imports people: all rows of all files, or none."""

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.checks import role_for, today, units_where
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.bars import family_of
from processes.cases.models import Case, RosterLine
from processes.intake.fates import Fate, Report, Row, judge
from processes.intake.known import Known, parts
from processes.intake.reading import Line, read
from processes.intake.values import Wrong
from processes.intake.values import code as code_of
from processes.organisation.people import Cadre, Planning, PostHeld
from processes.organisation.units import Unit

File = tuple[str, bytes]
#: A row goes in after those that it points at.
MODELS: tuple[type[Any], ...] = (Cadre, PostHeld, Planning)
SOME = 200


class WrongRows(Exception):
    """Nothing was entered: some rows are wrong."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = [row for row in rows if row.fate is Fate.WRONG]
        super().__init__(_("%(count)d rows are wrong.") % {"count": len(self.rows)})


def silent(stage: str, done: int, total: int) -> None:
    """Report to nobody."""


def examine(files: Iterable[File], *, by: User | None, report: Report = silent) -> list[Row]:
    """The fate of every row, and nothing is entered. Raises Unreadable.

    `by` is None for whoever runs the command on the server.
    """
    lines: list[Line] = []
    for name, content in files:
        report("read", len(lines), 0)
        lines += read(name, content)
    within = provinces_of(by)
    known = Known(_codes(lines), within, today())
    return judge(lines, known, _barred(known, by), report)


@transaction.atomic
def enter(files: Sequence[File], *, by: User | None, report: Report = silent) -> list[Row]:
    """Enter every row, or none: raises WrongRows and Unreadable.

    Whoever comes second with an import for a province waits for the first.
    """
    within = provinces_of(by)
    provinces = Unit.objects.filter(province=models.F("pk")).order_by("pk")
    if within is not None:
        provinces = provinces.filter(pk__in=within)
    list(provinces.select_for_update(no_key=True))
    rows = examine(files, by=by, report=report)
    if any(row.fate is Fate.WRONG for row in rows):
        raise WrongRows(rows)
    _save(rows, by, report)
    _record(files, rows, by, within)
    return rows


def provinces_of(by: User | None) -> set[int] | None:
    """Where the person may enter people; None where nothing bounds it."""
    if by is None:
        return None
    units = Unit.objects.filter(pk__in=units_where(by, Act.IMPORT_PEOPLE))
    return {unit.province_id or unit.pk for unit in units}


def counts_of(rows: Iterable[Row]) -> dict[str, int]:
    """How many rows have which fate."""
    found = Counter(row.fate for row in rows)
    return {fate.value: found[fate] for fate in Fate}


def _codes(lines: Iterable[Line]) -> set[str]:
    found = set()
    for line in lines:
        cell = line.cell("code")
        if cell is not None:
            try:
                found.add(code_of(cell))
            except Wrong:
                continue
    return found


def _barred(known: Known, by: User | None) -> dict[str, str]:
    """People about whom this person enters nothing, with the reason.

    Nobody enters facts about themselves or their relatives (Quy định 114-QĐ/TW, 2023); and
    whoever works on cases enters none about the people of an open case: those are for whoever
    maintains data and takes no part in cases (separation of duties: design).
    """
    if by is None:
        return {}
    family = family_of(by).all
    numbers = {cadre.pk: cadre.code for cadre in known.cadres.values()}
    own = _("This is about you or a relative of yours; somebody else enters it.")
    found = {code: own for number, code in numbers.items() if number in family}
    if units_where(by, Act.ADMINISTER):
        return found
    open_case = _("An open case is about this person; the process administrator enters it.")
    for number in _in_open_cases() & numbers.keys():
        found.setdefault(numbers[number], open_case)
    return found


def _in_open_cases() -> set[int]:
    cases = Case.objects.filter(finished__isnull=True)
    candidates = cases.filter(candidate__isnull=False).values_list("candidate", flat=True)
    rosters = RosterLine.objects.filter(case__in=cases.values("pk"))
    return {*candidates, *rosters.values_list("cadre", flat=True)}


def _save(rows: Sequence[Row], by: User | None, report: Report) -> None:
    """Write what is new and changed; each change has an entry with what stood there before."""
    total = sum(row.fate is not Fate.SAME for row in rows)
    done = 0
    for model in MODELS:
        of_model = [row for row in rows if isinstance(row.instance, model)]
        fresh = [row.instance for row in of_model if row.fate is Fate.NEW]
        for some in parts(fresh):
            model._default_manager.bulk_create(some, batch_size=SOME)
            done += len(some)
            report("write", done, total)
        changed = [row for row in of_model if row.fate is Fate.CHANGED]
        for row in changed:
            _change(row, by)
            done += 1
            if done % SOME == 0:
                report("write", done, total)


def _change(row: Row, by: User | None) -> None:
    instance = row.instance
    if not isinstance(instance, Cadre | PostHeld | Planning):
        raise TypeError(row.line.heading.kind.name)
    instance.save()
    unit = instance.unit
    facts = {
        "model": instance._meta.label_lower,
        "id": instance.pk,
        "label": str(instance),
        "old": row.old,
        "new": row.new,
    }
    record(Event.CHANGED, by=by, role=_role(by, unit.province_id), unit=unit, facts=facts)


def _record(
    files: Sequence[File], rows: Sequence[Row], by: User | None, within: set[int] | None
) -> None:
    """One entry for the import: which files, and what became of their rows."""
    digests = {name: sha256(content).hexdigest() for name, content in files}
    counts = counts_of(rows)
    if not counts[Fate.NEW] + counts[Fate.CHANGED]:
        return
    province = min(within, default=None) if within else None
    facts = {"what": "people", "files": digests, "counts": counts, "rows": len(rows)}
    record(
        Event.IMPORTED, by=by, role=_role(by, province), unit=_unit(province),
        documents=[*digests.values()], facts=facts,
    )  # fmt: skip


def _unit(number: int | None) -> Unit | None:
    return Unit.objects.get(pk=number) if number else None


def _role(by: User | None, province: int | None) -> str:
    """The role in which the person enters people of a province."""
    if by is None:
        return ""
    own = role_for(by, Act.IMPORT_PEOPLE, province)
    units = units_where(by, Act.IMPORT_PEOPLE)
    held = (role_for(by, Act.IMPORT_PEOPLE, unit) for unit in sorted(units))
    return own or next(filter(None, held), "")
