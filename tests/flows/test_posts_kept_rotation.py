"""What becomes of the posts that somebody holds already who goes on rotation."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from permissions.checks import today
from processes.demo import stories_rotation as go_to
from processes.demo.stories import all_posts
from processes.demo.walk import Walk
from processes.organisation.people import PostHeld
from processes.steps.forms_posts import KEPT, LEFT, POST
from tests.flows.rotation_road import ROAD, road, walk, world
from tests.world import SINCE
from tests.world_rotation import RotationWorld

__all__ = ["ROAD", "road", "walk", "world"]
pytestmark = pytest.mark.stands("receive_cadre")


def third_post(walk: Walk, world: RotationWorld, since: date = SINCE) -> PostHeld:
    """A post in a unit that neither sends nor receives."""
    return PostHeld.objects.create(
        cadre=walk.case.candidate, title="Ủy viên", group=world.group, unit=world.units["CAT"],
        since=since,
    )  # fmt: skip


@pytest.mark.parametrize(("answer", "ends"), [(LEFT, True), (KEPT, False)])
def test_a_post_in_a_third_unit_is_asked_about_and_no_other(
    walk: Walk, world: RotationWorld, answer: str, ends: bool
) -> None:
    third = third_post(walk, world)
    assert list(all_posts(walk, "receive_cadre", answer)) == [f"{POST}{third.pk}"]
    go_to.receive(walk, answer)
    third.refresh_from_db()
    assert third.until == (today() if ends else None)
    entry = walk.case.entries.get(step="receive_cadre", event="concluded")
    (told,) = entry.facts["former_posts"]
    assert (told["held"], told["new"]) == (third.pk, today().isoformat() if ends else None)


def test_posts_in_the_sending_unit_end_unasked(walk: Walk, world: RotationWorld) -> None:
    held = PostHeld.objects.filter(cadre=walk.case.candidate, until__isnull=True)
    before = list(held.values_list("unit", flat=True))
    assert set(before) == {world.source.pk}
    assert all_posts(walk, "receive_cadre", LEFT) == {}
    go_to.receive(walk)
    assert held.get().position == walk.case.position


def test_nobody_leaves_a_post_before_holding_it(walk: Walk, world: RotationWorld) -> None:
    third_post(walk, world, since=today())
    said = all_posts(walk, "receive_cadre", LEFT)
    amounts = dict.fromkeys(("allowance", "housing", "travel", "preserved"), 0)
    with pytest.raises(ValidationError) as refusal:
        walk.do("receive_cadre", "done", received_on=today() - timedelta(days=1),
                basis="NQ 12/NQ-HĐND", **amounts, **said)  # fmt: skip
    assert list(refusal.value.message_dict) == ["received_on"]
    assert walk.at == ["receive_cadre"]
