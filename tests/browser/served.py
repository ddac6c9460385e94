"""The site, read once and served anew for each test by a fork, which has nothing of a test before.

Tests say over a socket when a server is to begin, with the door at which it is to answer, and when
it is to end. To read the site takes longer than most of what a test asks of it.
"""

import os
import socket
import sys
from multiprocessing import get_context
from multiprocessing.context import ForkProcess

from dj_db_conn_pool.core import pool_container
from django.db import connections
from django.urls import get_resolver

#: So many seconds a server has to end what it is at.
GRACE = 3


def main(control: socket.socket) -> None:
    """Serve whoever asks, one after the other, until nobody is there any more to ask."""
    read()
    while doors := socket.recv_fds(control, 1, 1)[1]:
        server = get_context("fork").Process(target=serve, args=doors)
        server.start()
        os.close(doors[0])
        control.recv(1)
        stop(server)
        control.sendall(b".")


def read() -> None:
    """Have in memory what a server needs, but no connection and no loop: forks cannot share one."""
    import autobahn.twisted.websocket  # noqa: F401 -- most of daphne that has no loop yet

    from workflow_site import asgi  # noqa: F401 -- sets the site up, as it is where it is served

    assert get_resolver().url_patterns
    assert "twisted.internet.reactor" not in sys.modules
    connections.close_all()
    pool_container.dispose()
    pool_container.clear()


def serve(door: int) -> None:
    """What the command daphne does, which makes its loop when it is read."""
    from daphne.cli import CommandLineInterface

    CommandLineInterface().run(["-v", "0", "--fd", str(door), "workflow_site.asgi:application"])


def stop(server: ForkProcess) -> None:
    """Let it end its requests; one that waits for nobody any more is ended for it."""
    server.terminate()
    server.join(GRACE)
    if server.is_alive():
        server.kill()
        server.join()


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
