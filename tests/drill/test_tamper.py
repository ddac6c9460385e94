"""Every attack of the drill is noticed, and the report names the place."""

import shutil
from pathlib import Path
from tempfile import mkdtemp

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.test import override_settings

from drill.attacks import ATTACKS, Scene, as_owner, no_triggers
from drill.tamper import attacked, history, table, undone
from processes.audit.models import AuditEntry, ChainHead
from processes.evidence.whole import verify_whole
from processes.log.models import LogLeaf, LogTile
from tests.world import small_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def folders():
    """Keys, copies outside and papers of this module."""
    root = mkdtemp()
    places = {
        "LOG_KEYS": f"{root}/keys", "LOG_DROPS": [f"{root}/drop"], "LOG_MAIL": [],
        "DOCUMENT_ROOT": f"{root}/papers", "MEDIA_ROOT": f"{root}/papers",
    }  # fmt: skip
    with override_settings(**places):
        for place in (*settings.LOG_DROPS, settings.DOCUMENT_ROOT):
            Path(place).mkdir()
        yield
    shutil.rmtree(root)


@pytest.fixture(scope="module")
def scene(folders, django_db_setup, django_db_blocker):
    """A history with two cases, gone when the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        last = []
        case, other = history(small_world(), keep_copy=lambda: last.append(newest()))
        yield Scene(case.pk, other.pk, lambda: put_back(last[0]))
        transaction.set_rollback(True)
    connection.close()


def newest():
    return AuditEntry.objects.aggregate(last=Max("pk"))["last"]


def put_back(last):
    """Leave what a backup has that was made at this entry; `script/drill` puts a real one back."""
    with as_owner() as cursor:
        cursor.execute("DELETE FROM processes_delivery WHERE checkpoint_id = 2")
        cursor.execute("DELETE FROM processes_checkpoint WHERE number = 2")
        LogLeaf.objects.filter(entry__gt=last)._raw_delete("default")
        AuditEntry.objects.filter(pk__gt=last)._raw_delete("default")
    for head in ChainHead.objects.all():
        entry = AuditEntry.objects.filter(chain=head.chain).latest("seq")
        ChainHead.objects.filter(chain=head.chain).update(seq=entry.seq, hash=entry.hash)
    hashes = bytes(LogTile.objects.get(level=0).hashes)
    LogTile.objects.update(hashes=hashes[: LogLeaf.objects.count() * 32])


def test_before_the_attacks_everything_is_sound(scene):
    found = verify_whole()
    assert found.wrong == []
    assert (found.checkpoints, found.outside, found.entries) == (2, 2, found.leaves)
    assert found.papers > 5


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_it_is_noticed_and_its_place_is_named(scene, attack):
    with undone():
        outcome = attacked(attack, scene)
    assert outcome.found, outcome.said


def test_after_the_attacks_everything_is_sound_again(scene):
    with undone():
        attacked(no_triggers, scene)
    assert verify_whole().sound


def test_the_table_says_what_was_not_noticed(scene):
    with undone():
        outcome = attacked(no_triggers, scene)
    lines = list(table([outcome], "here"))
    assert lines[0].startswith("| Attack (here) |")
    assert "| yes | The trigger" in lines[2]
