"""What a person waits for on the stock site: its own list pages and its own step."""

from collections.abc import Callable
from functools import partial

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from bench.clock import Figures, timed
from bench.shape import Shape

from .flows import PermitFlow

PAGES = {"inbox": "/workflow/inbox/", "queue": "/workflow/queue/"}
STEP = "/workflow/flows/permit/{}/check/{}/{}/"


def measure(shape: Shape, rounds: int) -> dict[str, Figures]:
    """Median and queries of each page, and of the step check in two manners."""
    return pages(shape, rounds) | {
        "step by views": timed(_steps(step_by_views, shape, rounds)),
        "step": timed(_steps(step, shape, rounds)),
    }


def pages(shape: Shape, rounds: int) -> dict[str, Figures]:
    """The list pages; each round is another person."""
    clients = [_signed_in(number) for number in shape.measured()]
    return {
        name: timed(partial(_get, clients[turn % len(clients)], url) for turn in range(rounds))
        for name, url in PAGES.items()
    }


def _get(client: Client, url: str) -> None:
    assert client.get(url).status_code == 200


def _signed_in(number: int) -> Client:
    client = Client()
    client.user = User.objects.get(pk=number)
    client.force_login(client.user)
    return client


def _steps(
    step: Callable[[Task, Client], None], shape: Shape, rounds: int
) -> list[Callable[[], None]]:
    """One call for each of so many tasks that wait at the measured desks."""
    check = Task.objects.filter(
        flow_task=PermitFlow.check, status=STATUS.NEW, process__artifact_object_id__lte=shape.desks
    )
    doers = {shape.unit_of(number): number for number in shape.measured()}
    return [
        partial(step, task, _signed_in(doers[int(task.owner_permission_obj_pk)]))
        for task in check.order_by("pk")[:rounds]
    ]


def step_by_views(task: Task, client: Client) -> None:
    """Take and decide as a browser does: two forms sent."""
    for action, data in (("assign", {}), ("execute", {"checked": "on"})):
        answer = client.post(STEP.format(task.process_id, task.pk, action), data)
        assert answer.status_code == 302, answer.status_code


def step(task: Task, client: Client) -> None:
    """Take and decide without HTTP: what the stock views do under their locks."""
    user = User.objects.get(pk=client.user.pk)
    with task.activation() as activation:
        if not activation.assign.has_perm(user):
            raise PermissionDenied
        activation.assign(user)
    user = User.objects.get(pk=user.pk)
    with task.activation() as activation:
        if not activation.flow_task.can_execute(user, task):
            raise PermissionDenied
        activation.start(None)
        process = activation.process.coerced
        process.checked = True
        process.save()
        activation.execute()
