"""Missions, products, reviews and entitlements: every change is permitted and entered."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from permissions.checks import today
from permissions.errors import Conflict, Refused
from processes.audit.models import AuditEntry, Event
from processes.audit.sentences import names_of, sentence
from processes.audit.verify import verify
from processes.flows import AppointmentInPlaceFlow
from processes.organisation.people import Kinship
from processes.pages.entries import labels
from processes.rotation import entitlements, writers
from processes.rotation.missions import ChosenPost, MissionOrder, ProductTargetSet
from processes.rotation.periods import UNSCHEDULED, Period, quarter_of, year_of
from processes.rotation.queries import mission_of
from processes.rotation.rights import readable_missions
from processes.steps.opening import open_case
from tests.rotation.rows import task

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world):
    return open_case(AppointmentInPlaceFlow, by=world["clerk"], position=world.positions["party"])


@pytest.fixture
def order(world, case):
    """A mission on rotation, as the decision of a case gives it."""
    return writers.order_mission(
        case, cadre=world.candidates[1], items=[task()], by=world["secretary"], number="9-QĐ/TU"
    )


@pytest.fixture
def target_set(world):
    found = ProductTargetSet.objects.create(
        province=world.units["P26"], title="Sáu sở", valid_from=today(), source="test"
    )
    ChosenPost.objects.create(target_set=found, position=world.positions["state"])
    return found


def hand_in(order, by, amount=10):
    item = order.items.get()
    return writers.deliver(item, by=by, amount=Decimal(amount), evidence="12/BB-UBND")


def last(event):
    return AuditEntry.objects.filter(event=event).latest("pk")


def told(entry):
    return sentence(entry, names_of([entry], labels()))


def test_a_mission_order_is_entered_in_the_chain_of_its_case(world, case, order):
    entry = last(Event.ORDERED)
    assert (entry.case, entry.by) == (case, world["secretary"])
    assert mission_of(case) == order
    assert "9-QĐ/TU" in told(entry)


@pytest.mark.parametrize("weights", [[], [50, 40], [60, 50]])
def test_the_weights_add_up_to_a_hundred(world, case, weights):
    with pytest.raises(ValidationError):
        writers.order_mission(
            case, cadre=world.candidates[1], items=[task(w) for w in weights], by=None
        )
    assert not MissionOrder.objects.exists()


def test_the_receiving_unit_hands_in_and_its_head_accepts_with_a_score(world, order):
    delivery = hand_in(order, world["clerk"])
    judged = writers.judge(delivery.pk, by=world["head"], score=85)
    assert (judged.state, judged.score, judged.accepted_by) == ("accepted", 85, world["head"])
    assert "12/BB-UBND" in told(last(Event.DELIVERED))
    assert last(Event.JUDGED).role == "unit_head"


def test_a_product_is_returned_with_a_remark_only(world, order):
    delivery = hand_in(order, world["clerk"])
    with pytest.raises(ValidationError, match="remark"):
        writers.judge(delivery.pk, by=world["head"], score=None)
    judged = writers.judge(delivery.pk, by=world["head"], score=None, remark="Thiếu chữ ký")
    assert (judged.state, judged.score) == ("returned", None)


def test_the_organization_committee_may_judge_as_well(world, order):
    delivery = hand_in(order, world["clerk"])
    assert writers.judge(delivery.pk, by=world["oc_head"], score=70).score == 70


@pytest.mark.parametrize("who", ["stranger", "oc_clerk", "inspector", "admin"])
def test_others_do_not_judge(world, order, who):
    delivery = hand_in(order, world["clerk"])
    with pytest.raises(Refused):
        writers.judge(delivery.pk, by=world[who], score=100)


@pytest.mark.parametrize("who", ["stranger", "oc_clerk", "inspector", "head"])
def test_others_do_not_hand_in(world, order, who):
    with pytest.raises(Refused):
        hand_in(order, world[who])


def test_nobody_judges_their_own_products(world, case):
    head = world["head"].cadre
    order = writers.order_mission(case, cadre=head, items=[task()], by=None)
    delivery = hand_in(order, world["head"])
    with pytest.raises(Refused, match="own products"):
        writers.judge(delivery.pk, by=world["head"], score=100)


def test_nobody_judges_the_products_of_a_relative(world, order):
    Kinship.objects.create(cadre=order.cadre, relative=world["head"].cadre, relation="vợ chồng")
    delivery = hand_in(order, world["clerk"])
    with pytest.raises(Refused, match="relative"):
        writers.judge(delivery.pk, by=world["head"], score=100)


def test_a_product_is_judged_once(world, order):
    delivery = hand_in(order, world["clerk"])
    writers.judge(delivery.pk, by=world["head"], score=85)
    with pytest.raises(Conflict):
        writers.judge(delivery.pk, by=world["oc_head"], score=10)


@pytest.mark.parametrize("score", [-1, 101])
def test_a_score_is_of_a_hundred(world, order, score):
    delivery = hand_in(order, world["clerk"])
    with pytest.raises(ValidationError):
        writers.judge(delivery.pk, by=world["head"], score=score)


def test_nothing_is_handed_in_after_the_end(world, order):
    writers.end_mission(order, by=None)
    order.refresh_from_db()
    with pytest.raises(Refused, match="ended"):
        hand_in(order, world["clerk"])


def test_a_review_adds_up_what_was_accepted_and_names_the_level(world, order):
    delivery = hand_in(order, world["clerk"], amount=8)
    writers.judge(delivery.pk, by=world["head"], score=90)
    hand_in(order, world["clerk"], amount=2)  # waits to be judged, so it earns nothing yet
    review = writers.open_review(order, quarter_of(today()))
    review = writers.conclude_review(review, by=world["oc_head"], comment="Còn thiếu")
    assert (review.total, review.level) == (Decimal("72.00"), "failed")
    assert review.edition == "R366_2025"
    assert "72.00" in told(last(Event.REVIEWED))


def test_a_review_of_everything_in_time_reaches_the_best_level(world, order):
    delivery = hand_in(order, world["clerk"])
    writers.judge(delivery.pk, by=world["head"], score=95)
    review = writers.open_review(order, year_of(today()))
    assert writers.conclude_review(review, by=world["oc_head"]).level == "excellent"


def test_what_is_not_due_yet_is_not_reviewed(world, case):
    later = task(due_on=today() + timedelta(days=1))
    order = writers.order_mission(case, cadre=world.candidates[1], items=[later], by=None)
    review = writers.open_review(order, Period(UNSCHEDULED, today().year))
    review = writers.conclude_review(review, by=world["oc_head"])
    assert (review.total, review.level) == (None, "")


def test_a_period_is_reviewed_once(world, order):
    review = writers.open_review(order, quarter_of(today()))
    assert writers.open_review(order, quarter_of(today())) == review
    writers.conclude_review(review, by=world["oc_head"])
    with pytest.raises(Conflict):
        writers.conclude_review(review, by=world["oc_head"])
    assert order.case.entries.filter(event=Event.REVIEW_OPENED).count() == 1


def test_unscheduled_reviews_are_numbered(order):
    unscheduled = Period(UNSCHEDULED, today().year)
    numbers = [writers.open_review(order, unscheduled).number for _n in range(2)]
    assert numbers == [1, 2]


def test_findings_are_kept_with_their_review(world, order):
    review = writers.open_review(order, quarter_of(today()))
    found = [
        writers.Found("conflict_avoidance", "Né tránh", cadre=order.cadre),
        writers.Found("locality_isolation", "Không phân công việc", unit=order.unit),
    ]
    review = writers.conclude_review(review, by=world["oc_head"], findings=found)
    assert [one.kind for one in review.findings.order_by("pk")] == [one.kind for one in found]
    assert last(Event.REVIEWED).facts["findings"] == [one.kind for one in found]


def test_entitlements_are_granted_reviewed_and_closed(world, case, order):
    paid = {"allowance": 2_500_000, "housing": 1_000_000}
    entitlements.grant_entitlements(case, by=world["head"], amounts=paid, basis="QĐ 9")
    assert last(Event.ENTITLED).facts["amount"] == "1000000"
    entitlements.review_entitlements(case, by=world["head"], amounts={"housing": 1_200_000})
    entitlements.close_entitlements(case, by=None)
    rows = {row.kind: row for row in order.entitlements.all()}
    assert {kind: row.amount for kind, row in rows.items()} == {**paid, "housing": 1_200_000}
    assert all(row.reviewed_on == row.closed_on == today() for row in rows.values())
    assert AuditEntry.objects.filter(case=case, event=Event.ENTITLED).count() == 6
    assert verify(case.pk).sound


def test_the_same_entitlement_is_not_granted_twice(case, order):
    entitlements.grant_entitlements(case, by=None, amounts={"travel": 1})
    with pytest.raises(ValidationError):
        entitlements.grant_entitlements(case, by=None, amounts={"travel": 2})


def test_the_holder_of_a_chosen_post_gets_products_without_rotation(world, target_set):
    order = writers.order_products(
        target_set, position=world.positions["state"], items=[task()], by=world["oc_clerk"]
    )
    assert (order.cadre, order.case) == (world.candidates[0], None)
    assert last(Event.ORDERED).chain == 0


def test_only_a_chosen_post_that_somebody_holds_gets_products(world, target_set):
    with pytest.raises(ValidationError, match="not among"):
        writers.order_products(
            target_set, position=world.positions["party"], items=[task()], by=world["oc_clerk"]
        )
    ChosenPost.objects.create(target_set=target_set, position=world.positions["party"])
    with pytest.raises(ValidationError, match="Nobody holds"):
        writers.order_products(
            target_set, position=world.positions["party"], items=[task()], by=world["oc_clerk"]
        )


def test_one_mission_at_a_time_for_a_holder(world, target_set):
    for_post = {"position": world.positions["state"], "items": [task()], "by": world["oc_clerk"]}
    writers.order_products(target_set, **for_post)
    with pytest.raises(ValidationError, match="already"):
        writers.order_products(target_set, **for_post)


def test_only_the_organization_committee_orders_products(world, target_set):
    with pytest.raises(Refused):
        writers.order_products(
            target_set, position=world.positions["state"], items=[task()], by=world["head"]
        )


def knows(user, order):
    return readable_missions(user).filter(pk=order.pk).exists()


def test_a_mission_is_known_to_its_cadre_unit_planners_and_inspectors(world, target_set):
    order = writers.order_products(
        target_set, position=world.positions["state"], items=[task()], by=world["oc_clerk"]
    )
    for who in ("clerk", "head", "oc_clerk", "oc_head", "inspector"):
        assert knows(world[who], order), who
    for who in ("stranger", "ic", "admin"):
        assert not knows(world[who], order), who


def test_a_relative_does_not_know_the_mission(world, order):
    assert knows(world["head"], order)
    Kinship.objects.create(cadre=order.cadre, relative=world["head"].cadre, relation="anh em")
    world["head"].__dict__.pop("_family", None)
    assert not knows(world["head"], order)
