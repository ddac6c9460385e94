"""A salt for what the trail hides, and the unit in which each deadline runs."""

from typing import Any

from django.db import migrations, models

from processes.conferences.models import new_salt


def as_they_were(apps: Any, schema_editor: Any) -> None:
    """Open deadlines were moved by working days until now; they go on so."""
    apps.get_model("processes", "Clock").objects.filter(stopped_on__isnull=True).update(
        unit="working_day"
    )


class Migration(migrations.Migration):
    dependencies = [("processes", "0007_the_log")]

    operations = [
        migrations.AddField(
            "clock", "unit", models.CharField("unit of time", blank=True, default="", max_length=20)
        ),
        migrations.AlterField(
            "clock", "unit", models.CharField("unit of time", blank=True, max_length=20)
        ),
        migrations.RunPython(as_they_were, migrations.RunPython.noop),
        # What was told without a salt has none; new rows make their own.
        *(
            operation(
                model, "salt", models.CharField(default=default, editable=False, max_length=32)
            )
            for model in ("conference", "countentry")
            for operation, default in (
                (migrations.AddField, ""),
                (migrations.AlterField, new_salt),
            )
        ),
    ]
