"""A case may be about something else than a position, and under more than two editions."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from processes.audit import triggers


def keep_what_was_known(apps, schema_editor):
    """The decree becomes the second edition; the subject is the position as it was called."""
    cases = apps.get_model("processes", "Case").objects.select_related("position__unit")
    for case in cases.iterator():
        case.editions = [key for key in (case.edition, case.decree) if key]
        case.title = f"{case.position.title}, {case.position.unit.name}"
        case.save(update_fields=["editions", "title"])


class Migration(migrations.Migration):

    dependencies = [
        ('processes', '0002_trail_is_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='editions',
            field=models.JSONField(default=list, verbose_name='editions, the leading one first'),
        ),
        migrations.AddField(
            model_name='case',
            name='parent',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='processes.case', verbose_name='grew out of'),
        ),
        migrations.AddField(
            model_name='case',
            name='title',
            field=models.CharField(default='', max_length=300, verbose_name='subject'),
            preserve_default=False,
        ),
        migrations.RunPython(keep_what_was_known, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='case',
            name='decree',
        ),
        migrations.AddField(
            model_name='position',
            name='seats',
            field=models.PositiveSmallIntegerField(default=1, help_text='More than one for seats of deputies and committees.', verbose_name='seats'),
        ),
        migrations.AlterField(
            model_name='case',
            name='opened_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='case',
            name='position',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='processes.position', verbose_name='position'),
        ),
        migrations.AlterField(
            model_name='laneunit',
            name='lane',
            field=models.CharField(choices=[('UNIT', 'Proposing unit'), ('UNIT_HR', 'Personnel section of the unit'), ('UNIT_HEAD', 'Head of the unit'), ('UNIT_PARTY', 'Same-level Party committee'), ('KEY', 'Key cadres'), ('SRC_UNIT', 'Unit where the person works'), ('SRC_HEAD', 'Head of the unit where the person works'), ('SRC_PARTY', 'Party committee where the person works'), ('DST_UNIT', 'Receiving unit'), ('DST_HEAD', 'Head of the receiving unit'), ('CAND', 'The cadre concerned'), ('OC', 'Organization Committee'), ('IC', 'Inspection Committee'), ('IA', 'Internal Affairs Committee'), ('POL', 'Provincial police'), ('STANDING', 'Standing Board'), ('SC', 'Standing Committee'), ('SEC', 'Secretary'), ('EC', 'Executive Committee'), ('CONGRESS', 'Congress'), ('SUPERIOR', 'Superior committee'), ('FRONT', 'Fatherland Front'), ('PC', "People's Council"), ('PCOM', "People's Committee"), ('OFFICE', 'Party Committee Office')], max_length=20, verbose_name='lane'),
        ),
        # SQLite builds a changed table anew, without its triggers.
        migrations.RunPython(triggers.forwards, triggers.backwards),
    ]
