"""The writers of the training plan. A certificate closes a gap when the organ for people says so.

Unit clerks plan for their unit and enter certificates; the specialist of the Organization
Committee confirms them, and only then the fact is on file: whoever prepares a case does not
write the facts that it is judged by (design).
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from permissions.catalogue import Act, Lane
from permissions.checks import role_for, today, units_where
from permissions.errors import Conflict, Personal, Refused
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.bars import family_of
from processes.cases.people import Reach
from processes.organisation.people import Cadre, Degree, Theory
from processes.organisation.units import LaneUnit
from processes.standards.conditions import THEORY
from processes.standards.models import TrainingCourse, TrainingLine

State = TrainingLine.State


def trains(user: User) -> Reach:
    """For whose people the person plans training: a unit, or for the organ a whole province."""
    units = units_where(user, Act.TRAIN)
    lanes = LaneUnit.objects.in_force(today()).filter(lane=Lane.OC, unit__in=units)
    return Reach(frozenset(units), frozenset(lanes.values_list("province", flat=True)))


def confirms(user: User, cadre: Cadre) -> bool:
    """Whether the person confirms certificates of this cadre: the organ of the province."""
    return cadre.unit.province_id in trains(user).provinces


@transaction.atomic
def plan(cadre: Cadre, course: TrainingCourse, year: int, *, by: User) -> TrainingLine:
    """Plan a course for a cadre.

    Raises Refused, and ValidationError for a year that is over or a course planned already.
    """
    _guard(by, cadre)
    Cadre.objects.select_for_update(no_key=True).get(pk=cadre.pk)
    if year < today().year:
        raise ValidationError({"year": _("This year is over; choose a later one.")})
    present = TrainingLine.objects.filter(cadre=cadre, course=course)
    if present.exclude(state=State.DROPPED).exists():
        raise ValidationError({"course": _("This course is in the plan of this cadre already.")})
    line = TrainingLine.objects.create(cadre=cadre, course=course, year=year, planned_by=by)
    _record(line, "", by)
    return line


@transaction.atomic
def take(line: TrainingLine, certificate: str, taken_on: date, *, by: User) -> None:
    """Enter the certificate of a course. Raises Refused, Conflict and ValidationError."""
    line = _locked(line, by, State.PLANNED)
    if taken_on > today():
        raise ValidationError({"taken_on": _("The day cannot be in the future.")})
    line.certificate, line.taken_on = certificate, taken_on
    _move(line, State.TAKEN, by)


@transaction.atomic
def drop(line: TrainingLine, *, by: User) -> None:
    """Take a course out of the plan. Raises Refused and Conflict."""
    _move(_locked(line, by, State.PLANNED, State.TAKEN), State.DROPPED, by)


@transaction.atomic
def confirm(line: TrainingLine, *, by: User) -> None:
    """Put what the course gives on file. Raises Refused and Conflict."""
    line = _locked(line, by, State.TAKEN)
    if not confirms(by, line.cadre):
        raise Refused(_("Certificates are confirmed by the Organization Committee."))
    cadre, course = line.cadre, line.course
    if course.gives == TrainingCourse.Gives.DEGREE:
        Degree.objects.create(
            cadre=cadre, rank=Degree.Rank.BACHELOR, field=course.field or course.name,
            awarded_on=line.taken_on or today(),
        )  # fmt: skip
    elif THEORY.index(course.level or Theory.NONE) > THEORY.index(cadre.theory):
        cadre.theory = course.level
        cadre.save(update_fields=["theory"])
    _move(line, State.CONFIRMED, by)


def _guard(by: User, cadre: Cadre) -> None:
    if not trains(by).covers(cadre.unit):
        raise Refused(_("Training of %(unit)s is planned by others.") % {"unit": cadre.unit})
    if cadre.pk in family_of(by).all:
        raise Personal(_("This is about you or a relative of yours; somebody else enters it."))


def _locked(line: TrainingLine, by: User, *states: str) -> TrainingLine:
    found = TrainingLine.objects.select_for_update(no_key=True).get(pk=line.pk)
    _guard(by, found.cadre)
    if found.state not in states:
        raise Conflict(_("This line has changed meanwhile; look at it again."))
    return found


def _move(line: TrainingLine, state: str, by: User) -> None:
    before, line.state = line.state, state
    line.save()
    _record(line, before, by)


def _record(line: TrainingLine, before: str, by: User) -> None:
    unit = line.cadre.unit
    new = {"state": str(line.state), "cadre": line.cadre_id}
    if line.certificate:
        new["certificate"] = line.certificate
    facts = {
        "model": line._meta.label_lower,
        "id": line.pk,
        "label": f"{line.cadre}: {line}",
        "old": {"state": before} if before else {},
        "new": new,
    }
    units = [unit.pk, *sorted(units_where(by, Act.TRAIN))]
    role = next(filter(None, (role_for(by, Act.TRAIN, number) for number in units)), "")
    record(Event.CHANGED, by=by, role=role, unit=unit, facts=facts)
