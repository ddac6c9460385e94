"""Loads units from files: all or nothing, and a second time nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from processes.audit.models import Event
from processes.audit.trail import record
from processes.organisation.unit_files import (
    DATA,
    ORGAN,
    BadRow,
    ImportFailed,
    UnitFile,
    UnitRow,
    data_rows,
    read,
)
from processes.organisation.units import Level, Unit

if TYPE_CHECKING:
    from permissions.models import User


@dataclass
class Counts:
    """What an import did."""

    added: int = 0
    renamed: int = 0
    replaced: int = 0
    unchanged: int = 0

    @property
    def changed(self) -> bool:
        """Whether anything is different now."""
        return bool(self.added or self.renamed or self.replaced)


@transaction.atomic
def import_units(paths: Sequence[Path], *, by: "User | None", since: date) -> Counts:
    """Load the units of these files as they are from that day on.

    A unit with another name is renamed and keeps its old one as history; one that moved
    to another parent is ended and gets the new one as successor; units that no file names
    stay as they are. Raises ImportFailed, with every bad row, and loads nothing.
    """
    files = [read(path) for path in paths]
    levels = {level.code: level for level in _levels()}
    rows = [row for file in files for row in file.rows]
    if wrong := [*_twice(rows), *_unknown_levels(rows, levels)]:
        raise ImportFailed(wrong)
    load = _Load(since, levels, {row.code for row in rows} | {row.parent_code for row in rows})
    for rank in sorted({level.rank for level in levels.values()}):
        load.tier([row for row in rows if levels[row.level].rank == rank])
    if load.wrong:
        raise ImportFailed(load.wrong)
    if load.counts.changed:
        _record(files, load.counts, by=by, since=since)
    return load.counts


def _levels() -> list[Level]:
    """The levels of the system; those of the product's own data are added when missing."""
    for row in data_rows(DATA / "levels.csv"):
        Level.objects.get_or_create(
            code=row["code"], defaults={"name": row["name"], "rank": int(row["rank"])}
        )
    return list(Level.objects.all())


def _twice(rows: Iterable[UnitRow]) -> list[BadRow]:
    seen: dict[tuple[str, str], UnitRow] = {}
    wrong = []
    for row in rows:
        first = seen.setdefault((row.code, row.parent_code if row.level == ORGAN else ""), row)
        if first is not row:
            place = {"file": first.file, "line": first.line}
            wrong.append(row.bad(_("The same code stands in %(file)s, line %(line)d.") % place))
    return wrong


def _unknown_levels(rows: Iterable[UnitRow], levels: dict[str, Level]) -> list[BadRow]:
    known = ", ".join(levels)
    return [
        row.bad(
            _("There is no level “%(level)s”; the levels are: %(known)s.")
            % {"level": row.level, "known": known}
        )
        for row in rows
        if row.level not in levels
    ]


def _record(files: list[UnitFile], counts: Counts, *, by: "User | None", since: date) -> None:
    facts = {
        "what": "units",
        "files": {file.name: file.sha256 for file in files},
        "since": since.isoformat(),
        "counts": asdict(counts),
    }
    record(Event.IMPORTED, by=by, documents=[file.sha256 for file in files], facts=facts)


@dataclass
class _Load:
    """One import on its way, from the highest tier down."""

    since: date
    levels: dict[str, Level]
    codes: set[str]
    counts: Counts = field(default_factory=Counts)
    wrong: list[BadRow] = field(default_factory=list)

    def __post_init__(self) -> None:
        rows = Unit.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=self.since), code__in=self.codes
        )
        self.present: dict[str, list[Unit]] = {}
        for unit in rows.select_related("level", "province").prefetch_related("former_names"):
            self.present.setdefault(unit.code, []).append(unit)
        self.parents: dict[str, Unit] = {}
        self.lost: set[str] = set()  # bad rows: what is said of them holds for what is below

    def tier(self, rows: list[UnitRow]) -> None:
        """Load the units of one rank; their parents have been loaded before."""
        fresh: list[tuple[Unit, Unit | None]] = []
        for row in rows:
            parent = self._parent(row)
            if row.parent_code and parent is None:
                self.lost.add(row.code)
                continue
            unit = self._same(row, parent)
            if unit is None:
                unit, old = self._new(row, parent), self._old(row, parent)
                fresh.append((unit, old))
            if row.level != ORGAN:
                self.parents[row.code] = unit
        self._save(fresh)

    def _parent(self, row: UnitRow) -> Unit | None:
        rank = self.levels[row.level].rank
        if not row.parent_code and rank > min(level.rank for level in self.levels.values()):
            self.wrong.append(
                row.bad(_("Name the unit above it: only the highest level has none."))
            )
        if not row.parent_code or row.parent_code in self.lost:
            return None
        parent = self.parents.get(row.parent_code)
        found = [parent] if parent else self.present.get(row.parent_code, [])
        if len(found) == 1 and found[0].level.rank < rank:
            return found[0]
        names = {"code": row.parent_code}
        if found:
            reason = _("The parent “%(code)s” is not one unit of a higher level.") % names
        else:
            reason = _("The parent “%(code)s” is in no file and not in force that day.") % names
        self.wrong.append(row.bad(reason))
        return None

    def _same(self, row: UnitRow, parent: Unit | None) -> Unit | None:
        """The unit of this row where it is known already, renamed if need be."""
        parent_id = parent.pk if parent else None
        units = self.present.get(row.code, ())
        unit = next((u for u in units if u.parent_id == parent_id), None)
        if unit is None:
            return None
        if unit.valid_from > self.since:
            self._too_early(row, unit.valid_from)
        else:
            self._name(unit, row)
        return unit

    def _name(self, unit: Unit, row: UnitRow) -> None:
        """Leave the name, or give the unit a new one and keep the old as history."""
        former = [(f.valid_from, f.valid_to, f.name) for f in unit.former_names.all() if f.valid_to]
        name_then = next((name for start, end, name in former if start <= self.since < end), "")
        if row.name == (name_then or unit.name):
            self.counts.unchanged += 1
            return
        start = max([unit.valid_from, *(end for _start, end, _name in former)])
        if start > self.since:
            self._too_early(row, start)
            return
        if start < self.since:
            unit.former_names.create(name=unit.name, valid_from=start, valid_to=self.since)
        unit.name = row.name
        unit.save(update_fields=["name"])
        self.counts.renamed += 1

    def _too_early(self, row: UnitRow, day: date) -> None:
        reason = _("The unit is so since %(day)s only; import from that day or a later one.")
        self.wrong.append(row.bad(reason % {"day": f"{day:%d/%m/%Y}"}))

    def _old(self, row: UnitRow, parent: Unit | None) -> Unit | None:
        """The unit that had this code under another parent; codes of organs are a province's."""
        units = self.present.get(row.code, ())
        if row.level == ORGAN:
            province = parent and (parent.province_id or parent.pk)
            units = [unit for unit in units if unit.province_id == province]
        old = next(iter(units), None)
        if old and old.valid_from >= self.since:
            day = {"day": f"{old.valid_from:%d/%m/%Y}"}
            reason = _("Another unit has the code since %(day)s; import from a later day.")
            self.wrong.append(row.bad(reason % day))
        return old

    def _new(self, row: UnitRow, parent: Unit | None) -> Unit:
        return Unit(
            code=row.code,
            name=row.name,
            kind=row.kind,
            level=self.levels[row.level],
            parent=parent,
            province=parent and (parent.province or parent),
            valid_from=self.since,
        )

    def _save(self, fresh: list[tuple[Unit, Unit | None]]) -> None:
        if self.wrong:
            return
        Unit.objects.bulk_create([unit for unit, _old in fresh])
        for unit, old in fresh:
            if unit.province_id is None:
                unit.province = unit
                unit.save(update_fields=["province"])
            if old:
                old.valid_to, old.successor = self.since, unit
                old.save(update_fields=["valid_to", "successor"])
        self.counts.replaced += sum(old is not None for _unit, old in fresh)
        self.counts.added += sum(old is None for _unit, old in fresh)
