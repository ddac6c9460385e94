"""The tables of the test database: from the models, and where all must run from the migrations.

Going through every migration takes longer than most modules. That the models and the migrations
say the same is checked by script/check; `.ci/run` goes through them on both databases.
"""

import os
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.signals import pre_migrate
from pytest_django.plugin import DjangoDbBlocker

from processes.audit import triggers
from processes.search import extensions


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """Whether to go through the migrations, which pytest-django asks before it makes a database."""
    through = bool(os.environ.get("REQUIRE_ALL"))
    if not through:
        pre_migrate.connect(_with_extensions)
    return through


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_use_migrations: bool, django_db_blocker: DjangoDbBlocker
) -> None:
    """What migrations do beside tables: triggers, and to be known as done."""
    if django_db_use_migrations:
        return
    settings.MIGRATION_MODULES = {}
    with django_db_blocker.unblock():
        triggers.install(connection)
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        recorder.migration_qs.bulk_create(
            recorder.Migration(app=app, name=name)
            for app, name in MigrationLoader(connection).graph.nodes
        )


def _with_extensions(**_: Any) -> None:
    extensions.create(None, SimpleNamespace(connection=connection))
