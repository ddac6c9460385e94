"""What the files say about each cadre of the demo; a flaw makes one condition fail."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

from dateutil.relativedelta import relativedelta
from django.db.models import Model

from processes.demo.people import YEAR, Flaw, Person
from processes.organisation.people import (
    AssetDeclaration,
    Degree,
    Discipline,
    Evaluation,
    HealthCertificate,
    PendingMatter,
    Planning,
    PostHeld,
)
from processes.organisation.positions import Position, TitleGroup

#: The year of the data; evaluations and declarations go back to before it.
FIRST_YEAR = 2018
#: The term of an appointment in the demo's history, not a rule (those are in the editions).
TERM = relativedelta(years=5)
PLANNED_ON = date(2021, 1, 15)
#: The first examination of everybody's health, and how long until the next one.
FIRST_EXAMINED, EXAMINED = date(2021, 8, 10), relativedelta(months=5)

#: The province asks leaders for two degrees; some who are in no planning have only one.
SECOND_FIELD, SECOND_LACKING = {"Luật": "Kinh tế"}, frozenset("258")

Facts = Iterator[Model]


def _degrees(person: Person, today: date, chance: Random) -> Facts:
    if person.flaw is Flaw.DEGREE:
        return
    field = chance.choice(("Luật", "Kinh tế", "Quản lý công", "Kỹ thuật", "Ngữ văn"))
    graduated = person.cadre.born_on + 22.5 * YEAR
    yield Degree(cadre=person.cadre, rank=Degree.Rank.BACHELOR, field=field, awarded_on=graduated)
    if person.planned or person.cadre.code[-1] not in SECOND_LACKING:
        awarded = graduated + 5 * YEAR
        second = SECOND_FIELD.get(field, "Luật")
        yield Degree(
            cadre=person.cadre, rank=Degree.Rank.BACHELOR, field=second, awarded_on=awarded
        )
    if chance.random() < 0.4:
        awarded = graduated + 6 * YEAR
        yield Degree(cadre=person.cadre, rank=Degree.Rank.MASTER, field=field, awarded_on=awarded)


def _posts(person: Person, today: date, chance: Random) -> Facts:
    """The present post, reappointed when a term ends, and the lower one before it."""
    since = date(2017, 6, 1) + timedelta(days=chance.randrange(600))
    if person.flaw is Flaw.SHORT_TIME:
        since = today - relativedelta(months=9)
    if person.former:
        since = today.replace(day=1) - relativedelta(months=2)
        for start in (since - TERM - TERM, since - TERM):
            yield _post(person, person.former, start, start + TERM)
    else:
        yield _post(person, person.lower, since - relativedelta(years=4), since)
    present = person.post or person.group
    while since + TERM <= today:
        yield _post(person, present, since, since + TERM)
        since += TERM
    yield _post(person, present, since, None)


def _post(person: Person, of: Position | TitleGroup, since: date, until: date | None) -> PostHeld:
    """A post of the structure, or a lesser one known by its group only."""
    position = of if isinstance(of, Position) else None
    group = of.group if isinstance(of, Position) else of
    present = position == person.post and group == person.group
    title = position.title if position else group.name
    return PostHeld(
        cadre=person.cadre,
        position=position,
        title=person.title if present else title,
        group=group,
        unit=person.cadre.unit,
        since=since,
        until=until,
        term_ends_on=since + TERM,
    )


def _planning(person: Person, today: date, chance: Random) -> Facts:
    lapsed = person.flaw is Flaw.LAPSED
    for group in person.planned:
        yield Planning(
            cadre=person.cadre,
            group=group,
            unit=person.cadre.unit,
            approved_on=PLANNED_ON,
            until=today - relativedelta(months=3) if lapsed else None,
            document="15-QĐ/TU",
        )


def _evaluations(person: Person, today: date, chance: Random) -> Facts:
    grades = Evaluation.Grade
    for year in range(FIRST_YEAR, today.year):
        grade = grades.EXCELLENT if chance.random() < 0.2 else grades.GOOD
        if person.flaw is Flaw.WEAK and year == today.year - 1:
            grade = grades.COMPLETED
        yield Evaluation(cadre=person.cadre, year=year, grade=grade)


def _discipline(person: Person, today: date, chance: Random) -> Facts:
    if person.flaw is Flaw.DISCIPLINED:
        form, decided_on = Discipline.Form.REPRIMAND, today - relativedelta(months=8)
    elif chance.random() < 0.03:
        form, decided_on = Discipline.Form.REPRIMAND, date(2015, 5, 20)
    else:
        return
    yield Discipline(cadre=person.cadre, form=form, decided_on=decided_on, document="08-QĐ/UBKT")


def _pending(person: Person, today: date, chance: Random) -> Facts:
    if person.flaw is Flaw.PENDING:
        opened_on = today - relativedelta(months=3)
        yield PendingMatter(
            cadre=person.cadre, matter="Thanh tra việc quản lý tài sản công", opened_on=opened_on
        )


def _health(person: Person, today: date, chance: Random) -> Facts:
    """Examined before each certificate ends; the last one says what is wrong today."""
    if person.flaw is Flaw.STALE_HEALTH:
        last = today - relativedelta(months=14)
    else:
        last = today - relativedelta(days=20)
        fit = person.flaw is not Flaw.UNFIT
        yield HealthCertificate(cadre=person.cadre, issued_on=last, fit=fit)
        last -= EXAMINED
    while last > FIRST_EXAMINED:
        yield HealthCertificate(cadre=person.cadre, issued_on=last)
        last -= EXAMINED
    yield HealthCertificate(cadre=person.cadre, issued_on=FIRST_EXAMINED)


def _assets(person: Person, today: date, chance: Random) -> Facts:
    """Verified on the day itself, so that nobody is ineligible for a part of the winter."""
    for year in range(FIRST_YEAR, today.year):
        declared_on = date(year, 12, 15)
        verified = person.flaw is not Flaw.UNVERIFIED
        yield AssetDeclaration(
            cadre=person.cadre,
            declared_on=declared_on,
            verified_on=declared_on if verified else None,
        )


_KINDS: tuple[Callable[[Person, date, Random], Facts], ...] = (
    _degrees, _posts, _planning, _evaluations, _discipline, _pending, _health, _assets,
)  # fmt: skip


def facts_about(person: Person, *, today: date, chance: Random) -> Facts:
    """Every fact about a cadre, not saved yet."""
    for kind in _KINDS:
        yield from kind(person, today, chance)
