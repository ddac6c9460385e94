"""Alter history in every way that the owner of a database can, and see what is noticed.

A database of its own on the server of DATABASE_URL, or a SQLite file; both are removed at the end.
"""

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.translation import override

from drill.attacks import ATTACKS, Scene, restore
from processes.cases.models import Case
from processes.demo.stories import advance
from processes.demo.walk import Walk
from processes.evidence.whole import verify_whole
from processes.flows import AppointmentInPlaceFlow
from processes.log.checkpoints import checkpoint
from processes.log.keys import new_key
from processes.log.places import deliver
from processes.talk.writers import say


@dataclass(frozen=True)
class Outcome:
    """What an attack was, whether it was noticed at its place, and what the report says."""

    name: str
    said: str
    found: bool
    lines: int


def history(world: Any, *, keep_copy: Callable[[], None] = lambda: None) -> tuple[Case, Case]:
    """Two cases: one walked to its end, the other to the appraisal; a copy is made in between."""
    new_key("drill.example.vn")
    other = Walk.begin(AppointmentInPlaceFlow, world.positions["state"])
    advance(other, until="decide_policy")
    whole = Walk.begin(AppointmentInPlaceFlow, world.positions["party"])
    advance(whole, until="check_dossier")
    checkpoint(by=None)
    deliver()
    keep_copy()
    say(whole.case, by=world["oc_clerk"], text="Đã đối chiếu hồ sơ.")
    advance(whole)
    checkpoint(by=None)
    deliver()
    return whole.case, other.case


def attacked(attack: Callable[[Scene], None], scene: Scene) -> Outcome:
    """Attack, verify as an inspector would, and say what came out."""
    attack(scene)
    with override("en"):
        said = verify_whole().wrong
    names = {"case": f"case {scene.case}", "other": f"case {scene.other}"}
    pattern = re.compile(ATTACKS[attack].format(**names), re.IGNORECASE)
    told = [line for line in said if pattern.search(line)]
    return Outcome(
        (attack.__doc__ or "").strip(), (told or said or ["nothing"])[0], bool(told), len(said)
    )


@contextmanager
def undone() -> Iterator[None]:
    """Rows and files are afterwards as they were."""
    root = Path(settings.DOCUMENT_ROOT)
    with TemporaryDirectory() as copy:
        shutil.copytree(root, copy, dirs_exist_ok=True)
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        shutil.copytree(copy, root, dirs_exist_ok=True)


@contextmanager
def scratch(folder: Path) -> Iterator["Backups"]:
    """A database, folders and keys of our own."""
    settings.LOG_KEYS = folder / "keys"
    settings.LOG_DROPS, settings.LOG_MAIL = [str(folder / "drop")], []
    settings.DOCUMENT_ROOT = settings.MEDIA_ROOT = folder / "documents"
    for name in ("drop", "documents"):
        (folder / name).mkdir()
    name = f"drill_{folder.name}".lower()
    before = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        name = str(folder / "site.sqlite3")
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    backups = Backups()
    try:
        yield backups
    finally:
        backups.remove()
        connection.creation.destroy_test_db(before, verbosity=0)


class Backups:
    """A copy of the whole database, made and put back as an operator would."""

    def __init__(self) -> None:
        self._live = connection.settings_dict["NAME"]
        self._copy = f"{self._live}_copy"

    def make(self) -> None:
        connection.close()
        if connection.vendor == "sqlite":
            shutil.copy(self._live, self._copy)
        else:
            self._on_server(f'CREATE DATABASE "{self._copy}" TEMPLATE "{self._live}"')

    def put_back(self) -> None:
        """The copy takes the place of what is there; it is the last thing that is done."""
        connection.close()
        if connection.vendor == "sqlite":
            for more in ("-wal", "-shm"):
                Path(f"{self._live}{more}").unlink(missing_ok=True)
            shutil.copy(self._copy, self._live)
        else:
            self._on_server(f'DROP DATABASE "{self._live}"')
            self._on_server(f'CREATE DATABASE "{self._live}" TEMPLATE "{self._copy}"')

    def remove(self) -> None:
        connection.close()
        if connection.vendor == "sqlite":
            Path(self._copy).unlink(missing_ok=True)
        else:
            self._on_server(f'DROP DATABASE IF EXISTS "{self._copy}"')

    @staticmethod
    def _on_server(statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


def main() -> int:
    from tests.world import small_world

    with TemporaryDirectory(prefix="drill") as name, scratch(Path(name)) as backups:
        call_command("rules", adopt=True, verbosity=0)
        print("building a history", file=sys.stderr)
        case, other = history(small_world(), keep_copy=backups.make)
        scene = Scene(case.pk, other.pk, backups.put_back)
        sound = verify_whole()
        assert sound.sound, sound.wrong
        outcomes = []
        for attack in ATTACKS:
            if attack is not restore:
                with undone():
                    outcomes.append(attacked(attack, scene))
        outcomes.append(attacked(restore, scene))  # it cannot be undone: the backup is the database
        print("\n".join(table(outcomes, f"{connection.vendor}, {sound.entries} entries")))
    return 0 if all(outcome.found for outcome in outcomes) else 1


def table(outcomes: list[Outcome], about: str) -> Iterator[str]:
    """Markdown: each attack, whether it was found, and the first thing that is said of it."""
    yield f"| Attack ({about}) | Found | The report says |"
    yield "|---|---|---|"
    for one in outcomes:
        more = f" (and {one.lines - 1} more)" if one.lines > 1 else ""
        yield f"| {one.name} | {'yes' if one.found else 'NO'} | {one.said}{more} |"


if __name__ == "__main__":
    sys.exit(main())
