from django.db import migrations

from processes.audit import triggers


class Migration(migrations.Migration):
    """On SQLite no row that is kept is removed by another one that takes its place."""

    dependencies = [("processes", "0029_a_task_moves_too")]

    operations = [migrations.RunPython(triggers.forwards, migrations.RunPython.noop)]
