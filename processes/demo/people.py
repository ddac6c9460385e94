"""Who works where in the demo province, and who is planned for what."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import cycle
from random import Random

from processes.demo.names import Names
from processes.demo.tables import table
from processes.organisation.names import sort_key
from processes.organisation.people import Cadre, Theory
from processes.organisation.positions import Position, TitleGroup
from processes.organisation.units import Unit

YEAR = timedelta(days=365.25)
#: Years of age by place in the unit: the first posts, then sections.
AGES = {"head": (46, 49), "post": (43, 48), "staff": (36, 45)}
#: A leadership collective has at least so many votes in the demo, and a roster so many people.
FEWEST_VOTES, FEWEST_PLANNED = 5, 4
LOWER = {"section_head": "section_deputy", "section_deputy": "specialist"}


class Flaw(StrEnum):
    """The one condition that a planned cadre does not meet."""

    NONE = ""
    SHORT_TIME = "min_time_in_post"
    TOO_OLD = "age_full_term"
    DISCIPLINED = "discipline_bar"
    PENDING = "no_pending_case"
    UNFIT = "health_ok"
    STALE_HEALTH = "health_ok, old certificate"
    UNVERIFIED = "assets_declared"
    THEORY = "political_theory"
    DEGREE = "title_standard"
    WEAK = "last_eval"
    LAPSED = "in_planning"
    TERMS = "term_limit"


#: A third term in a row befalls only former heads, so chance does not give it out.
BY_TURNS = [flaw for flaw in Flaw if flaw not in {Flaw.NONE, Flaw.TERMS}]


@dataclass(eq=False)
class Person:
    """A cadre with the place that the demo gives them."""

    cadre: Cadre
    title: str
    group: TitleGroup
    lower: TitleGroup
    post: Position | None = None
    planned: tuple[TitleGroup, ...] = ()
    former: Position | None = None
    flaw: Flaw = Flaw.NONE


@dataclass(eq=False)
class Staff:
    """The people of one unit: holders of its posts, and the heads of its sections."""

    unit: Unit
    post: list[Person] = field(default_factory=list)
    staff: list[Person] = field(default_factory=list)

    @property
    def everybody(self) -> list[Person]:
        """First the posts, then the sections."""
        return self.post + self.staff

    @property
    def leading(self) -> list[Person]:
        """Those who vote in the leadership collective; the personnel section does not."""
        return [*self.post, *self.staff[1:]][: max(FEWEST_VOTES, len(self.everybody) // 2)]

    def find(self, among: str, number: str) -> Person:
        """The person that a table of the demo points at."""
        people: list[Person] = getattr(self, among)
        return people[int(number)]


class Hiring:
    """Fills the units with people, the same ones for the same chance and day."""

    def __init__(
        self, chance: Random, groups: dict[str, TitleGroup], today: date, *, hired: int = 0
    ) -> None:
        self._chance, self._groups, self._today = chance, groups, today
        self._names = Names(chance)
        self._titles = table("staff_titles")
        self._flaws = cycle(BY_TURNS)
        self._hired = hired
        self._busy = {(r["works_in"], r["among"], r["number"]) for r in table("accounts")}

    def staff(self, unit: Unit, people: int, posts: list[tuple[Position, bool]]) -> Staff:
        """People for the filled posts of a unit, section heads up to its size, and planning."""
        staff = Staff(unit)
        staff.post = [self._holder(post) for post, vacant in posts if not vacant]
        for row in self._titles[: people - len(staff.post)]:
            lower = self._groups[LOWER[row["group"]]]
            cadre = self._cadre(unit, "staff")
            staff.staff.append(Person(cadre, row["title"], self._groups[row["group"]], lower))
        self._plan(staff, posts)
        return staff

    def newcomer(self, unit: Unit) -> Person:
        """Somebody who comes when the unit is staffed: in no planning, and of no body."""
        row = self._titles[-1]
        group, lower = row["group"], LOWER[row["group"]]
        return Person(
            self._cadre(unit, "staff"), row["title"], self._groups[group], self._groups[lower]
        )

    def _holder(self, post: Position) -> Person:
        cadre = self._cadre(post.unit, "head" if post.is_head else "post")
        return Person(cadre, post.title, post.group, self._groups["section_head"], post)

    def _cadre(self, unit: Unit, place: str) -> Cadre:
        self._hired += 1
        sex = self._chance.choice((Cadre.Sex.MALE, Cadre.Sex.MALE, Cadre.Sex.FEMALE))
        family, middle, given = self._names.next(sex)
        born_on = self._today - self._chance.uniform(*AGES[place]) * YEAR
        return Cadre(
            code=f"VP{self._hired:04}",
            family_name=family,
            middle_name=middle,
            given_name=given,
            name_sort=sort_key(f"{family} {middle} {given}"),
            born_on=born_on,
            sex=sex,
            unit=unit,
            party_joined_on=born_on + self._chance.uniform(23, 29) * YEAR,
            theory=Theory.ADVANCED,
        )

    def _plan(self, staff: Staff, posts: list[tuple[Position, bool]]) -> None:
        """Deputies are planned for the head's post, section heads for the others.

        Not the leading ones where there are enough without them, so that a candidate of a
        case is not barred from most of its conferences; nor the personnel section.
        """
        deputies = [p for p in staff.post if p.post and not p.post.is_head and self._free(staff, p)]
        sections = [person for person in staff.staff[1:] if self._free(staff, person)]
        apart = [person for person in sections if person not in staff.leading]
        if len(apart) >= FEWEST_PLANNED:
            sections = apart
        for post, vacant in posts:
            if post.is_head and vacant:
                self._former_head(sections.pop(), post)
        self._plan_for([post for post, _vacant in posts if post.is_head], deputies)
        self._plan_for([post for post, _vacant in posts if not post.is_head], sections)

    def _free(self, staff: Staff, person: Person) -> bool:
        """Whoever has an account works on the cases, so is nobody's candidate."""
        among, people = ("post", staff.post) if person.post else ("staff", staff.staff)
        return (staff.unit.code, among, str(people.index(person))) not in self._busy

    def _plan_for(self, posts: list[Position], people: list[Person]) -> None:
        """Fewer than half have a flaw each, so that every roster has people to choose from."""
        groups = tuple(dict.fromkeys(post.group for post in posts))
        for person in people:
            person.planned = groups
        flawed = (len(people) - 1) // 2 if groups else 0
        for person in people[len(people) - flawed :]:
            person.flaw = next(self._flaws)
            self._spoil(person)

    def _spoil(self, person: Person) -> None:
        """Give the cadre the flaws that are no facts of their own."""
        if person.flaw is Flaw.TOO_OLD:
            years = 59 if person.cadre.sex == Cadre.Sex.MALE else 56
            person.cadre.born_on = self._today - years * YEAR
        if person.flaw is Flaw.THEORY:
            person.cadre.theory = Theory.PRIMARY

    def _former_head(self, person: Person, post: Position) -> None:
        person.flaw, person.former, person.planned = Flaw.TERMS, post, (post.group,)
