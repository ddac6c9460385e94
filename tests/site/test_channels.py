"""The channel layer: in the process, or through Redis where REDIS_URL names one."""

import asyncio
import json

import pytest
from asgiref.sync import async_to_sync
from channels.layers import channel_layers, get_channel_layer

from tests.site.test_environment import start


async def heard(layer, message):
    channel = await layer.new_channel()
    await layer.group_add("unit", channel)
    await layer.group_send("unit", message)
    return await layer.receive(channel)


async def crowded(layer, groups):
    """How many of these groups hear a message that all got while their server was busy."""
    channels = [await layer.new_channel() for _group in range(groups)]
    for number, channel in enumerate(channels):
        await layer.group_add(f"unit.{number}", channel)
    for number in range(groups):
        await layer.group_send(f"unit.{number}", {"type": "changed"})
    waiting = [asyncio.create_task(layer.receive(channel)) for channel in channels]
    told, deaf = await asyncio.wait(waiting, timeout=3)
    for task in deaf:
        task.cancel()
    await asyncio.gather(*deaf, return_exceptions=True)
    await layer.flush()
    return len(told)


@pytest.mark.redis
def test_no_message_is_dropped_while_a_server_is_busy(settings, redis_url):
    code = (
        "import json; from workflow_site import settings as s; print(json.dumps(s.CHANNEL_LAYERS))"
    )
    layers = json.loads(start("-c", code, SECRET_KEY="x", REDIS_URL=redis_url).stdout)
    layers["default"]["CONFIG"]["prefix"] = "test.crowded"
    settings.CHANNEL_LAYERS = layers
    channel_layers.backends.clear()
    assert async_to_sync(crowded)(get_channel_layer(), 300) == 300
    channel_layers.backends.clear()


@pytest.mark.redis
def test_a_message_goes_through_redis(settings, redis_url):
    config = {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [redis_url]}}
    settings.CHANNEL_LAYERS = {"default": config}
    channel_layers.backends.clear()
    assert async_to_sync(heard)(get_channel_layer(), {"type": "changed"}) == {"type": "changed"}
    channel_layers.backends.clear()


def test_redis_url_switches_to_redis():
    code = "from workflow_site.settings import CHANNEL_LAYERS as c; print(c['default']['BACKEND'])"
    said = start("-c", code, SECRET_KEY="x", REDIS_URL="redis://127.0.0.1:1/0")
    assert said.stdout.strip() == "channels_redis.core.RedisChannelLayer"


def test_waiting_for_a_message_through_redis_is_no_failure():
    code = "from workflow_site.settings import CHANNEL_LAYERS as c; print(c['default']['CONFIG'])"
    said = start("-c", code, SECRET_KEY="x", REDIS_URL="redis://127.0.0.1:1/0")
    assert "'socket_timeout': None" in said.stdout


def test_without_redis_messages_stay_in_the_process():
    code = "from workflow_site.settings import CHANNEL_LAYERS as c; print(c['default']['BACKEND'])"
    said = start("-c", code, SECRET_KEY="x")
    assert said.stdout.strip() == "channels.layers.InMemoryChannelLayer"
