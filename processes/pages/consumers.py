"""The socket of the inbox: it says that something changed, and never what."""

from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from permissions.checks import rights_of, stand_ins_of
from permissions.models import User
from processes.cases.announce import person_group, rights_group, unit_group

#: Close code of ours: sign in first.
NOT_SIGNED_IN = 4401


class InboxConsumer(AsyncJsonWebsocketConsumer):
    """One open inbox; it listens for its person and for the units of the person's rights."""

    listening: tuple[str, ...] = ()

    async def connect(self) -> None:
        """Join the groups; whoever is not signed in is turned away."""
        user = self.scope["user"]
        if not user.is_authenticated:
            await self.close(code=NOT_SIGNED_IN)
            return
        await self._listen()
        await self.accept()

    async def disconnect(self, code: int) -> None:
        """Leave the groups."""
        for group in self.listening:
            await self.channel_layer.group_discard(group, self.channel_name)

    async def inbox_changed(self, event: dict[str, Any]) -> None:
        """Tell the browser to ask again; rights are checked where the rows are read."""
        if event.get("group") == rights_group(self.scope["user"].pk):
            await self._listen()
        await self.send_json({"changed": True})

    async def _listen(self) -> None:
        """Join the groups of today, and leave those that the person has no part in any more."""
        before, self.listening = self.listening, await self._groups()
        for group in self.listening:
            if group not in before:
                await self.channel_layer.group_add(group, self.channel_name)
        for group in before:
            if group not in self.listening:
                await self.channel_layer.group_discard(group, self.channel_name)

    @database_sync_to_async
    def _groups(self) -> tuple[str, ...]:
        """Asked with the person as they are now: what a socket knows of them is hours old."""
        return groups_of(User.objects.get(pk=self.scope["user"].pk))


def groups_of(user: User) -> tuple[str, ...]:
    """The groups whose news concern the person, and those for whom they stand in."""
    people = [user, *(one.principal for one in stand_ins_of(user))]
    units = sorted({unit_id for one in people for _act, unit_id in rights_of(one)})
    named = (person_group(one.pk) for one in people)
    return (rights_group(user.pk), *named, *map(unit_group, units))
