"""The pages of the rotation programme, as their readers and planners use them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from permissions.checks import today
from processes.audit.models import AuditEntry
from processes.cases.models import Case
from processes.flows import AppointmentInPlaceFlow
from processes.flows.rotation import RotationFlow
from processes.organisation.people import Kinship
from processes.organisation.positions import Competence
from processes.pages.rotation_forms import ROOM
from processes.rotation import planning, writers
from processes.rotation.missions import ChosenPost, MissionOrder, ProductTargetSet
from processes.rotation.periods import quarter_of
from processes.rotation.schemes import MoveChain
from processes.steps.opening import open_case
from tests.rotation.rows import task
from tests.world import SINCE, make_cadre

pytestmark = pytest.mark.django_db
SECTOR = "lateral_sector"


@pytest.fixture
def chosen(world):
    target_set = ProductTargetSet.objects.create(
        province=world.units["P26"], title="Sáu sở", valid_from=today(), source="test"
    )
    return ChosenPost.objects.create(target_set=target_set, position=world.positions["state"])


@pytest.fixture
def order(world, chosen):
    return writers.order_products(
        chosen.target_set, position=chosen.position, items=[task()], by=world["oc_clerk"]
    )


def words(response):
    return " ".join(response.content.decode().split())


def url(name, *args):
    return reverse(name, args=args)


@pytest.mark.parametrize("name", ["rotation_board", "rotation_chains", "product_posts"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("oc_clerk", 200), ("oc_head", 200), ("inspector", 200), ("clerk", 403), ("admin", 403)],
)
def test_planners_and_inspectors_read_the_programme(browser, name, who, status):
    assert browser(who).get(url(name)).status_code == status


def test_the_board_shows_holders_and_vacant_seats(world, browser):
    page = words(browser("oc_clerk").get(url("rotation_board")))
    assert str(world.candidates[0]) in page
    assert "1 vacant seat" in page


def test_the_board_is_a_picture_as_well(browser):
    page = browser("oc_clerk").get(url("rotation_board"))
    said = [(seat.kind, seat.holder is None) for seat in page.context["seats"]]
    assert sorted(said) == [("held", False), ("vacant", True)]
    assert page.content.decode().count('<rect class="seat-') == 2


def test_the_board_is_searched_by_unit_and_holder(world, browser):
    client, holder = browser("oc_clerk"), world.candidates[0]
    found = client.get(url("rotation_board"), {"q": holder.code}).context["rows"]
    assert [row.position for row in found] == [world.positions["state"]]
    assert client.get(url("rotation_board"), {"q": "không có"}).context["rows"] == []


@pytest.mark.parametrize(
    ("which", "number"), [("", 2), ("head", 0), ("rotated", 0), ("opening", 2)]
)
def test_the_board_shows_what_is_asked_for(world, browser, chain, which, number):
    planning.add_move(
        chain, cadre=world.candidates[0], position=world.positions["party"], direction=SECTOR,
        by=world["oc_clerk"],
    )  # fmt: skip
    found = browser("oc_clerk").get(url("rotation_board"), {"which": which}).context["rows"]
    assert len(found) == number


def test_the_board_costs_as_many_queries_for_many_posts(
    browser, chain, django_assert_max_num_queries
):
    client = browser("oc_clerk")
    client.get(url("rotation_board"))
    with django_assert_max_num_queries(20):
        client.get(url("rotation_board"))


def test_a_planner_makes_a_chain_and_chooses_on_the_board(world, browser, scheme):
    client = browser("oc_clerk")
    client.post(url("rotation_chains"), {"title": "Chuỗi A", "scheme": scheme.pk})
    chain = MoveChain.objects.get(title="Chuỗi A")
    board = client.get(url("rotation_board"))
    assert "Plan a move of" in words(board)
    cadre, post = world.candidates[0].code, world.positions["party"].code
    assert f"cadre={cadre}&amp;position={post}" in words(
        client.get(url("rotation_board"), {"cadre": cadre, "chain": chain.pk})
    )
    page = client.get(url("rotation_chain", chain.pk), {"cadre": cadre, "position": post})
    assert f'value="{cadre}"' in words(page)
    sent = {"cadre": cadre, "position": post, "direction": SECTOR}
    page = client.post(url("rotation_chain", chain.pk), sent, follow=True)
    assert "nothing stands in the way" in words(page)
    assert str(world.positions["state"]) in words(page)


def test_a_conflict_is_told_and_keeps_the_cases_from_starting(world, browser, chain):
    client = browser("oc_clerk")
    sent = {
        "cadre": world.candidates[1].code, "position": world.positions["state"].code,
        "direction": SECTOR,
    }  # fmt: skip
    page = words(client.post(url("rotation_chain", chain.pk), sent, follow=True))
    assert "Nobody leaves this post, and it has no free seat." in page
    page = words(client.post(url("rotation_start", chain.pk), follow=True))
    assert "Solve what stands in the way of these moves first." in page
    assert MoveChain.objects.get(pk=chain.pk).is_draft


@pytest.mark.parametrize(
    ("field", "said"), [("cadre", "No cadre of the province"), ("position", "No post of the")]
)
def test_a_wrong_number_is_told_beside_its_field(world, browser, chain, field, said):
    sent = {
        "cadre": world.candidates[1].code, "position": world.positions["party"].code,
        "direction": SECTOR, field: "khong-co",
    }  # fmt: skip
    response = browser("oc_clerk").post(url("rotation_chain", chain.pk), sent)
    assert response.status_code == 422
    assert said in words(response)


def test_a_move_is_taken_out_and_a_chain_dropped(world, browser, chain):
    client = browser("oc_clerk")
    move = planning.add_move(
        chain, cadre=world.candidates[1], position=world.positions["party"], direction=SECTOR,
        by=world["oc_clerk"],
    )  # fmt: skip
    client.post(url("rotation_remove", move.pk))
    assert not chain.moves.exists()
    address = url("rotation_chain", chain.pk)
    assert client.post(address, {"part": "drop", "reason": ""}).status_code == 422
    client.post(address, {"part": "drop", "reason": "Không còn cần"})
    assert not MoveChain.objects.get(pk=chain.pk).is_draft


@pytest.mark.parametrize("name", ["rotation_chain", "rotation_start"])
def test_an_inspector_reads_and_changes_nothing(browser, chain, name):
    client = browser("inspector")
    assert client.get(url("rotation_chain", chain.pk)).status_code == 200
    assert client.post(url(name, chain.pk), {"reason": "x"}).status_code == 403
    assert client.post(url(name, chain.pk), {"part": "drop", "reason": "x"}).status_code == 403
    assert client.post(url("rotation_chains"), {"title": "x"}).status_code == 403


def test_a_relatives_move_is_closed_to_the_planner(world, browser, chain):
    planning.add_move(
        chain, cadre=world.candidates[1], position=world.positions["party"], direction=SECTOR,
        by=world["oc_head"],
    )  # fmt: skip
    own = make_cadre(world.units["BTCTU"], world["oc_clerk"])
    Kinship.objects.create(cadre=own, relative=world.candidates[1], relation="anh em")
    page = words(browser("oc_clerk").get(url("rotation_chain", chain.pk)))
    assert str(world.candidates[1]) not in page
    assert "closed to you" in page


def test_a_scheme_is_shown_as_a_picture_and_a_table(world, browser, scheme):
    client = browser("oc_clerk")
    sent = {"direction": SECTOR, "year": today().year, "number": 4, "unit": ""}
    page = client.post(url("rotation_scheme", scheme.pk), sent, follow=True)
    (year,) = page.context["picture"].years
    assert (year.bar.wanted, year.done) == (4, 0)
    assert "<svg" in words(page)
    assert "0/4" in words(page)
    assert 'data-label="Moves wanted">4<' in words(page)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_targets_of_a_scheme_are_taken_along(browser, scheme, kind):
    sent = {"direction": SECTOR, "year": today().year, "number": 4, "unit": ""}
    browser("oc_clerk").post(url("rotation_scheme", scheme.pk), sent)
    client, address = browser("inspector"), url("scheme_file", scheme.pk, kind)
    assert address in client.get(url("rotation_scheme", scheme.pk)).content.decode()
    content = b"".join(client.get(address).streaming_content)
    assert AuditEntry.objects.latest("pk").event == "downloaded"
    if kind == "csv":
        head, *rows = content.decode("utf-8-sig").splitlines()
        assert head.startswith('"Year","Direction"')
        assert len(rows) == scheme.targets.count() == 1


def test_an_inspector_sets_no_target(browser, scheme):
    client = browser("inspector")
    assert "Set the target" not in words(client.get(url("rotation_scheme", scheme.pk)))
    assert client.post(url("rotation_scheme", scheme.pk), {}).status_code == 403


def form_of(*weights):
    sent = {"form-TOTAL_FORMS": "7", "form-INITIAL_FORMS": "0"}
    for number, weight in enumerate(weights):
        fields = {
            "title": "Chuyển đổi số", "product": "Báo cáo", "measure": "hồ sơ", "target": "4",
            "weight": weight, "due_on": today().isoformat(),
        }  # fmt: skip
        sent |= {f"form-{number}-{name}": value for name, value in fields.items()}
    return sent


def test_products_are_ordered_of_the_holder_of_a_chosen_post(world, browser, chosen):
    client = browser("oc_clerk")
    assert "Order products" in words(client.get(url("product_posts")))
    typed = form_of(60, 30) | {"more": "1"}
    page = client.post(url("order_products", chosen.pk), typed)
    assert (page.status_code, len(page.context["formset"].forms)) == (200, 2 + ROOM)
    assert page.context["formset"].forms[1].initial["weight"] == "30"
    page = client.post(url("order_products", chosen.pk), form_of(60, 30))
    assert page.status_code == 422
    assert "add up to 90, not to 100" in words(page)
    page = client.post(url("order_products", chosen.pk), form_of(60, 40), follow=True)
    assert MissionOrder.objects.get().items.count() == 2
    assert "nothing handed in" in words(page)
    assert "ordered on" in words(client.get(url("product_posts")))


def test_products_go_from_the_unit_to_the_head_and_into_the_review(world, browser, order):
    clerk, head, oc = browser("clerk"), browser("head"), browser("oc_head")
    item = order.items.get()
    clerk.post(url("deliver", item.pk), {"amount": "10", "evidence": "12/BC-SNV"})
    delivery = item.deliveries.get()
    assert "Judge" in words(head.get(url("mission", order.pk)))
    assert "score from 0 to 100" in words(
        head.post(url("judge", delivery.pk), {"outcome": "accept", "score": ""})
    )
    head.post(url("judge", delivery.pk), {"outcome": "accept", "score": "92"})
    assert "accepted, 92 points" in words(clerk.get(url("mission", order.pk)))
    key = f"unscheduled-{today().year}-0"
    page = oc.post(url("review", order.pk), {"period": key, "comment": "Tốt"}, follow=True)
    assert "92.00 points, completed excellently" in words(page)
    assert "92.00, completed excellently" in words(head.get(url("missions")))


def test_a_product_that_was_judged_meanwhile_is_a_conflict(world, browser, order):
    delivery = writers.deliver(
        order.items.get(), by=world["clerk"], amount=task().target, evidence="1"
    )
    writers.judge(delivery.pk, by=world["head"], score=50)
    sent = {"outcome": "accept", "score": "92"}
    assert browser("oc_head").post(url("judge", delivery.pk), sent).status_code == 409


@pytest.mark.parametrize("who", ["stranger", "ic", "admin"])
def test_to_a_stranger_a_mission_does_not_exist(browser, order, who):
    client, item = browser(who), order.items.get()
    assert client.get(url("mission", order.pk)).status_code == 404
    assert client.get(url("deliver", item.pk)).status_code == 404
    assert str(order.cadre) not in words(client.get(url("missions")))


@pytest.mark.parametrize(("who", "status"), [("oc_clerk", 403), ("inspector", 403), ("clerk", 200)])
def test_readers_do_not_hand_in(browser, order, who, status):
    assert browser(who).get(url("deliver", order.items.get().pk)).status_code == status


def test_a_mission_on_rotation_is_reviewed_in_its_case(world, browser):
    case = open_case(AppointmentInPlaceFlow, by=world["clerk"], position=world.positions["party"])
    later = task(due_on=today() + timedelta(days=30))
    order = writers.order_mission(case, cadre=world.candidates[1], items=[later], by=None)
    page = browser("inspector").get(url("mission", order.pk))
    assert "No review yet." in words(page)
    assert browser("inspector").get(url("review", order.pk)).status_code == 403


@pytest.fixture
def rotates(world):
    """The competence matrix says who decides on a rotation."""
    Competence.objects.get_or_create(
        province=world.units["P26"], group=world.group, action="rotate", defaults={
            "deciding_body": "standing_committee", "valid_from": SINCE, "source": "test",
        },
    )  # fmt: skip


def chain_to(world, title, cadre, position):
    chain = planning.make_chain(world.units["P26"], title=title, by=world["oc_clerk"])
    planning.add_move(chain, cadre=cadre, position=position, direction=SECTOR, by=world["oc_clerk"])
    return chain


def test_a_chain_becomes_cases_all_at_once(world, browser, rotates, chain):
    holder, comer = world.candidates[:2]
    moves = ((comer, world.positions["state"]), (holder, world.positions["party"]))
    for cadre, position in moves:
        planning.add_move(
            chain, cadre=cadre, position=position, direction=SECTOR, by=world["oc_clerk"]
        )
    page = browser("oc_clerk").post(url("rotation_start", chain.pk), follow=True)
    assert "2 cases are open." in words(page)
    cases = Case.objects.filter(flow_class=RotationFlow).order_by("pk")
    assert [(case.candidate, case.position) for case in cases] == list(moves)
    assert {case.scheme_move.scheme for case in cases} == {chain.scheme}
    assert [move.case for move in chain.moves.order_by("pk")] == list(cases)
    assert cases[0].code in words(page)


def test_a_second_chain_about_the_same_person_is_refused_with_the_reason(
    world, browser, rotates, chain
):
    client = browser("oc_clerk")
    one, other = (
        chain_to(world, title, world.candidates[2], world.positions["party"]) for title in "AB"
    )
    client.post(url("rotation_start", one.pk))
    code = Case.objects.get().code
    page = words(client.post(url("rotation_start", other.pk), follow=True))
    assert f"Case {code} moves this person already." in page
    assert f"Case {code} about this post is open." in page
    assert Case.objects.count() == 1


def test_without_a_row_of_the_competence_matrix_no_case_starts(world, browser, rotates):
    Competence.objects.filter(action="rotate").delete()
    chain = chain_to(world, "A", world.candidates[2], world.positions["party"])
    page = words(browser("oc_clerk").post(url("rotation_start", chain.pk), follow=True))
    assert "The competence matrix has no row" in page
    assert MoveChain.objects.get(pk=chain.pk).is_draft
    assert not Case.objects.exists()


def test_an_empty_chain_does_not_start(browser, chain):
    page = words(browser("oc_clerk").post(url("rotation_start", chain.pk), follow=True))
    assert "This chain has no moves." in page


def test_a_quarter_is_reviewed_when_it_is_over_and_once(world, browser, order):
    past = today() - timedelta(days=100)
    MissionOrder.objects.filter(pk=order.pk).update(since=past)
    over = quarter_of(past)
    key = f"quarter-{over.year}-{over.number}"
    oc, sent = browser("oc_head"), {"period": key, "comment": ""}
    offered = oc.get(url("review", order.pk)).context["form"].periods
    now = quarter_of(today())
    assert key in offered
    assert f"quarter-{now.year}-{now.number}" not in offered or today() == now.ends_on
    assert oc.post(url("review", order.pk), sent).status_code == 302
    assert oc.post(url("review", order.pk), sent).status_code == 422


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["rotation_board_file", "missions_file"])
def test_the_lists_are_taken_along_with_an_entry(world, browser, order, name, kind):
    response = browser("inspector").get(url(name, kind))
    content = b"".join(response.streaming_content)
    assert AuditEntry.objects.latest("pk").event == "downloaded"
    if kind == "csv":
        assert str(world.candidates[0]) in content.decode("utf-8-sig")


def test_what_is_typed_about_a_product_is_kept_as_a_draft(chosen, world, browser):
    order = writers.order_products(
        chosen.target_set, position=chosen.position, items=[task()], by=world["oc_clerk"]
    )
    address = reverse("deliver", args=[order.items.get().pk])
    client = browser("clerk")
    sent = {"amount": "7", "evidence": "Báo cáo số 12"}
    assert client.post(address, sent | {"keep_draft": "1"}).url == address
    assert "Báo cáo số 12" in client.get(address).content.decode()
    assert not order.items.get().deliveries.exists()
    assert client.post(address, sent).url == reverse("mission", args=[order.pk])
    assert "Báo cáo số 12" not in client.get(address).content.decode()


def test_items_that_are_not_ordered_yet_are_kept_as_a_draft(chosen, browser):
    address = reverse("order_products", args=[chosen.pk])
    client = browser("oc_clerk")
    typed = {"form-TOTAL_FORMS": "6", "form-INITIAL_FORMS": "0", "form-0-title": "Số hóa hồ sơ"}
    assert client.post(address, typed | {"keep_draft": "1"}).url == address
    page = client.get(address).content.decode()
    assert 'value="Số hóa hồ sơ"' in page
    assert "This is your draft of" in page
    assert not MissionOrder.objects.exists()
