"""The rotation programme of the demo: a scheme with targets, moves on paper, products of heads."""

from datetime import date, timedelta
from decimal import Decimal

from permissions.catalogue import Act
from permissions.checks import holders
from permissions.models import User
from processes.organisation.people import PostHeld
from processes.organisation.positions import Confidence, Position
from processes.organisation.units import Unit
from processes.rotation import planning, writers
from processes.rotation.missions import ChosenPost, MissionOrder, ProductTargetSet
from processes.rotation.periods import UNSCHEDULED, Period
from processes.rotation.rights import why_not_judge
from processes.rotation.schemes import Direction, MoveChain, RotationScheme

#: Moves wanted in each year of the scheme, by direction.
WANTED = {
    Direction.DOWN_PROVINCE_COMMUNE: 15,
    Direction.LATERAL_SECTOR: 10,
    Direction.WITH_APPOINTMENT: 4,
}
#: How many heads are evaluated by products, as the conference of 2021 said of departments.
CHOSEN = 6
TASKS = (
    ("Giải ngân vốn đầu tư công", "Báo cáo giải ngân quý", "báo cáo", 1, 50, 0),
    ("Cải cách thủ tục hành chính", "Thủ tục trực tuyến toàn trình", "thủ tục", 40, 30, 60),
    ("Chuyển đổi số của ngành", "Cơ sở dữ liệu được đưa vào dùng", "cơ sở dữ liệu", 2, 20, 120),
)


def build_scheme(province: Unit, *, today: date) -> RotationScheme:
    """The scheme of the term with targets for the years around today."""
    planner = _planner(province)
    scheme = RotationScheme.objects.create(
        province=province,
        term="2025-2030",
        title="Đề án luân chuyển cán bộ nhiệm kỳ 2025-2030",
        document="05-ĐA/TU",
        valid_from=date(today.year - 1, 1, 1),
    )
    for year in range(today.year - 1, today.year + 3):
        for direction, number in WANTED.items():
            planning.set_target(scheme, direction=direction, year=year, number=number, by=planner)
    return scheme


def build_programme(scheme: RotationScheme, *, today: date) -> None:
    """Moves on paper and products of heads, by the people whose work it is.

    Last of all, because it takes people whom no case is about.
    """
    province = scheme.province
    planner, head = _planner(province), _planner(province, Act.ACCEPT_PRODUCT)
    heads = _heads(province)
    _chains(scheme, heads, planner)
    _products(province, heads[:CHOSEN], today=today, planner=planner, head=head)


def _chains(scheme: RotationScheme, heads: list[PostHeld], planner: User) -> None:
    """One chain that could start, and one with something in the way of each move."""
    first, second, third = heads[-1], heads[-2], heads[-3]
    chain = _chain(scheme, "Phương án 1: hai giám đốc đổi vị trí", planner)
    _move(chain, first, second, planner)
    _move(chain, second, first, planner)
    chain = _chain(scheme, "Phương án 2: còn vướng mắc", planner)
    _move(chain, third, first, planner)
    _move(chain, third, second, planner)


def _chain(scheme: RotationScheme, title: str, planner: User) -> MoveChain:
    return planning.make_chain(scheme.province, title=title, scheme=scheme, by=planner)


def _move(chain: MoveChain, who: PostHeld, to: PostHeld, planner: User) -> None:
    assert to.position is not None  # noqa: S101 -- for the type checker
    planning.add_move(
        chain, cadre=who.cadre, position=to.position, direction=Direction.LATERAL_SECTOR,
        by=planner, note="Đào tạo, rèn luyện cán bộ lãnh đạo, quản lý.",
    )  # fmt: skip


def _products(
    province: Unit, heads: list[PostHeld], *, today: date, planner: User, head: User
) -> None:
    """Products are ordered of every other head; where a clerk hands them in, they are reviewed."""
    target_set = ProductTargetSet.objects.create(
        province=province,
        title="Đánh giá bằng sản phẩm: giám đốc 6 sở",
        valid_from=date(today.year, 1, 1),
        source="Hội nghị năm 2021; không nêu tên các sở",
        confidence=Confidence.UNKNOWN,
    )
    for number, held in enumerate(heads):
        assert held.position is not None  # noqa: S101 -- for the type checker
        ChosenPost.objects.create(target_set=target_set, position=held.position)
        if number % 2 == 0:
            order = writers.order_products(
                target_set, position=held.position, items=_tasks(today), by=planner
            )
            _deliver(order, 96 - 9 * number, today=today, head=head)


def _deliver(order: MissionOrder, score: int, *, today: date, head: User) -> None:
    """The unit's clerk hands in; one product waits to be judged; the rest is reviewed."""
    clerks = holders(Act.PREPARE, [order.unit_id])
    if not clerks:
        return
    first, second = order.items.order_by("due_on")[:2]
    done = writers.deliver(first, by=clerks[0], amount=Decimal(1), evidence="31/BC-VP")
    writers.deliver(second, by=clerks[0], amount=Decimal(12), evidence="32/BC-VP")
    if not why_not_judge(head, done):
        writers.judge(done.pk, by=head, score=score, remark="Đúng hạn, đạt yêu cầu.")
    review = writers.open_review(order, Period(UNSCHEDULED, today.year))
    writers.conclude_review(review, by=head, comment="Theo sản phẩm đã nghiệm thu.")


def _tasks(today: date) -> list[writers.Task]:
    return [
        writers.Task(title, product, measure, Decimal(target), weight, today + timedelta(days=days))
        for title, product, measure, target, weight, days in TASKS
    ]


def _heads(province: Unit) -> list[PostHeld]:
    """Those who lead a department; units where somebody hands papers in come first."""
    posts = Position.objects.filter(unit__province=province, is_head=True, seats=1)
    held = PostHeld.objects.filter(
        position__in=posts, until__isnull=True, unit__kind="department", cadre__cases__isnull=True
    ).select_related("cadre", "position", "unit")
    return sorted(held, key=lambda row: (not holders(Act.PREPARE, [row.unit_id]), row.pk))


def _planner(province: Unit, act: Act = Act.PLAN_ROTATION) -> User:
    """Somebody of the Organization Committee who plans, or who judges products as well."""
    units = Unit.objects.filter(province=province)
    people = holders(Act.PLAN_ROTATION, units.values_list("pk", flat=True))
    judging = {user.pk for user in holders(act, units.values_list("pk", flat=True))}
    return next(user for user in people if user.pk in judging)
