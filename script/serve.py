"""Prepare the database and run the site, in one process: a second start takes seconds.

script/serve.py 127.0.0.1:8000 [--reload]
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workflow_site.settings")
os.environ.setdefault("DATABASE_POOL", "10")

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def behind() -> bool:
    """Whether the database lacks a migration."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def prepare() -> None:
    """Bring the database up to date; fill an empty one with the demonstration."""
    if behind():
        print("Preparing the database; this takes a moment the first time.", flush=True)
        call_command("migrate", verbosity=0, interactive=False)
    call_command("rules", adopt=True)
    if settings.DEMO_MODE:
        call_command("demo", if_empty=True)


if __name__ == "__main__":
    django.setup()
    # The reloader starts this script a second time, as its child.
    if os.environ.get("RUN_MAIN") != "true":
        prepare()
    connection.close()
    call_command("runserver", sys.argv[1], use_reloader="--reload" in sys.argv)
