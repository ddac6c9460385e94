"""Open inboxes of many people, for `bench.live`: python -m bench.live_clients PORT...

Reads the sessions from its first line, says “open” when every socket is, and at the end when
each was told that something changed, by the clock that all processes of a machine share.
"""

import asyncio
import json
import sys
from contextlib import suppress
from time import monotonic

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

#: Opened side by side; more would wait at the door of a server with one thread.
TOGETHER = 20
ATTEMPTS = 10


async def opened(port: int, key: str, gate: asyncio.Semaphore) -> ClientConnection:
    """The socket of a page that its person has just opened."""
    async with gate:
        for _attempt in range(ATTEMPTS):  # a page comes again as well when a server is busy
            with suppress(InvalidHandshake, OSError, EOFError):
                return await connect(
                    f"ws://127.0.0.1:{port}/ws/inbox/",
                    additional_headers={"Cookie": f"sessionid={key}"},
                    origin=f"http://127.0.0.1:{port}",  # type: ignore[arg-type]
                    open_timeout=60,
                    ping_interval=None,
                    compression=None,
                    proxy=None,
                )
            await asyncio.sleep(1)
    raise SystemExit(f"The site on port {port} opens no inbox.")


async def listening(inbox: ClientConnection, told: list[float]) -> None:
    """Note when something is said."""
    with suppress(ConnectionClosed):
        while True:
            await inbox.recv()
            told.append(monotonic())


async def main(ports: list[int]) -> None:
    keys = json.loads(await asyncio.to_thread(sys.stdin.readline))
    gate = asyncio.Semaphore(TOGETHER)
    waiting = [opened(ports[n % len(ports)], key, gate) for n, key in enumerate(keys)]
    inboxes = await asyncio.gather(*waiting)
    told: list[list[float]] = [[] for _inbox in inboxes]
    tasks = [asyncio.create_task(listening(*pair)) for pair in zip(inboxes, told, strict=True)]
    print("open", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    print(json.dumps(told), flush=True)
    for task in tasks:
        task.cancel()


if __name__ == "__main__":
    asyncio.run(main([int(port) for port in sys.argv[1:]]))
