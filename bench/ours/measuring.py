"""What a person waits for on our site: inbox, queue, a step with its entry in the trail."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from statistics import median
from time import perf_counter

from django.test import Client
from django.urls import reverse

from bench.clock import Figures, timed
from bench.shape import Shape
from permissions.models import User
from permissions.sessions import PeopleBackend
from processes.audit import trail
from processes.cases.models import CaseTask
from processes.flows.appointment_in_place import AppointmentInPlaceFlow as Procedure
from processes.organisation.positions import Position
from processes.steps.actions import perform, take
from processes.steps.opening import open_case

from . import lists, province

PAGES = {"inbox": "/inbox/", "queue": "/inbox/?tab=take"}
#: The two ends of what somebody has concluded.
ENDS = {"first page": "/inbox/?tab=done", "last page": "/inbox/?tab=done&before=end"}
BACKEND = "permissions.sessions.PeopleBackend"
REQUEST = {"outcome": "submit", "need": "Một", "source": "in_place", "assignment": "Phụ trách"}


def measure(shape: Shape, rounds: int) -> dict[str, Figures]:
    """Median and queries of each page and of the step; the part of the trail in the step."""
    found = {name: timed(_visits(url, shape, rounds)) for name, url in PAGES.items()}
    oc = province.clerk_of_oc(shape)
    client = signed_in(oc.pk)
    sent = [partial(step_by_views, *forms_of(task), client) for task in requests(shape, rounds)]
    found["step by views"] = timed(sent)
    calls = [partial(step, task, oc.pk) for task in requests(shape, rounds)]
    with timed_entries() as spent:
        found["step"] = timed(calls)
    a_step = len(spent) / rounds
    found["entries in it"] = {
        "ms": median(spent) * a_step,
        "least": min(spent) * a_step,
        "queries": 0,
    }
    return found | _lists(shape, rounds)


def _lists(shape: Shape, rounds: int) -> dict[str, Figures]:
    """Saved filters with what each finds; the first and the last page of a long list."""
    lists.save_filters(shape)
    found = {"saved filters": timed(_visits("/inbox/filters/aside/", shape, rounds))}
    client = signed_in(lists.long_history(shape).pk)
    for name, url in ENDS.items():
        found[name] = timed([partial(visit, client, url)] * rounds)
    return found


def _visits(url: str, shape: Shape, rounds: int) -> Iterator[Callable[[], None]]:
    """A page, each time opened by the next person."""
    clients = [signed_in(number) for number in shape.measured()]
    for turn in range(rounds):
        yield partial(visit, clients[turn % len(clients)], url)


def visit(client: Client, url: str) -> None:
    assert client.get(url).status_code == 200


def signed_in(number: int) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=number), backend=BACKEND)
    return client


def requests(shape: Shape, count: int) -> list[int]:
    """Open so many cases at the measured desks; the tasks in which their requests are checked."""
    clerks = {shape.unit_of(number): number for number in shape.measured()}
    desks = range(1, shape.desks + 1)
    posts = province.add_posts(desks, -(-count // shape.desks))
    return [_request(clerks[post.unit_id], post) for post in posts[:count]]


def _request(clerk: int, post: Position) -> int:
    by = User.objects.get(pk=clerk)
    case = open_case(Procedure, by=by, position=post)
    perform(case.task_set.get().pk, by=by, data=REQUEST)
    return case.task_set.get(flow_task=Procedure.check_request).pk


def forms_of(task: int) -> tuple[str, str]:
    """Where the two forms of a step are sent."""
    case = CaseTask.objects.values_list("process", flat=True).get(pk=task)
    return reverse("take", args=[task]), reverse("task", args=[case, task])


def step_by_views(taking: str, deciding: str, client: Client) -> None:
    """Take and decide as a browser does: two forms sent."""
    for url in (taking, deciding):
        answer = client.post(url, {"outcome": "ok"})
        assert answer.status_code == 302, answer.status_code


def step(task: int, user: int) -> None:
    """Take and decide without HTTP; each action is a request, so it reads the person anew."""
    take(task, by=person(user))
    perform(task, by=person(user), data={"outcome": "ok"})


def person(number: int) -> User:
    """Whoever a session belongs to, read as a request reads them."""
    found = PeopleBackend().get_user(number)
    assert found is not None
    return found


@contextmanager
def timed_entries() -> Iterator[list[float]]:
    """Collect how long each writing of an entry takes, wherever it is called from."""
    spent: list[float] = []
    original = trail.record

    def record(*args, **kwargs):
        started = perf_counter()
        try:
            return original(*args, **kwargs)
        finally:
            spent.append((perf_counter() - started) * 1000)

    users = [m for m in list(sys.modules.values()) if vars(m).get("record") is original]
    for module in users:
        module.record = record
    try:
        yield spent
    finally:
        for module in users:
            module.record = original
