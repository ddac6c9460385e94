"""Who meets the standards of which title: of a unit's positions, and of one cadre's titles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from processes.eligibility.facts import CadreFacts
from processes.eligibility.gather import facts_of_many
from processes.organisation.people import Cadre, Planning, PostHeld
from processes.organisation.staffing import held_on
from processes.organisation.units import Unit
from processes.standards.conditions import Answer, Standard, Verdict, closes, judge, together
from processes.standards.lookups import standards_of_many
from processes.standards.models import TrainingLine

ACTIVE = (TrainingLine.State.PLANNED, TrainingLine.State.TAKEN)


@dataclass(frozen=True)
class Gap:
    """A cadre and a title that they hold or are planned for, with an answer for each condition."""

    cadre: Cadre
    title: str
    planned: bool
    answers: list[Answer]
    has_standard: bool

    @property
    def verdict(self) -> Verdict:
        """Whether the cadre meets the standards; not known where there is none."""
        return together(self.answers) if self.has_standard else "unknown"

    @property
    def missing(self) -> list[Answer]:
        """The conditions that are not met, or not known to be."""
        return [answer for answer in self.answers if answer.verdict != "yes"]

    @property
    def courses(self) -> list[TrainingLine]:
        """Lines of the training plan that would close one of the gaps."""
        lines: list[TrainingLine] = self.cadre.active_training  # type: ignore[attr-defined]
        return [
            line
            for line in lines
            if any(closes(line.course.gives, line.course.level, one) for one in self.missing)
        ]


def gaps_of_unit(unit: Unit, on: date) -> list[Gap]:
    """Holders of the unit's posts and those planned for them, in a constant number of queries."""
    posts = PostHeld.objects.filter(held_on(on), unit=unit, position__isnull=False)
    planning = Planning.objects.filter(unit=unit)
    return list(_gaps(posts, planning, unit, on))


def gaps_of_cadre(cadre: Cadre, on: date) -> list[Gap]:
    """The titles that the cadre holds or is planned for."""
    posts = PostHeld.objects.filter(held_on(on), cadre=cadre)
    return list(_gaps(posts, Planning.objects.filter(cadre=cadre), cadre.unit, on))


def _gaps(
    posts: Iterable[PostHeld], planning: Iterable[Planning], unit: Unit, on: date
) -> Iterator[Gap]:
    held = list(posts.select_related("position", "group"))  # type: ignore[attr-defined]
    rows = planning.select_related("group")  # type: ignore[attr-defined]
    planned = [p for p in rows if p.approved_on <= on and (p.until is None or p.until > on)]
    numbers = {row.cadre_id for row in (*held, *planned)}
    active = TrainingLine.objects.filter(state__in=ACTIVE).select_related("course")
    people = (
        Cadre.objects.filter(pk__in=numbers)
        .select_related("unit")
        .prefetch_related(Prefetch("training", active, to_attr="active_training"))
    )
    cadres = {cadre.pk: cadre for cadre in people}
    facts = facts_of_many(cadres.values(), on)
    groups = {row.group_id for row in (*held, *planned)}
    standards = standards_of_many(groups, unit.province_id, on)
    for post in sorted(held, key=lambda row: (row.group.rank, row.title)):
        cadre = cadres[post.cadre_id]
        yield _gap(cadre, post.title, False, facts[cadre.pk], standards.get(post.group_id, ()), on)
    for row in sorted(
        planned, key=lambda row: (row.group.rank, bytes(cadres[row.cadre_id].name_sort))
    ):
        cadre = cadres[row.cadre_id]
        title = row.group.name
        yield _gap(cadre, title, True, facts[cadre.pk], standards.get(row.group_id, ()), on)


def _gap(
    cadre: Cadre, title: str, planned: bool, facts: CadreFacts,
    standards: tuple[Standard, ...], on: date,
) -> Gap:  # fmt: skip
    asked = [condition for standard in standards for condition in standard.conditions]
    return Gap(cadre, title, planned, judge(asked, facts, on), bool(standards))
