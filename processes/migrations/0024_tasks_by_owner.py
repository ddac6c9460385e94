"""The plain index of a task's owner goes: the lists have their own, which keep the order."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Dropped by name: Django would build the table anew on SQLite, and lose its triggers."""

    dependencies = [
        ("processes", "0023_open_figures_from_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL("DROP INDEX processes_casetask_owner_id_3f4d8ea2"),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="casetask",
                    name="owner",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
