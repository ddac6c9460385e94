"""Tell open inboxes that something changed, once it is true: after commit, and never what."""

from collections.abc import Callable, Iterable

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import connection, transaction
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


def rights_group(user_id: int) -> str:
    """The channel group of one person's inboxes that is told when they listen for other people."""
    return f"inbox.rights.{user_id}"


class _Message:
    """What one transaction has to tell, sent together once it is true."""

    def __init__(self, told: Callable[[], Iterable[str]]) -> None:
        self.told = [told]

    def __call__(self) -> None:
        if groups := sorted({group for told in self.told for group in told()}):
            send(groups)


def tell_on_commit(groups: Callable[[], Iterable[str]]) -> None:
    """After commit, tell the sockets of the groups that the function then gives.

    All that one transaction tells goes out together, and no group is told twice of it.
    """
    if connection.run_on_commit:
        places, waiting = connection.run_on_commit[-1][:2]
        if isinstance(waiting, _Message) and places == set(connection.savepoint_ids):
            waiting.told.append(groups)
            return
    transaction.on_commit(_Message(groups))


def announce_on_commit(case: Case, *tasks: CaseTask, by: User | None = None) -> None:
    """After commit, tell the inboxes that show these tasks; without any, all the case is in.

    `by` is whose inbox changes as well, because they hold a task no longer.
    """
    if tasks:
        groups = {unit_group(task.unit_id) for task in tasks if task.unit_id}
        people = {*(task.owner_id for task in tasks), by.pk if by else None}
        groups |= {person_group(pk) for pk in people if pk}
        tell_on_commit(lambda: groups)
    else:
        tell_on_commit(lambda: _groups_of(case.pk))


def announce_person(*people: int) -> None:
    """After commit, tell the inboxes of these people, named by the numbers of their accounts."""
    tell_on_commit(lambda: map(person_group, people))


def announce_rights(user_id: int) -> None:
    """After commit, let the inboxes of this person listen for whom they stand in for now."""
    tell_on_commit(lambda: [rights_group(user_id)])


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
        await layer.group_send(group, MESSAGE | {"group": group})
