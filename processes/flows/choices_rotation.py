"""Which way a rotation goes by itself, and what its page tells."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from permissions.catalogue import Lane
from permissions.checks import today
from processes.cases.models import Case
from processes.organisation.people import Cadre
from processes.organisation.positions import Position
from processes.organisation.units import Unit
from processes.rotation.schemes import Direction
from processes.steps.befall import MIN_36M
from processes.steps.forms_placement import PLACEMENTS
from processes.steps.forms_rotation import PURPOSES
from processes.steps.heads import head_or_instead


def how_it_ended(case: Case) -> str:
    """By its term, or recalled earlier by an exception."""
    return "recalled" if case.exceptions.filter(rule=MIN_36M).exists() else "ended"


def head_of_destination(case: Case) -> Lane:
    """Who receives the cadre: the head of the receiving unit."""
    return head_or_instead(case, Lane.DST_UNIT)


def which_placement(case: Case, outcome: str, reason: str) -> str:
    """An approval means the placement that was proposed."""
    return str(case.facts["placement"]["kind"]) if outcome == "approve" else outcome


def told(case: Case) -> list[tuple[Any, str]]:
    """The plan, who was proposed by whom, what was said, and the placement."""
    plan, rows = case.facts.get("plan", {}), []
    if "direction" in case.facts:
        rows.append((_("Direction"), str(Direction(case.facts["direction"]).label)))
    if plan:
        rows += [
            (_("Purpose"), str(dict(PURPOSES)[plan["purpose"]])),
            (_("Need and number"), plan["need"]),
            (_("Field and area"), plan["area"]),
            (_("Start"), _day(plan["starts_on"])),
            (_("Months of rotation"), str(plan["months"])),
            (_("Policy and allowances"), plan["policy"]),
            (_("Post after the rotation"), plan["post_plan"]),
        ]
    rows += [(_("Proposed by"), text) for text in _proposals(case)]
    meeting = case.facts.get("cadre_meeting")
    if meeting:
        rows.append((_("Talk with the cadre"), f"{_day(meeting['met_on'])}: {meeting['minutes']}"))
    if "filled_on" in case.facts:
        rows.append((_("On rotation since"), _day(case.facts["filled_on"])))
    if "evaluation" in case.facts:
        rows.append((_("Evaluation by the sending unit"), case.facts["evaluation"]["text"]))
    return rows + _placement(case)


def _proposals(case: Case) -> list[str]:
    said = case.facts.get("proposals", [])
    units = Unit.objects.in_bulk([one["unit"] for one in said])
    people = Cadre.objects.in_bulk([pk for one in said for pk in one["people"]])
    lines = []
    for one in said:
        names = ", ".join(str(people[pk]) for pk in one["people"]) or str(_("nobody"))
        lines.append(f"{units[one['unit']].name_on(today())}: {names}. {one['text']}")
    return lines


def _placement(case: Case) -> list[tuple[Any, str]]:
    placement = case.facts.get("placement")
    if not placement:
        return []
    post = Position.objects.filter(pk=placement.get("position")).first()
    name = str(dict(PLACEMENTS)[placement["kind"]])
    return [(_("Placement proposed"), f"{name}: {post}" if post else name)]


def _day(iso: str) -> str:
    return str(date_format(today().fromisoformat(iso), "SHORT_DATE_FORMAT"))
