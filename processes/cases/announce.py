"""Tell open inboxes that something changed, once it is true: after commit, and never what."""

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from django.db.models import QuerySet, Value

from permissions.compiled import Compiled
from permissions.models import User
from processes.cases.models import Case, CaseTask, Participant

MESSAGE = {"type": "inbox.changed"}


def unit_group(unit_id: int) -> str:
    """The channel group of everybody who works for a unit."""
    return f"inbox.unit.{unit_id}"


def person_group(user_id: int) -> str:
    """The channel group of one person's inboxes."""
    return f"inbox.user.{user_id}"


def announce_on_commit(case: Case, *tasks: CaseTask, by: User | None = None) -> None:
    """After commit, tell the inboxes that show these tasks; without any, all the case is in.

    `by` is whose inbox changes as well, because they hold a task no longer.
    """
    if tasks:
        groups = {unit_group(task.unit_id) for task in tasks if task.unit_id}
        people = {*(task.owner_id for task in tasks), by.pk if by else None}
        groups |= {person_group(pk) for pk in people if pk}
        transaction.on_commit(lambda: send(sorted(groups)))
    else:
        transaction.on_commit(lambda: send(_groups_of(case.pk)))


def announce_person(user: User) -> None:
    """After commit, tell the inboxes of one person."""
    transaction.on_commit(lambda: send([person_group(user.pk)]))


def _groups_of(case_id: int) -> list[str]:
    """Everybody who has a task of the case, and every unit that takes part."""
    names = {"owner": person_group, "unit": unit_group}
    return [names[kind](int(pk)) for kind, pk in _concerned(case=case_id)]


def _touched(case: int) -> "QuerySet[Participant, tuple[str, int]]":
    open_tasks = CaseTask.objects.filter(process=case, finished__isnull=True)
    owners = open_tasks.filter(owner__isnull=False).values_list(Value("owner"), "owner")
    units = Participant.objects.filter(case=case).values_list(Value("unit"), "unit")
    return units.union(owners)


_concerned = Compiled(_touched, case=int)


@async_to_sync
async def send(groups: list[str]) -> None:
    """Tell the sockets of these groups that something changed."""
    layer = get_channel_layer()
    for group in groups if layer else ():
        await layer.group_send(group, MESSAGE)
