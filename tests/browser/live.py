"""The site as its people meet it: a process of its own, on the database of the tests."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from django.conf import settings
from django.db import connection

from permissions.models import User

ROOT = Path(__file__).resolve().parent.parent.parent
#: A loaded machine takes long to start the site; no page is given so much time.
START = 120


@dataclass(frozen=True)
class LiveSite:
    """Where the site answers, and who is known to it."""

    address: str

    def account(self, username: str) -> User:
        """A persona of the demonstration, as “oc.head”."""
        return User.objects.select_related("cadre").get(username=username)


@contextmanager
def host() -> Iterator[socket.socket]:
    """Let a process read the site in demo mode; whoever holds the socket has it served."""
    ours, its = socket.socketpair()
    with its:
        process = subprocess.Popen(  # noqa: S603 -- our own command
            [sys.executable, "-m", "tests.browser.served", str(its.fileno())],
            cwd=ROOT,
            env=os.environ | _environment(),
            pass_fds=[its.fileno()],
        )
    with process, ours:
        yield ours


@contextmanager
def live_site(host: socket.socket) -> Iterator[LiveSite]:
    """Serve the site, once it answers; until then it keeps us at its door."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        socket.send_fds(host, [b"."], [door.fileno()])
        try:
            address = f"http://127.0.0.1:{door.getsockname()[1]}"
            with urlopen(f"{address}/sign-in/", timeout=START):  # noqa: S310 -- our own server
                yield LiveSite(address)
        finally:
            host.sendall(b".")
            host.recv(1)


def _environment() -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "DJANGO_DEBUG": "1",
        "DEMO_MODE": "1",
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": _database_url(),
        "DOCUMENT_ROOT": str(settings.DOCUMENT_ROOT),
        "LOG_KEYS": str(settings.LOG_KEYS),
        "LOG_DROPS": ",".join(settings.LOG_DROPS),
        "REDIS_URL": "",
    }


def _database_url() -> str:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
