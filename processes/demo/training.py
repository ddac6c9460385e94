"""Courses of the demo, and a training plan for those whom a degree or a level is missing."""

from datetime import date

from permissions.models import User
from processes.demo.tables import table
from processes.organisation.people import Cadre, Theory
from processes.organisation.units import Unit
from processes.standards.models import TrainingCourse, TrainingLine

#: Of those who lack a level every other one is in the plan, so that gaps stay to be seen.
EVERY = 2


def build_training(province: Unit, *, today: date) -> None:
    """Write courses and lines; who plans is the specialist of the Organization Committee."""
    courses = {row["name"]: TrainingCourse(province=province, **row) for row in table("courses")}
    TrainingCourse.objects.bulk_create(courses.values())
    by = User.objects.get(username="oc.clerk")
    theory = next(c for c in courses.values() if c.level == Theory.ADVANCED)
    degree = next(c for c in courses.values() if c.gives == TrainingCourse.Gives.DEGREE)
    low = Cadre.objects.exclude(theory=Theory.ADVANCED).order_by("code")
    lacking = Cadre.objects.filter(degrees__isnull=True).order_by("code")
    TrainingLine.objects.bulk_create(
        TrainingLine(cadre=cadre, course=course, year=today.year, planned_by=by)
        for cadres, course in ((low, theory), (lacking, degree))
        for cadre in cadres[::EVERY]
    )
