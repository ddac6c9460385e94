"""The channel layer: in the process, or through Redis where REDIS_URL names one."""

import pytest
from asgiref.sync import async_to_sync
from channels.layers import channel_layers, get_channel_layer

from tests.site.test_environment import start


async def heard(layer, message):
    channel = await layer.new_channel()
    await layer.group_add("unit", channel)
    await layer.group_send("unit", message)
    return await layer.receive(channel)


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
