"""Nothing ends before it begins, and nobody is their own relative: the database refuses it."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('processes', '0032_days_settled'),
    ]

    operations = [
        migrations.AlterField(
            model_name='position',
            name='term_years',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(50)], verbose_name='term in years'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='body_days_in_order', violation_error_message='The end comes before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='competence',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='competence_days_in_order', violation_error_message='The end comes before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='composition',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='composition_days_in_order', violation_error_message='The end comes before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='kinship',
            constraint=models.CheckConstraint(condition=models.Q(('cadre', models.F('relative')), _negated=True), name='nobody_is_their_own_kin', violation_error_message='Nobody is their own relative; choose somebody else.'),
        ),
        migrations.AddConstraint(
            model_name='laneunit',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='lane_days_in_order', violation_error_message='The end comes before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='membership_days_in_order', violation_error_message='The end comes before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='pendingmatter',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='matter_days_in_order', violation_error_message='The end comes before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='planning',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('approved_on')), _connector='OR'), name='planning_days_in_order', violation_error_message='The end comes before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='position_days_in_order', violation_error_message='The end comes before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='postheld',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='post_days_in_order', violation_error_message='The end comes before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='producttargetset',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='target_set_days_in_order', violation_error_message='The end comes before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='rotationscheme',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='scheme_days_in_order', violation_error_message='The end comes before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='term_days_in_order', violation_error_message='The end comes before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='titlestandard',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='standard_days_in_order', violation_error_message='The end comes before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='unit_days_in_order', violation_error_message='The end comes before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='unitname',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='unit_name_days_in_order', violation_error_message='The end comes before the beginning.'),
        ),
    ]
