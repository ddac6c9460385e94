"""History is kept: the database refuses to alter the trail and to delete what it tells of."""

from django.db import migrations

from processes.audit import triggers


class Migration(migrations.Migration):
    dependencies = [
        ("processes", "0001_initial"),
        ("permissions", "0002_initial"),
    ]

    operations = [migrations.RunPython(triggers.forwards, triggers.backwards)]
