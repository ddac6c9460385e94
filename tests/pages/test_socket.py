"""The socket of the inbox: that something changed, to whom it concerns, and never what."""

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser

from permissions.catalogue import Role
from permissions.grants import grant
from processes.cases.announce import person_group, rights_group, send, unit_group
from processes.organisation.units import Level, Unit
from processes.pages.consumers import NOT_SIGNED_IN, InboxConsumer, groups_of
from tests.world import SINCE, make_user

NEWS = {"type": "inbox.changed"}


def socket_of(user):
    socket = WebsocketCommunicator(InboxConsumer.as_asgi(), "/ws/inbox/")
    socket.scope["user"] = user
    return socket


@pytest.fixture
def clerk(transactional_db):
    """A clerk whom the threads of the socket see as well."""
    tier = Level.objects.create(code="organ", name="Cơ quan", rank=2)
    unit = Unit.objects.create(code="SNV", name="Sở Thử", level=tier, valid_from=SINCE)
    user = make_user("clerk")
    grant(user, Role.UNIT_CLERK, unit, by=None, since=SINCE)
    return user


async def news_of(user, *groups):
    """What somebody's socket says when these groups are told."""
    socket = socket_of(user)
    assert (await socket.connect())[0]
    for group in groups:
        await get_channel_layer().group_send(group, NEWS)
    said = [] if await socket.receive_nothing() else [await socket.receive_json_from()]
    await socket.disconnect()
    return said


def test_a_change_in_the_own_unit_is_told_without_what_it_is(clerk):
    unit = clerk.holdings.get().unit_id
    assert async_to_sync(news_of)(clerk, unit_group(unit)) == [{"changed": True}]


def test_a_change_elsewhere_is_not_told(clerk):
    elsewhere = unit_group(clerk.holdings.get().unit_id + 1)
    assert async_to_sync(news_of)(clerk, elsewhere, person_group(clerk.pk + 1)) == []


def test_who_gets_another_unit_hears_of_it_in_the_page_that_is_open(clerk):
    own = clerk.holdings.get().unit
    other = Unit.objects.create(code="SKT", name="Sở Khác", level=own.level, valid_from=SINCE)

    def changed_hands():
        grant(clerk, Role.UNIT_CLERK, other, by=None, since=SINCE)
        clerk.holdings.filter(unit=own).update(valid_until=SINCE)

    async def heard():
        socket = socket_of(clerk)
        assert (await socket.connect())[0]
        said = []
        for told in (unit_group(other.pk), rights_group(clerk.pk), unit_group(other.pk)):
            if told == rights_group(clerk.pk):
                await database_sync_to_async(changed_hands)()
            await sync_to_async(send)([told])
            said.append(not await socket.receive_nothing())
            if said[-1]:
                await socket.receive_json_from()
        await sync_to_async(send)([unit_group(own.pk)])
        said.append(not await socket.receive_nothing())
        await socket.disconnect()
        return said

    assert async_to_sync(heard)() == [False, True, True, False]


def test_one_listens_for_oneself_and_for_the_own_units(world):
    clerk = world["clerk"]
    own = (rights_group(clerk.pk), person_group(clerk.pk))
    assert groups_of(clerk) == (*own, unit_group(world.units["SNV"].pk))


def test_a_teller_without_a_role_listens_for_oneself(world):
    teller = world.bodies["leadership"].memberships.order_by("pk")[1].cadre.user
    assert groups_of(teller) == (rights_group(teller.pk), person_group(teller.pk))


def test_whoever_is_not_signed_in_is_turned_away():
    async def connect():
        return await socket_of(AnonymousUser()).connect()

    assert async_to_sync(connect)() == (False, NOT_SIGNED_IN)
