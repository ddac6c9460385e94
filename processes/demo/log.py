"""A log of the demonstration: a key of its own, a first checkpoint, and a copy of it outside."""

import shutil
from pathlib import Path

from django.conf import settings

from processes.log.checkpoints import checkpoint
from processes.log.keys import new_key
from processes.log.places import deliver

ORIGIN = "demo.personnel-procedures"


def build_log() -> None:
    """Begin a log. What a demonstration before it left in `var` is not of this one."""
    for name in (settings.LOG_KEYS, *settings.LOG_DROPS):
        folder = Path(str(name))
        if folder.is_relative_to(settings.VAR):
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
    new_key(ORIGIN)
    checkpoint(by=None)
    deliver()
