"""The standards that hold for a title group in a province on a day."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q

from permissions.compiled import Compiled
from processes.organisation.positions import Confidence, StandardCondition, TitleStandard
from processes.standards.conditions import Condition, Standard


def standards_of(group_id: int, province_id: int | None, on: date) -> tuple[Standard, ...]:
    """The latest general standard of the group, and what the province adds to it."""
    return standards_of_many({group_id}, province_id, on).get(group_id, ())


def standards_of_many(
    group_ids: set[int], province_id: int | None, on: date
) -> dict[int, tuple[Standard, ...]]:
    """The standards of each group, in two queries."""
    rows = _standards(groups=group_ids, province=province_id or 0, on=on)
    found: dict[int, tuple[Standard, ...]] = {}
    beside: dict[int, list[StandardCondition]] = {row.pk: [] for row in rows}
    for one in _beside(standards=beside.keys()) if rows else ():
        beside[one.standard_id].append(one)
    general = set()
    for row in rows:
        if row.province_id is None and row.group_id in general:
            continue
        if row.province_id is None:
            general.add(row.group_id)
        standard = Standard(row.source, tuple(_conditions(row, beside[row.pk])))
        found[row.group_id] = (*found.get(row.group_id, ()), standard)
    return found


_standards = Compiled(
    lambda groups, province, on: (
        TitleStandard.objects.in_force(on)
        .filter(Q(province__isnull=True) | Q(province=province), group__in=groups)
        .order_by("-valid_from", "-pk")
    ),
    groups=list,
    province=int,
    on=date,
)
#: The conditions of some standards that stand in rows of their own.
_beside = Compiled(
    lambda standards: (
        StandardCondition.objects.filter(standard__in=standards)
        .select_related("group")
        .order_by("pk")
    ),
    standards=list,
)


def _conditions(row: TitleStandard, beside: Iterable[StandardCondition]) -> Iterator[Condition]:
    sure = row.confidence == Confidence.VERIFIED
    if row.political_theory:
        level = row.political_theory
        yield Condition("theory", level=level, source=row.source, confirmed=sure)
    if row.degrees:
        yield Condition("degrees", amount=row.degrees, source=row.source, confirmed=sure)
    for one in beside:
        yield Condition(
            one.kind,
            amount=one.amount,
            level=one.level,
            rank=one.group.rank if one.group else 0,
            source=one.source,
            confirmed=one.confidence == Confidence.VERIFIED,
        )
