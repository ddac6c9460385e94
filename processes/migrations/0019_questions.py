"""Questions to the trail, and the indexes by which it is searched."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from processes.audit import triggers

#: Each has an index with the moment besides, which serves as well.
COLUMNS = ("by_id", "behalf_id", "unit_id")


def drop(apps, schema_editor):
    """Drop the plain indexes of these columns by name, so that SQLite keeps the table."""
    connection, quote = schema_editor.connection, schema_editor.quote_name
    table = apps.get_model("processes", "auditentry")._meta.db_table
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
    for index, facts in found.items():
        kept = ("primary_key", "unique", "foreign_key", "check")
        plain = facts["index"] and not any(facts[kind] for kind in kept)
        single = len(facts["columns"]) == 1 and facts["columns"][0] in COLUMNS
        if plain and single and index.startswith(table):
            schema_editor.execute(f"DROP INDEX {quote(index)}")


class Migration(migrations.Migration):

    dependencies = [
        ('processes', '0018_indexes_that_are_used'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(drop),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='auditentry',
                    name='behalf',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AlterField(
                    model_name='auditentry',
                    name='by',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
                ),
                migrations.AlterField(
                    model_name='auditentry',
                    name='unit',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='processes.unit'),
                ),
            ]
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=30, verbose_name='question')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('values', models.JSONField(default=dict)),
                ('scope', models.JSONField(default=dict)),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked')),
                ('rows', models.PositiveIntegerField(verbose_name='lines')),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'question to the trail',
                'verbose_name_plural': 'questions to the trail',
                'ordering': ['-id'],
            },
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='event',
            field=models.CharField(choices=[('opened', 'case opened'), ('taken', 'task taken'), ('given_back', 'task given back'), ('handed_over', 'task handed over'), ('entrusted', 'task given to another to prepare'), ('prepared', 'prepared work handed in'), ('got_back', 'task got back'), ('concluded', 'step concluded'), ('passed', 'automatic step passed'), ('ended', 'case ended'), ('held', 'case held'), ('resumed', 'case resumed'), ('prioritised', 'priority set'), ('restarted', 'case restarted from a step'), ('withdrawn', 'case withdrawn'), ('excepted', 'exception granted'), ('opined', 'opinion given'), ('rostered', 'eligibility checked'), ('called', 'conference called'), ('attended', 'attendance taken'), ('count_opened', 'count opened'), ('counted', 'count entered'), ('recount', 'recount ordered'), ('vote_closed', 'vote closed'), ('voided', 'conference voided'), ('ruled', 'tie ruled on'), ('uploaded', 'document uploaded'), ('generated', 'document drawn up'), ('numbered', 'document numbered'), ('downloaded', 'document downloaded'), ('read', 'dossier read'), ('refused', 'action refused'), ('reminded', 'reminder sent'), ('escalated', 'deadline passed, escalated'), ('extended', 'deadline extended'), ('explained', 'delay explained in writing'), ('feed_opened', 'calendar feed opened'), ('feed_closed', 'calendar feed closed'), ('granted', 'role granted'), ('revoked', 'role ended'), ('deputed', 'deputy appointed'), ('deputy_ended', "deputy's time ended"), ('changed', 'data changed'), ('imported', 'data imported'), ('signed_in', 'signed in'), ('signed_out', 'signed out'), ('moved', 'moved to the successor'), ('adopted', 'rules adopted'), ('planned', 'rotation planned'), ('ordered', 'mission ordered'), ('delivered', 'product handed in'), ('judged', 'product judged'), ('review_opened', 'review opened'), ('reviewed', 'mission reviewed'), ('commented', 'comment written'), ('reworded', 'comment worded anew'), ('comment_withdrawn', 'comment withdrawn'), ('comment_moved', 'comment moved into the case'), ('entitled', 'entitlement changed'), ('checkpointed', 'checkpoint signed'), ('rekeyed', 'key of the log changed'), ('bundled', 'evidence handed out'), ('asked', 'trail searched')], max_length=20, verbose_name='event'),
        ),
        migrations.AlterField(
            model_name='inquiry',
            name='kind',
            field=models.CharField(choices=[('bundle', 'evidence of a case'), ('verification', 'verification of everything'), ('export', 'answer to be verified')], max_length=12, verbose_name='kind'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(condition=models.Q(('behalf__isnull', False)), fields=['behalf', '-at'], name='entry_by_behalf'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['step', '-at'], name='entry_by_step'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['role', '-at'], name='entry_by_role'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['edition', '-at'], name='entry_by_edition'),
        ),
        migrations.AddField(
            model_name='question',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='question',
            name='checkpoint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='processes.checkpoint'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='question',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exports', to='processes.question'),
        ),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(fields=['by', '-id'], name='question_by_person'),
        ),
        migrations.RunPython(triggers.forwards, triggers.backwards),
    ]
