"""From a move on paper to the mission: the cases of a chain go down the road of the procedure."""

import pytest
from dateutil.relativedelta import relativedelta

from permissions.checks import today
from processes.demo import stories_rotation as go_to
from processes.demo.walk import Walk
from processes.flows.planned_moves import start_chain
from processes.rotation import planning
from processes.rotation.board import board, posts_of
from processes.rotation.progress import progress
from processes.rotation.queries import mission_of
from tests.world_rotation import rotation_world

pytestmark = pytest.mark.django_db


def test_a_planned_move_ends_on_the_board_with_its_mark():
    world = rotation_world()
    oc, scheme, post = world["oc_clerk"], world.scheme, world.posts["party"]
    cadre = world.candidates[0]
    planning.set_target(scheme, direction="lateral_sector", year=today().year, number=1, by=oc)
    chain = planning.make_chain(world.units["P26"], title="Phương án", scheme=scheme, by=oc)
    planning.add_move(chain, cadre=cadre, position=post, direction="lateral_sector", by=oc)
    (case,) = start_chain(chain, by=oc)
    assert (case.candidate, progress(scheme)[0].running) == (cadre, 1)

    road = go_to.road([world.source], [cadre])
    walk = go_to.go(Walk(case), road)
    assert "report_on_mission" in walk.at
    order = mission_of(walk.case)
    assert (order.cadre, order.position, order.source) == (cadre, post, world.source)
    assert (progress(scheme)[0].done, progress(scheme)[0].running) == (1, 0)

    rows = board(list(posts_of([world.units["P26"].pk], today())), today())
    (holder,) = next(row for row in rows if row.position == post).holders
    assert (holder.cadre, holder.mission) == (cadre, order)
    assert holder.mark == today() + relativedelta(months=36)
