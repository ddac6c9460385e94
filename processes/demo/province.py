"""The province of 2021, filled with generated people: the same ones for the same seed and day."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby, zip_longest
from operator import attrgetter
from random import Random

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from permissions.catalogue import Role
from permissions.checks import today as this_day
from permissions.models import Holding, User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.demo.accounts import build_accounts
from processes.demo.bodies import Seating
from processes.demo.facts import facts_about
from processes.demo.people import Hiring, Staff
from processes.demo.tables import table
from processes.demo.training import build_training
from processes.dossiers.models import Term
from processes.organisation.bodies import Composition
from processes.organisation.people import Cadre, Kinship, PostHeld
from processes.organisation.positions import (
    Competence,
    Position,
    StandardCondition,
    TitleGroup,
    TitleStandard,
)
from processes.organisation.unit_files import DATA
from processes.organisation.unit_import import import_units
from processes.organisation.units import LaneUnit, Unit

CODE = "P26"
SINCE = date(2021, 1, 1)
FILES = ("units_2021_vinh_phuc.csv", "organs_2021_province.csv")
#: Posts with whether they are vacant, of one unit.
Posts = list[tuple[Position, bool]]


class AlreadyBuilt(Exception):
    """The database has people already; the demo goes into an empty one."""


class Province:
    """What the demo built, looked up by the codes of its tables."""

    @property
    def unit(self) -> Unit:
        """The province itself."""
        return self.organ(CODE)

    def organ(self, code: str) -> Unit:
        """A unit by its code, as “SNV”."""
        return Unit.objects.get(code=code, valid_from=SINCE)

    def account(self, username: str) -> User:
        """A persona, as “oc.head”."""
        return User.objects.get(username=username)

    def vacancies(self) -> QuerySet[Position]:
        """Posts that nobody holds."""
        held = PostHeld.objects.filter(until__isnull=True, position__isnull=False)
        return Position.objects.exclude(pk__in=held.values("position")).order_by("code")

    def for_cases(self) -> list[Position]:
        """Vacant posts that need a policy request, in units whose people have accounts.

        Units take turns, so that neighbouring cases are about different ones.
        """
        clerks = Holding.objects.filter(role=Role.UNIT_CLERK, valid_until__isnull=True)
        asked = Competence.objects.filter(action=Competence.Action.APPOINT, policy_request=True)
        posts = self.vacancies().filter(
            unit__in=clerks.values("unit"), group__in=asked.values("group")
        )
        by_unit = groupby(posts.select_related("unit", "group"), key=attrgetter("unit_id"))
        rounds = zip_longest(*(list(of_unit) for _unit, of_unit in by_unit))
        return [post for turn in rounds for post in turn if post is not None]


def check_empty() -> None:
    """Raise AlreadyBuilt where people are."""
    if Cadre.objects.exists():
        raise AlreadyBuilt(_("There are people in this database; build the demo in an empty one."))


@transaction.atomic
def build_province(seed: int = 2021, *, today: date | None = None) -> Province:
    """Build structure, people, bodies and accounts; raises AlreadyBuilt where people are."""
    check_empty()
    day = today or this_day()
    import_units([DATA / name for name in FILES], by=None, since=SINCE)
    units = {unit.code: unit for unit in Unit.objects.filter(valid_from=SINCE)}
    groups = _groups()
    _rules_as_data(units, groups)
    staff = _people(units, groups, Random(seed), day)  # noqa: S311 - names, not secrets
    _bodies(staff, units)
    build_accounts(staff, since=SINCE, today=day)
    build_training(units[CODE], today=day)
    _record(seed)
    return Province()


def _groups() -> dict[str, TitleGroup]:
    groups = [
        TitleGroup(code=row["code"], name=row["name"], rank=int(row["rank"]))
        for row in table("title_groups")
    ]
    return {group.code: group for group in TitleGroup.objects.bulk_create(groups)}


def _rules_as_data(units: Mapping[str, Unit], groups: Mapping[str, TitleGroup]) -> None:
    """Lanes, standards, competence matrix and compositions."""
    province = units[CODE]
    _lanes(units)
    _terms(province)
    TitleStandard.objects.bulk_create(
        TitleStandard(
            group=groups[row["group"]],
            political_theory=row["political_theory"],
            degrees=int(row["degrees"]),
            province=province if row["province"] == "1" else None,
            **_dated(row),
        )
        for row in table("standards")
    )
    _conditions(groups)
    Competence.objects.bulk_create(
        Competence(
            province=province,
            group=groups[row["group"]],
            action=row["action"],
            deciding_body=row["deciding_body"],
            policy_request=row["policy_request"] == "1",
            **_dated(row),
        )
        for row in table("competences")
    )
    Composition.objects.bulk_create(
        Composition(
            province=province,
            group=groups.get(row["group"]),
            conference=row["conference"],
            body_kind=row["body_kind"],
            in_province=row["in_province"] == "1",
            **_dated(row),
        )
        for row in table("compositions")
    )


def _conditions(groups: Mapping[str, TitleGroup]) -> None:
    """What the general standards ask for beside theory and degrees."""
    standards = {row.group_id: row for row in TitleStandard.objects.filter(province=None)}
    StandardCondition.objects.bulk_create(
        StandardCondition(
            standard=standards[groups[row["group"]].pk],
            kind=row["kind"],
            amount=int(row["amount"]),
            level=row["level"],
            group=groups.get(row["of_group"]),
            source=row["source"],
            confidence=row["confidence"],
        )
        for row in table("standard_conditions")
    )


def _lanes(units: Mapping[str, Unit]) -> None:
    LaneUnit.objects.bulk_create(
        LaneUnit(
            province=units[CODE],
            lane=row["lane"],
            unit=units[row["unit"]],
            consulted=row["consulted"] == "1",
            valid_from=SINCE,
        )
        for row in table("lanes")
    )


def _terms(province: Unit) -> None:
    """Terms of the committee, through which numbers of documents run; the months are made up."""
    Term.objects.bulk_create(
        Term(
            province=province,
            name=row["name"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in table("terms")
    )


def _dated(row: Mapping[str, str]) -> dict[str, str | date]:
    return {"source": row["source"], "confidence": row["confidence"], "valid_from": SINCE}


def _positions(units: Mapping[str, Unit], groups: Mapping[str, TitleGroup]) -> dict[str, Posts]:
    """Posts by unit, in the order of the table; the last ones of a row are vacant."""
    posts: dict[str, Posts] = {}
    for row in table("positions"):
        seats, vacant = int(row["seats"]), int(row["vacant"])
        of_unit = posts.setdefault(row["unit"], [])
        for seat in range(seats):
            post = Position(
                code=f"{row['unit']}-{len(of_unit) + 1:02}",
                unit=units[row["unit"]],
                title=row["title"],
                group=groups[row["group"]],
                kind=row["kind"],
                is_head=row["is_head"] == "1",
                term_years=5,
                valid_from=SINCE,
            )
            of_unit.append((post, seat >= seats - vacant))
    Position.objects.bulk_create(post for of_unit in posts.values() for post, _empty in of_unit)
    return posts


def _people(
    units: Mapping[str, Unit], groups: dict[str, TitleGroup], chance: Random, today: date
) -> dict[str, Staff]:
    posts = _positions(units, groups)
    hiring = Hiring(chance, groups, today)
    staff = {
        row["unit"]: hiring.staff(
            units[row["unit"]], int(row["people"]), posts.get(row["unit"], [])
        )
        for row in table("staffing")
    }
    people = [person for of_unit in staff.values() for person in of_unit.everybody]
    districts = [unit for code, unit in sorted(units.items()) if unit.level.code == "district"]
    for person in people:
        person.cadre.origin = chance.choice(districts)
    Cadre.objects.bulk_create(person.cadre for person in people)
    facts = [fact for person in people for fact in facts_about(person, today=today, chance=chance)]
    save_rows([*facts, *_kin(staff)])
    return staff


def _kin(staff: Mapping[str, Staff]) -> list[Model]:
    return [
        Kinship(
            cadre=staff[row["unit"]].find(row["among"], row["number"]).cadre,
            relative=staff[row["relative_unit"]]
            .find(row["relative_among"], row["relative_number"])
            .cadre,
            relation=row["relation"],
        )
        for row in table("kinships")
    ]


def save_rows(rows: list[Model]) -> None:
    """One insert for each kind of row."""
    kind = attrgetter("_meta.label")
    for _label, group in groupby(sorted(rows, key=kind), key=kind):
        of_kind = list(group)
        type(of_kind[0])._default_manager.bulk_create(of_kind)


def _bodies(staff: Mapping[str, Staff], units: Mapping[str, Unit]) -> None:
    seating = Seating(SINCE)
    for of_unit in staff.values():
        if of_unit.post and of_unit.staff:
            seating.unit(of_unit)
    seating.province(staff, units[CODE])
    seating.save()


def _record(seed: int) -> None:
    counts = {"cadres": Cadre.objects.count(), "positions": Position.objects.count()}
    record(Event.IMPORTED, by=None, facts={"what": "demo", "seed": seed, "counts": counts})
