"""Indexes go that nothing asks by: each made every step slower.

They are dropped by name. Django would build the tables anew on SQLite, and lose their triggers.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

COLUMNS = {
    "casetask": ("created", "external_task_id", "owner_permission_content_type_id", "scheduled",
                 "status"),
    "notice": ("by_id", "person_id"),
    "participant": ("unit_id",),
}  # fmt: skip


def drop(apps, schema_editor):
    """Drop the plain indexes of these columns, on PostgreSQL also those for beginnings of words."""
    connection, quote = schema_editor.connection, schema_editor.quote_name
    for name, columns in COLUMNS.items():
        table = apps.get_model("processes", name)._meta.db_table
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, table)
        for index, facts in found.items():
            kept = ("primary_key", "unique", "foreign_key", "check")
            plain = facts["index"] and not any(facts[kind] for kind in kept)
            single = len(facts["columns"]) == 1 and facts["columns"][0] in columns
            if plain and single and index.startswith(table):
                schema_editor.execute(f"DROP INDEX {quote(index)}")


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('processes', '0017_talk'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(drop),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='casetask',
                    name='created',
                    field=models.DateTimeField(default=django.utils.timezone.now),
                ),
                migrations.AlterField(
                    model_name='casetask',
                    name='external_task_id',
                    field=models.CharField(blank=True, max_length=50, null=True),
                ),
                migrations.AlterField(
                    model_name='casetask',
                    name='owner_permission_content_type',
                    field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype'),
                ),
                migrations.AlterField(
                    model_name='casetask',
                    name='scheduled',
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AlterField(
                    model_name='casetask',
                    name='status',
                    field=models.CharField(choices=[('ASSIGNED', 'Assigned'), ('CANCELED', 'Canceled'), ('DONE', 'Done'), ('ERROR', 'Error'), ('NEW', 'New'), ('REVIVED', 'Revived'), ('SCHEDULED', 'Scheduled'), ('STARTED', 'Started')], default='NEW', max_length=50),
                ),
                migrations.AlterField(
                    model_name='notice',
                    name='by',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AlterField(
                    model_name='notice',
                    name='person',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AlterField(
                    model_name='participant',
                    name='unit',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='processes.unit'),
                ),
            ]
        ),
    ]
