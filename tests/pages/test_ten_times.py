"""Lists at ten times the demonstration's size: a page sends as many queries as for a tenth."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from permissions.checks import today
from processes.audit.models import AuditEntry
from processes.cases.models import Case, CaseTask, Participant
from processes.demo.walk import Walk
from processes.organisation.people import Cadre, PostHeld
from processes.organisation.positions import Position
from processes.organisation.units import Unit
from processes.rotation.missions import ChosenPost, MissionOrder, ProductTargetSet
from tests.pages.conftest import Browser
from tests.world import SINCE, World

#: The demonstration has some two hundred cases, and as many posts and people around them.
DEMO = 200
TASKS, ENTRIES = 4, 4

LISTS = {
    "/inbox/?tab=mine": "clerk",
    "/inbox/?tab=take": "oc_clerk",
    "/inbox/?tab=done": "clerk",
    "/cases/": "oc_head",
    "/cadres/": "oc_head",
    "/units/": "oc_head",
    "/rotation/board/": "oc_clerk",
    "/rotation/missions/": "oc_clerk",
    "/trail/": "inspector",
}


def copies(row: Any, numbers: Iterable[int], **changes: Any) -> list[Any]:
    """Rows like this one; a change that is a function is given the number of each."""
    model = type(row)
    same = {field.attname: getattr(row, field.attname) for field in model._meta.local_fields}
    same.pop(model._meta.pk.attname)
    made = [
        model(**same | {n: v(number) if callable(v) else v for n, v in changes.items()})
        for number in numbers
    ]
    return list(model._default_manager.bulk_create(made, batch_size=1000))


def fill(walk: Walk, world: World, start: int, end: int) -> None:
    """Cases with their tasks, entries, posts, holders, missions and units, numbered from to."""
    numbers = range(start, end)
    fill_posts(world, numbers)
    cases = copies(walk.case, numbers, code=lambda n: f"BN-NHIEU-{n}")
    units = (world.units["SNV"], world.units["BTCTU"], world.units["P26"])
    Participant.objects.bulk_create(Participant(case=c, unit=u) for c in cases for u in units)
    tasks = list(CaseTask.objects.filter(process=walk.case).exclude(act="").order_by("pk"))
    entries = list(walk.case.entries.order_by("seq")[:ENTRIES])
    for task in tasks[:TASKS]:
        copies(task, range(len(cases)), process_id=lambda n: cases[n].pk)
    for entry in entries:
        said = {"case_id": lambda n: cases[n].pk, "chain": lambda n: cases[n].pk}
        copies(entry, range(len(cases)), **said)


def fill_posts(world: World, numbers: range) -> None:
    """A unit for every tenth, and everywhere posts with holders who have a mission each."""
    copies(world.units["SNV"], numbers[::10], code=lambda n: f"many-{n}")
    posts = copies(world.positions["party"], numbers, code=lambda n: f"many-{n}")
    people = copies(world.candidates[0], numbers, code=lambda n: f"9{n:011d}")
    held = PostHeld(
        cadre=people[0], title="Phó", group=world.group, unit=world.units["SNV"], since=SINCE
    )
    pairs = {"cadre_id": lambda n: people[n].pk, "position_id": lambda n: posts[n].pk}
    copies(held, range(len(posts)), **pairs)
    chosen = ProductTargetSet.objects.get_or_create(
        province=world.units["P26"], title="Vị trí", valid_from=SINCE, source="test"
    )[0]
    ChosenPost.objects.bulk_create(ChosenPost(target_set=chosen, position=p) for p in posts)
    order = MissionOrder(
        target_set=chosen, province=world.units["P26"], unit=world.units["SNV"],
        ordered_on=today(), since=today(),
    )  # fmt: skip
    copies(order, range(len(posts)), **pairs)


def asked(browser: Browser) -> dict[str, int]:
    """How many queries each list sends to somebody who has opened it before."""
    counts = {}
    for address, who in LISTS.items():
        client = browser(who)
        client.get(address)
        with CaptureQueriesContext(connection) as sent:
            assert client.get(address).status_code == 200
        counts[address] = len(sent)
    return counts


@pytest.mark.stands("check_request")
def test_lists_send_as_many_queries_at_ten_times_the_demonstration(
    walk: Walk, world: World, browser: Browser
) -> None:
    fill(walk, world, 0, DEMO)
    few = asked(browser)
    fill(walk, world, DEMO, 10 * DEMO)
    assert (Case.objects.count(), Cadre.objects.count()) >= (10 * DEMO, 10 * DEMO)
    assert AuditEntry.objects.count() >= 10 * DEMO
    assert asked(browser) == few
    assert max(few.values()) <= 20
    assert (Unit.objects.count(), Position.objects.count()) >= (DEMO, 10 * DEMO)
