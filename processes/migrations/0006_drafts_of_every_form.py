"""A draft belongs to the page of its form, whether that is about a task, a case or neither."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def name_the_page(apps, schema_editor):
    """Give drafts that there are the address of the page of their task."""
    for draft in apps.get_model("processes", "Draft").objects.select_related("task__process"):
        case = draft.task.process
        draft.case, draft.title = case, case.code
        draft.address = f"/cases/{case.pk}/tasks/{draft.task_id}/"
        draft.part = draft.data.get("part", "")
        draft.save(update_fields=["case", "title", "address", "part"])


class Migration(migrations.Migration):
    dependencies = [
        ("processes", "0005_tasks_change_hands"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="draft", name="one_draft_each"),
        migrations.AddField(
            model_name="draft",
            name="address",
            field=models.CharField(default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="draft", name="part", field=models.CharField(blank=True, max_length=20)
        ),
        migrations.AddField(
            model_name="draft",
            name="title",
            field=models.CharField(default="", max_length=300),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="draft",
            name="begun_at",
            field=models.DateTimeField(
                auto_now_add=True, default=django.utils.timezone.now
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="draft",
            name="case",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="processes.case",
            ),
        ),
        migrations.AddField(
            model_name="draft", name="offered", field=models.JSONField(default=dict)
        ),
        migrations.AddField(
            model_name="draft", name="seen", field=models.BigIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="draft", name="version", field=models.PositiveIntegerField(default=1)
        ),
        migrations.AlterField(
            model_name="draft",
            name="task",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="drafts",
                to="processes.casetask",
            ),
        ),
        migrations.RunPython(name_the_page, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                fields=("by", "address", "part"), name="one_draft_each"
            ),
        ),
    ]
