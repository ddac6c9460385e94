"""Who held which right on a case on a day, and the text of the rules that bound it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from permissions.catalogue import GRANTS, Act, Role
from permissions.models import Holding, StandIn
from processes.audit.models import SITE_CHAIN, AuditEntry, Event
from processes.cases.granting import EXCEPT_ACTS
from processes.organisation.units import Unit, UnitName, in_force
from processes.pages.desk_forms import edition_title
from processes.pages.replay_then import Then
from processes.pages.rule_words import RuleTold, told_rule
from processes.rules import load
from processes.rules.edition import Edition, Parameter, canonical, thawed

#: What may be done to any case, besides its steps.
ALWAYS = {
    Act.READ, Act.READ_SECRET, Act.READ_HIDDEN, Act.INSPECT, Act.HOLD, Act.WITHDRAW,
    Act.PRIORITISE, *EXCEPT_ACTS,
}  # fmt: skip


@dataclass(frozen=True)
class Right:
    """A role at a unit that had a part in the case: who held it, and what it let them do."""

    unit: str
    role: Any
    people: list[str]
    acts: list[Any]


def rights_then(then: Then) -> list[Right]:
    """Holdings in force that day, at the units that had a part in the case by then."""
    acts = {Act(row.act) for row in then.case.flow_class.rows() if row.act} | ALWAYS
    numbers = {then.case.unit_id, then.case.province_id}
    numbers |= {task.unit_id for task in then.tasks if task.unit_id}
    held = Holding.objects.in_force(then.day).filter(unit__in=numbers)
    people: dict[tuple[int, str], list[str]] = defaultdict(list)
    for one in held.select_related("user").order_by("user__last_name", "user__first_name", "pk"):
        people[one.unit_id, one.role].append(_with_deputies(one.user_id, str(one.user), then))
    former = UnitName.objects.filter(in_force(then.day), unit__in=numbers)
    names = dict(Unit.objects.filter(pk__in=numbers).values_list("pk", "name"))
    names |= dict(former.values_list("unit", "name"))
    return [
        Right(names[unit], Role(role).label, held_by,
              [act.label for act in Act if act in GRANTS[Role(role)] & acts])
        for (unit, role), held_by in sorted(people.items())
        if GRANTS[Role(role)] & acts
    ]  # fmt: skip


def _with_deputies(number: int, name: str, then: Then) -> str:
    deputies = _deputies(then).get(number)
    if not deputies:
        return name
    return _("%(person)s (deputy: %(other)s)") % {"person": name, "other": ", ".join(deputies)}


def _deputies(then: Then) -> dict[int, list[str]]:
    """Who stood in for whom that day; read once."""
    cached: dict[int, list[str]] | None = then.__dict__.get("_deputies")
    if cached is None:
        cached = then.__dict__["_deputies"] = defaultdict(list)
        for one in StandIn.objects.in_force(then.day).select_related("deputy"):
            cached[one.principal_id].append(str(one.deputy))
    return cached


@dataclass(frozen=True)
class Said:
    """A parameter that bound the case: in words, and as the edition writes what has parts."""

    told: RuleTold
    text: str

    @property
    def name(self) -> str:
        """What it is called, and its key: no two parameters have the same."""
        return f"{self.told.name} ({self.told.key})"

    @property
    def whole(self) -> str:
        """Words and text: two values are the same only where both are."""
        return f"{self.told.value} {self.text}".strip()


@dataclass(frozen=True)
class Bound:
    """An edition of the rules, and whether its text is the one that was adopted by then."""

    edition: Edition
    title: str
    adopted: Any


def editions_then(then: Then) -> list[Bound]:
    """The editions that bound the case that day, the leading one first."""
    keys = list(then.case.editions or [then.case.edition])
    later = (e for e in then.history.entries if e.at >= then.until and e.event == Event.ADOPTED)
    first = next(later, None)
    if first is not None and first.facts.get("old"):
        keys = list(first.facts["old"])
    adopted = AuditEntry.objects.filter(
        chain=SITE_CHAIN, event=Event.ADOPTED, edition__in=keys, at__lt=then.until
    ).order_by("seq")
    digests = {entry.edition: entry.facts.get("digest") for entry in adopted}
    found = [load().edition(key) for key in keys]
    return [Bound(one, edition_title(one), _adopted(one, digests)) for one in found]


def _adopted(edition: Edition, digests: Mapping[str, Any]) -> str:
    if edition.key not in digests:
        return _("The trail does not say that its text was adopted by then.")
    if digests[edition.key] == edition.digest:
        return _("Its text is the one that was adopted by then, by its digest.")
    return _("Its text is NOT the one that was adopted by then: that one is not known here.")


def rules_then(bound: list[Bound]) -> list[Said]:
    """Every parameter that bound the case, the decree's before the Party's."""
    rules = load().for_keys(*(one.edition.key for one in bound))
    return [_said(rules.get(key)) for key in rules.keys()]  # noqa: SIM118 -- not a mapping


def _said(parameter: Parameter) -> Said:
    value = thawed(parameter.value)
    text = canonical(value) if isinstance(value, dict | list) else ""
    return Said(told_rule(parameter), text)
