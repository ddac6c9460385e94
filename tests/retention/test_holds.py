"""Who orders, who approves, who objects; what a legal hold and an inspection stop."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, TextField

from permissions.administration import record_change
from permissions.checks import today
from permissions.errors import Conflict, Refused
from permissions.models import User
from processes.audit.models import AuditEntry, Event
from processes.audit.verify import verify
from processes.cases.bars import personal_bar
from processes.cases.erasure import ErasureOrder, LegalHold
from processes.cases.models import Case
from processes.demo.stories_sanction import against_person
from processes.inspections.models import InspectedCase, InspectionFinding
from processes.notices.models import Notice
from processes.organisation.people import Cadre, Discipline, Kinship
from processes.retention.carry_out import carry_out_due
from processes.retention.content import TEXTS, places_of
from processes.retention.queries import why_not_ask, why_stays
from processes.retention.writers import approve, ask, deny, lift, preserve
from tests.retention.conftest import WHY, due, order_of
from tests.world import World, make_cadre

pytestmark = pytest.mark.django_db
BASIS = {"basis": "CV 7-CV/UBKTTU", "reason": "Đang xem xét khiếu nại."}


def kept(case: Case) -> bool:
    return case.entries.filter(reason=WHY).exists()


def test_a_case_that_goes_on_keeps_what_it_rests_on(running: Case, world: World) -> None:
    with pytest.raises(Refused, match="goes on"):
        order_of(running, world)


def test_two_people_are_needed(order: ErasureOrder, world: World) -> None:
    with pytest.raises(Refused):
        approve(order, by=world["ic_clerk"])
    with pytest.raises(IntegrityError), transaction.atomic():
        ErasureOrder.objects.filter(pk=order.pk).update(answered_by=order.asked_by)


def test_nobody_orders_or_approves_in_a_relatives_case(case: Case, world: World) -> None:
    order = order_of(case, world)
    for name in ("ic_clerk", "secretary"):
        known = Cadre.objects.filter(user=world[name]).first()
        cadre = known or make_cadre(world.units["P26"], world[name])
        Kinship.objects.create(cadre=cadre, relative=world.candidates[0], relation="anh em ruột")
    clerk, secretary = (User.objects.get(pk=world[n].pk) for n in ("ic_clerk", "secretary"))
    assert why_not_ask(clerk, case) == personal_bar(clerk, case) != ""
    with pytest.raises(Refused):
        approve(order, by=secretary)


def test_an_order_needs_something_to_erase_and_a_day_that_has_come(
    case: Case, world: World
) -> None:
    words = {"authority": "x", "document": "1", "reason": "x", "by": world["ic_clerk"]}
    with pytest.raises(ValidationError, match="Choose"):
        ask(case, ["paper:999:"], issued_on=today(), **words)
    with pytest.raises(ValidationError, match="day to come"):
        ask(case, [places_of(case)[0].key], issued_on=today() + timedelta(days=1), **words)


def test_a_denied_order_is_over(order: ErasureOrder, case: Case, world: World) -> None:
    deny(order, by=world["oc_head"], answer="Không đúng thẩm quyền.")
    with pytest.raises(Conflict):
        approve(order, by=world["secretary"])
    assert carry_out_due(due()) == 0
    assert kept(case)


def test_inspectors_are_told_at_once(order: ErasureOrder, world: World) -> None:
    told = Notice.objects.filter(kind="retention").values_list("person__username", flat=True)
    assert {"inspector", "oc_head", "secretary"} <= set(told)


def test_a_hold_that_is_placed_after_the_approval_stops_it(
    approved: ErasureOrder, case: Case, world: World
) -> None:
    hold = preserve(case, by=world["inspector"], **BASIS)
    assert carry_out_due(due()) == 0
    assert kept(case)
    lift(hold, by=world["ic_head"], reason="Đã xem xét xong.")
    assert carry_out_due(due()) == 1
    assert not kept(case)
    assert verify(case.pk).sound


def test_a_hold_on_a_person_stops_it_in_the_persons_cases(
    approved: ErasureOrder, case: Case, world: World
) -> None:
    preserve(world.candidates[0], by=world["inspector"], **BASIS)
    assert "CV 7" in why_stays(case)
    assert carry_out_due(due()) == 0


def test_a_hold_on_a_person_stops_it_where_an_inspection_has_found_something_about_them(
    case: Case, world: World
) -> None:
    person = world.candidates[2]
    InspectionFinding.objects.create(
        inspection=case, text="x", by=world["inspector"], level="violation", unit=case.unit,
        basis="x", cadre=person,
    )  # fmt: skip
    hold = preserve(person, by=world["inspector"], **BASIS)
    assert "CV 7" in why_stays(case)
    lift(hold, by=world["inspector"], reason="Xong.")
    person.posthelds.update(until=today() - timedelta(days=1))
    preserve(case, by=world["inspector"], **BASIS)
    assert "CV 7" in why_stays(person)


def test_a_hold_on_one_case_is_none_on_another(case: Case, world: World) -> None:
    nobodys = against_person(world.units["P26"], world.candidates[1]).case
    Case.objects.filter(pk__in=(case.pk, nobodys.pk)).update(candidate=None)
    preserve(nobodys, by=world["inspector"], **BASIS)
    assert why_stays(Case.objects.get(pk=case.pk)) == ""


def test_under_a_hold_nothing_is_approved(order: ErasureOrder, case: Case, world: World) -> None:
    preserve(case, by=world["inspector"], **BASIS)
    with pytest.raises(Conflict, match="legal hold"):
        approve(order, by=world["secretary"])


def test_an_inspection_that_goes_on_stops_it(
    approved: ErasureOrder, case: Case, running: Case
) -> None:
    looking = Case.objects.exclude(pk=case.pk).first() or Case.objects.get(pk=case.pk)
    if looking.pk == case.pk:
        looking = Case(**{f.attname: getattr(case, f.attname) for f in Case._meta.concrete_fields})
        looking.pk, looking.code, looking.finished = None, "TT-1", None
        looking.save()
    InspectedCase.objects.create(inspection=looking, case=case)
    assert carry_out_due(due()) == 0
    assert looking.code in why_stays(case)


def test_a_hold_stands_once_and_is_lifted_once(case: Case, world: World) -> None:
    hold = preserve(case, by=world["inspector"], **BASIS)
    with pytest.raises(Conflict):
        preserve(case, by=world["ic_head"], **BASIS)
    lift(hold, by=world["inspector"], reason="Xong.")
    with pytest.raises(Conflict):
        lift(hold, by=world["inspector"], reason="Xong.")
    assert [e.event for e in case.entries.order_by("seq")][-2:] == ["preserved", "unpreserved"]


def test_others_place_no_hold(case: Case, world: World) -> None:
    for name in ("ic_clerk", "oc_head", "secretary", "admin", "clerk"):
        with pytest.raises(Refused):
            preserve(case, by=world[name], **BASIS)
    assert not LegalHold.objects.exists()


def test_the_record_of_a_person_who_has_left_loses_facts_with_their_entries(
    world: World,
) -> None:
    person = make_cadre(world.units["P26"])
    person.posthelds.update(until=today() - timedelta(days=1))
    fact = Discipline.objects.create(
        cadre=person, form="warning", decided_on=today(), document="01-QĐ/UBKTTU"
    )
    with transaction.atomic():
        record_change(fact, {}, by=world["admin"])
    order = order_of(person, world, f"fact:{fact.pk}:discipline")
    assert order.items.count() == 2
    approve(order, by=world["secretary"])
    assert carry_out_due(due()) == 1
    assert not Discipline.objects.filter(pk=fact.pk).exists()
    entry = AuditEntry.objects.get(event=Event.CHANGED, removed__isnull=False)
    assert entry.facts == {}
    assert AuditEntry.objects.get(event=Event.ERASED).chain == 0
    assert verify().sound


def test_the_record_of_a_person_in_office_stays(world: World) -> None:
    with pytest.raises(Refused, match="holds a post"):
        order_of(world.candidates[0], world)


def test_every_text_that_belongs_to_a_case_is_known_to_retention() -> None:
    """A column in which somebody writes about a case can be erased, or is named here.

    Also where its row knows the case only by way of another row.
    """
    stays = {
        "processes.auditentry.reason",  # by `removal`
        "processes.conference.minutes",  # proven by one digest together with the result
        "processes.erasureorder.reason", "processes.erasureorder.answer",
        "processes.legalhold.reason", "processes.legalhold.lifted_because",
        "processes.inquiry.said",  # why evidence was not made
        "permissions.emergencyaccess.answer",  # why it was denied: then it has no case
        "processes.commenttext.text",  # goes as a row, with its salt
    }  # fmt: skip
    models = [
        m for app in ("processes", "permissions") for m in apps.get_app_config(app).get_models()
    ]
    of_a_case: set[type] = {Case}
    while more := {model for model in models if _points_to(model, of_a_case)} - of_a_case:
        of_a_case |= more
    written = {
        f"{model._meta.label_lower}.{field.name}"
        for model in of_a_case
        for field in model._meta.fields
        if type(field) is TextField
    }
    assert written - {f"{label}.{column}" for label, column, _way in TEXTS} - stays == set()


def _points_to(model: type, others: set[type]) -> bool:
    fields = model._meta.fields
    return any(isinstance(one, ForeignKey) and one.related_model in others for one in fields)
