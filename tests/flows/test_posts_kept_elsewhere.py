"""What becomes of the posts that somebody holds already who is appointed from elsewhere."""

import pytest

from permissions.checks import today
from processes.demo.stories import all_posts, promulgate
from processes.demo.stories_elsewhere import go
from processes.demo.walk import Walk
from processes.organisation.people import PostHeld
from processes.steps.forms_posts import KEPT, LEFT, POST
from tests.flows.test_appointment_from_elsewhere import person, road, walk, world
from tests.world import SINCE, World

__all__ = ["person", "road", "walk", "world"]


def third_post(walk: Walk, world: World) -> PostHeld:
    """A post in a unit that is neither left nor entered."""
    return PostHeld.objects.create(
        cadre=walk.case.candidate, title="Ủy viên", group=world.group, unit=world.units["CAT"],
        since=SINCE,
    )  # fmt: skip


@pytest.mark.parametrize(("answer", "ends"), [(LEFT, True), (KEPT, False)])
def test_a_post_in_a_third_unit_is_asked_about_and_no_other(
    walk: Walk, world: World, answer: str, ends: bool
) -> None:
    third = third_post(walk, world)
    go(walk, "promulgate")
    assert list(all_posts(walk, "promulgate", answer)) == [f"{POST}{third.pk}"]
    promulgate(walk, answer)
    third.refresh_from_db()
    assert (walk.case.outcome, third.until) == ("appointed", today() if ends else None)


def test_nothing_is_asked_where_every_post_is_in_the_unit_that_is_left(walk: Walk) -> None:
    go(walk, "promulgate")
    assert PostHeld.objects.filter(cadre=walk.case.candidate, until__isnull=True).exists()
    assert all_posts(walk, "promulgate", LEFT) == {}
