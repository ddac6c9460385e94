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
PATIENCE = 20
#: So many seconds a server has to end what it is at.
GRACE = 3
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
def live_site() -> Iterator[LiveSite]:
    """Serve the site in demo mode, once it answers; until then it keeps us at its door."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        command = [sys.executable, "-m", "daphne", "-v", "0", "--fd", str(door.fileno())]
        server = subprocess.Popen(  # noqa: S603 -- our own command
            [*command, "workflow_site.asgi:application"],
            cwd=ROOT,
            env=os.environ | _environment(),
            pass_fds=[door.fileno()],
        )
        try:
            address = f"http://127.0.0.1:{door.getsockname()[1]}"
            with urlopen(f"{address}/sign-in/", timeout=START):  # noqa: S310 -- our own server
                yield LiveSite(address)
        finally:
            stop(server)


def stop(server: "subprocess.Popen[bytes]") -> None:
    """Let it end its requests; one that waits for nobody any more is ended for it."""
    server.terminate()
    try:
        server.wait(GRACE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait(PATIENCE)


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
