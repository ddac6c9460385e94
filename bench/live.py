"""How soon a change is in the open inboxes: python -m bench.live [INBOXES] [CHANGES].

Servers, Redis and the inboxes are processes on this machine; nothing leaves it. People take tasks
and give them back, each change in another unit than the ones before, so that every message can
be told from the next: it says only that something changed. Prints what it found as JSON.
"""

import json
import os
import resource
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from statistics import median
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit

from bench.bulk import scratch_database
from bench.shape import Shape

INBOXES, CHANGES, MOST = 2_000, 200, 5_000
#: Between two changes, and how long the last messages may take; in seconds.
PAUSE, PATIENCE = 0.1, 3.0
SHAPE = Shape(10_000)
#: One daphne process for each core, as docs/deployment.md says, but no more than two.
SERVERS = min(os.cpu_count() or 1, 2)


def main(inboxes: int, changes: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.ours.settings"
    if not os.environ.get("REDIS_URL"):
        sys.exit("Set REDIS_URL to a Redis database that nobody uses.")
    _allow_sockets(inboxes)
    import django

    django.setup()
    with scratch_database("live"), ExitStack() as open_:
        from bench.ours.filling import fill

        _tell("filling")
        fill(SHAPE)
        ports = [open_.enter_context(_server()) for _ in range(SERVERS)]
        keys = _sessions(inboxes)
        _tell(f"opening {inboxes} inboxes on {SERVERS} servers")
        clients = open_.enter_context(_clients(ports, keys))
        _tell(f"making {changes} changes, load average {os.getloadavg()[0]:.1f}")
        sent = list(_changes(changes))
        wide = _everybody()
        sleep(PATIENCE)
        heard = _heard(clients)
    units = {number: SHAPE.unit_of(number) for number in range(1, inboxes + 1)}
    print(json.dumps(found(sent, wide, heard, units) | {"load": os.getloadavg()[0]}))


def _tell(what: str) -> None:
    print(f"  live: {what}", file=sys.stderr)


def _allow_sockets(inboxes: int) -> None:
    """Let this process and its children have as many sockets as that takes."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = inboxes * 2 + 500
    if hard != resource.RLIM_INFINITY and hard < wanted:
        sys.exit(f"This machine gives a process {hard} open files; {wanted} are needed.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


@contextmanager
def _server() -> Iterator[int]:
    """The site on a port of its own, on the database that has just been filled."""
    from django.db import connection

    url = urlsplit(os.environ["DATABASE_URL"])
    address = url._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as door:
        server = subprocess.Popen(  # noqa: S603 -- our own command
            [sys.executable, "-m", "daphne", "-v", "0", "--fd", str(door.fileno()),
             "workflow_site.asgi:application"],
            env=os.environ | {"DATABASE_URL": address},
            pass_fds=[door.fileno()],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield door.getsockname()[1]
        finally:
            server.terminate()
            server.wait(20)


def _sessions(inboxes: int) -> list[str]:
    """A session for each of the first accounts."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from permissions.models import User

    keys = []
    for user in User.objects.filter(pk__lte=inboxes).order_by("pk"):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "permissions.sessions.PeopleBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        keys.append(str(session.session_key))
    return keys


@contextmanager
def _clients(ports: list[int], keys: list[str]) -> Iterator[Any]:
    """All inboxes, opened by a process of their own; it says when they are."""
    clients = subprocess.Popen(  # noqa: S603 -- our own module
        [sys.executable, "-m", "bench.live_clients", *map(str, ports)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert clients.stdin is not None and clients.stdout is not None  # noqa: PT018
    try:
        clients.stdin.write(json.dumps(keys) + "\n")
        clients.stdin.flush()
        if clients.stdout.readline().strip() != "open":
            sys.exit("The inboxes could not be opened.")
        yield clients
    finally:
        clients.terminate()
        clients.wait(20)


def _changes(count: int) -> Iterator[tuple[int, float]]:
    """Take tasks and give them back, unit by unit: which unit was told, and when."""
    from permissions.catalogue import Act
    from permissions.models import User
    from processes.cases.models import CaseTask
    from processes.steps.actions import give_back, take

    waiting = CaseTask.objects.filter(owner=None, finished=None, act=Act.PREPARE)
    tasks = dict(waiting.order_by("-pk").values_list("unit", "pk"))
    people = {unit: User.objects.get(pk=unit) for unit in tasks if unit <= SHAPE.units}
    turns = [(unit, act) for act in (take, give_back) for unit in people]
    for unit, act in turns[:count]:
        yield unit, _committed(lambda: act(tasks[unit], by=people[unit]))  # noqa: B023
        sleep(PAUSE)


def _committed(act: Callable[[], None]) -> float:
    """When what somebody did was true: the transaction is over, and nobody has been told."""
    from processes.cases import announce

    moments: list[float] = []
    told = announce.send

    def noted(groups: list[str]) -> None:
        moments.append(monotonic())
        told(groups)

    announce.send = noted
    try:
        act()
    finally:
        announce.send = told
    return moments[0]


def _everybody() -> float:
    """Tell every unit at once, as no single change does: the widest that there can be."""
    from processes.cases.announce import send, unit_group

    sleep(1)
    started = monotonic()
    send([unit_group(unit) for unit in range(1, SHAPE.units + 1)])
    return started


def _heard(clients: Any) -> list[list[float]]:
    """When each inbox was told that something changed."""
    clients.stdin.write("end\n")
    clients.stdin.flush()
    heard: list[list[float]] = json.loads(clients.stdout.readline())
    return heard


def found(
    sent: list[tuple[int, float]], wide: float, heard: list[list[float]], units: dict[int, int]
) -> dict[str, Any]:
    """How long the tellings took, in milliseconds, and how many inboxes missed one.

    `sent` are the units that changed with the moments of the commits, `wide` is the moment at
    which all units were told, `heard` what each inbox heard and when, the first inbox first, and
    `units` the unit of each inbox by its number. A change is told once the inbox hears anything
    before its unit changes again: every message says the same.
    """
    waits: list[float] = []
    missed = 0
    for place, (unit, moment) in enumerate(sent):
        later = [when for other, when in sent[place + 1 :] if other == unit]
        until = min([*later, wide])
        for number, times in enumerate(heard, start=1):
            if units[number] != unit:
                continue
            first = next((when for when in times if moment <= when < until), None)
            missed += first is None
            waits += [] if first is None else [(first - moment) * 1000]
    firsts = [next((when for when in times if when >= wide), None) for times in heard]
    at_once = [(when - wide) * 1000 for when in firsts if when is not None]
    return {
        "inboxes": len(heard), "changes": len(sent), "told": len(waits), "lost": missed,
        "median": median(waits or [0.0]), "p99": _p99(waits), "most": max(waits, default=0.0),
        "everybody p99": _p99(at_once), "everybody lost": len(heard) - len(at_once),
        "servers": SERVERS,
    }  # fmt: skip


def _p99(values: list[float]) -> float:
    ordered = sorted(values) or [0.0]
    return ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]


if __name__ == "__main__":
    asked = [int(text) for text in sys.argv[1:3]]
    main(min((asked or [INBOXES])[0], MOST), min((asked[1:] or [CHANGES])[0], CHANGES))
