"""One row of each kind of the rotation programme, for addresses that are about one."""

from decimal import Decimal
from typing import Any

from permissions.checks import today
from processes.organisation.people import PostHeld
from processes.rotation import planning, writers
from processes.rotation.missions import ChosenPost, ProductTargetSet
from processes.rotation.schemes import RotationScheme
from tests.world import SINCE, World


def task(weight: int = 100, due_on: Any = None, target: int = 10) -> writers.Task:
    """An item of a mission."""
    return writers.Task(
        title="Giải phóng mặt bằng", product="Biên bản bàn giao", measure="dự án",
        target=Decimal(target), weight=weight, due_on=due_on or today(),
    )  # fmt: skip


def rotation_rows(world: World) -> dict[str, list[int]]:
    """A scheme, a chain with a move, and a mission with a product that waits to be judged."""
    oc, province, post = world["oc_clerk"], world.units["P26"], world.positions["state"]
    scheme = RotationScheme.objects.create(
        province=province, term="2025-2030", title="Đề án", valid_from=SINCE
    )
    chain = planning.make_chain(province, title="Phương án", scheme=scheme, by=oc)
    move = planning.add_move(
        chain, cadre=world.candidates[2], position=post, direction="lateral_sector", by=oc
    )
    PostHeld.objects.create(
        cadre=world.candidates[3], position=post, title=post.title, group=post.group,
        unit=post.unit, since=SINCE,
    )  # fmt: skip
    chosen = ChosenPost.objects.create(
        position=post,
        target_set=ProductTargetSet.objects.create(
            province=province, title="Vị trí được chọn", valid_from=SINCE, source="test"
        ),
    )
    order = writers.order_products(chosen.target_set, position=post, items=[task()], by=oc)
    item = order.items.get()
    delivery = writers.deliver(item, by=world["clerk"], amount=Decimal(10), evidence="12/BB")
    return {
        "rotation_scheme": [scheme.pk], "scheme_file": [scheme.pk, "csv"],
        "rotation_chain": [chain.pk],
        "rotation_start": [chain.pk], "rotation_remove": [move.pk], "mission": [order.pk],
        "review": [order.pk], "deliver": [item.pk], "judge": [delivery.pk],
        "order_products": [chosen.pk],
    }  # fmt: skip
