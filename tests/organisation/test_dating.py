"""Dated rows: days in order, within reach and in the past where they must be; one at a time."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from permissions.checks import today
from processes.organisation.bodies import Body, Composition, Membership
from processes.organisation.people import (
    AssetDeclaration,
    Cadre,
    Degree,
    Discipline,
    Evaluation,
    HealthCertificate,
    Kinship,
    PendingMatter,
    Planning,
    PostHeld,
)
from processes.organisation.positions import Competence, Position, TitleStandard
from processes.organisation.units import Dated, LaneUnit, Unit
from tests.organisation.test_admin import as_admin, import_file, page
from tests.world import SINCE

__all__ = ["as_admin"]

BEGINS, ENDS = date(2026, 5, 1), date(2020, 1, 1)
FUTURE = date(2099, 1, 1)
ALL_DATED = [model for model in apps.get_models() if issubclass(model, Dated)]
FACTS = [
    (PostHeld, "since", "until"),
    (Planning, "approved_on", "until"),
    (PendingMatter, "opened_on", "closed_on"),
]


def again(model, **changed):
    """A row like the first that is there, with other days."""
    row = model.objects.order_by("pk").first()
    row.pk = None
    for name, value in changed.items():
        setattr(row, name, value)
    return row


def refused(row):
    """The columns that a check blames, with the words."""
    with pytest.raises(ValidationError) as refusal:
        row.full_clean(exclude=["name_sort"])
    return refusal.value.message_dict


@pytest.mark.parametrize("model", ALL_DATED, ids=lambda model: model.__name__)
def test_every_table_of_dated_rows_refuses_ends_before_beginnings(model):
    names = [one.name for one in model._meta.constraints]
    assert [name for name in names if name.endswith("_days_in_order")] != []


@pytest.fixture
def rows(world):
    """The small province, and a row of each kind that it has none of."""
    cadre, begun = world.candidates[0], {"valid_from": SINCE, "source": "x"}
    TitleStandard.objects.create(group=world.group, **begun)
    Composition.objects.create(conference="c1", body_kind="leadership", **begun)
    PendingMatter.objects.create(cadre=cadre, matter="x", opened_on=SINCE)
    Discipline.objects.create(cadre=cadre, form="warning", decided_on=SINCE)
    return world


def test_a_membership_that_ends_before_it_begins_is_refused_by_page_and_database(rows):
    seat = again(Membership, valid_from=BEGINS, valid_to=ENDS)
    assert list(refused(seat)) == ["valid_to"]
    with pytest.raises(IntegrityError), transaction.atomic():
        seat.save()


def test_a_row_that_was_entered_by_mistake_ends_on_its_first_day(rows):
    seat = Membership.objects.first()
    seat.valid_to = seat.valid_from
    seat.full_clean()
    seat.save()


@pytest.mark.parametrize(("model", "first", "last"), FACTS)
def test_a_fact_that_ends_before_it_begins_is_refused_by_page_and_database(
    rows, model, first, last
):
    fact = again(model, **{first: BEGINS, last: ENDS})
    assert list(refused(fact)) == [last]
    with pytest.raises(IntegrityError), transaction.atomic():
        fact.save()


@pytest.mark.parametrize(
    "model", [Competence, LaneUnit, Composition, Body, TitleStandard, Membership]
)
def test_a_row_beside_another_of_the_same_is_refused_and_names_it(rows, model):
    row = again(model, valid_from=BEGINS, valid_to=None)
    other = model.objects.order_by("pk").first()
    [said] = refused(row)["valid_from"]
    assert str(other) in said


def test_a_unit_with_the_code_of_another_is_refused_and_names_it(rows):
    unit = Unit.objects.get(code="SNV")
    other = Unit(
        code=unit.code, name="x", level=unit.level, province=unit.province, valid_from=BEGINS
    )
    assert str(unit) in refused(other)["valid_from"][0]


def test_a_row_that_follows_another_is_taken(rows):
    row = again(LaneUnit, valid_from=BEGINS)
    LaneUnit.objects.filter(lane=row.lane).update(valid_to=BEGINS)
    row.full_clean()


@pytest.mark.parametrize(
    ("model", "changed"),
    [
        (Cadre, {"born_on": FUTURE}),
        (Cadre, {"party_joined_on": date(1950, 1, 1)}),
        (Cadre, {"born_on": date(1066, 1, 1)}),
        (Discipline, {"decided_on": FUTURE}),
        (HealthCertificate, {"issued_on": FUTURE}),
        (AssetDeclaration, {"verified_on": date(1990, 1, 1)}),
        (Degree, {"awarded_on": date(1905, 1, 1)}),
        (Evaluation, {"year": 9999}),
        (Planning, {"until": date(9999, 12, 31)}),
        (Position, {"term_years": 9999}),
    ],
)
def test_a_fact_that_cannot_be_is_refused_at_its_column(rows, model, changed):
    row = again(model, **changed)
    row.code, row.user = "x", None
    assert refused(row).keys() == changed.keys()


def test_nobody_is_their_own_relative(world):
    cadre = world.candidates[0]
    tie = Kinship(cadre=cadre, relative=cadre, relation="x")
    assert list(refused(tie)) == ["relative"]
    with pytest.raises(IntegrityError), transaction.atomic():
        tie.save()


def body_form(client, body, seats):
    """The page of a body as it would be sent: with its seats, and new ones."""
    context = client.get(page(Body, "change", body.pk)).context
    [inline] = context["inline_admin_formsets"]
    forms = [context["adminform"].form, inline.formset.management_form]
    sent = {f.html_name: f.value() or "" for form in (*forms, *inline.formset) for f in form}
    return sent | seats


def test_a_seat_that_is_ended_on_a_page_makes_room_for_another_on_it(rows, as_admin):
    body = Membership.objects.first().body
    seat = body.memberships.order_by("pk").first()
    number = body.memberships.count()
    fresh = {"cadre": seat.cadre_id, "seat": seat.seat, "votes": "on", "valid_from": BEGINS}
    added = {f"memberships-{number}-{name}": said for name, said in fresh.items()}
    added |= {"memberships-TOTAL_FORMS": number + 1, f"memberships-{number}-body": body.pk}
    sent = body_form(as_admin, body, added)
    refusal = as_admin.post(page(Body, "change", body.pk), sent)
    assert str(seat) in refusal.content.decode()
    place = next(name[:-3] for name, said in sent.items() if said == seat.pk and name[-3:] == "-id")
    sent[f"{place}-valid_to"] = BEGINS
    assert as_admin.post(page(Body, "change", body.pk), sent).status_code == 302
    assert body.memberships.filter(cadre=seat.cadre_id, seat=seat.seat).count() == 2


def test_a_file_is_held_to_the_same(rows, as_admin):
    seat = Membership.objects.first()
    heads = "id,body,cadre,seat,votes,valid_from,valid_to"
    text = (
        f"{heads}\n{seat.pk},{seat.body_id},{seat.cadre_id},{seat.seat},1,2026-05-01,2020-01-01\n"
    )
    assert import_file(as_admin, Membership, text).status_code == 200
    seat.refresh_from_db()
    assert seat.valid_to is None


def test_tomorrow_is_still_to_come(rows):
    paper = again(HealthCertificate, issued_on=today() + timedelta(days=1))
    assert list(refused(paper)) == ["issued_on"]
