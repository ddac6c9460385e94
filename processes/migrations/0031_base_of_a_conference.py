"""A conference keeps the base of its day; those called before left out who must not vote."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('processes', '0030_nothing_is_replaced'),
    ]

    operations = [
        migrations.AddField(
            model_name='conference',
            name='barred_in_base',
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
