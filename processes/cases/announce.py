"""Tell open inboxes that something changed, once it is true: after commit, and never what."""

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from django.db.models import QuerySet, Value

from permissions.compiled import Compiled
from processes.cases.models import Case, CaseTask, Participant

MESSAGE = {"type": "inbox.changed"}


def unit_group(unit_id: int) -> str:
    """The channel group of everybody who works for a unit."""
    return f"inbox.unit.{unit_id}"


def person_group(user_id: int) -> str:
    """The channel group of one person's inboxes."""
    return f"inbox.user.{user_id}"


def announce_on_commit(case: Case) -> None:
    """After commit, tell the inboxes of the units and people that the case touches."""
    transaction.on_commit(lambda: _announce(case.pk))


def _announce(case_id: int) -> None:
    names = {"owner": person_group, "unit": unit_group}
    async_to_sync(_send)([names[kind](int(pk)) for kind, pk in _concerned(case=case_id)])


def _touched(case: int) -> "QuerySet[Participant, tuple[str, int]]":
    open_tasks = CaseTask.objects.filter(process=case, finished__isnull=True)
    owners = open_tasks.filter(owner__isnull=False).values_list(Value("owner"), "owner")
    units = Participant.objects.filter(case=case).values_list(Value("unit"), "unit")
    return units.union(owners)


_concerned = Compiled(_touched, case=int)


async def _send(groups: list[str]) -> None:
    layer = get_channel_layer()
    for group in groups if layer else ():
        await layer.group_send(group, MESSAGE)
