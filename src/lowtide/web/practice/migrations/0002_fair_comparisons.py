"""Fair comparisons: their design, kept for good, and whether they were stopped."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('practice', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Comparison',
            fields=[
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('first_day', models.DateField()),
                ('techniques', models.JSONField()),
                ('schedule', models.JSONField()),
                ('measure', models.CharField(max_length=10)),
                ('length_ms', models.PositiveIntegerField()),
                ('seed', models.BigIntegerField()),
                ('stopped_at', models.DateTimeField(default=None, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comparisons', to='accounts.person')),
            ],
            options={
                'ordering': ['made_at', 'uuid'],
                'get_latest_by': 'made_at',
                'constraints': [models.CheckConstraint(condition=models.Q(('length_ms__gt', 0), ('length_ms__lte', 43200000)), name='a_comparison_has_a_possible_length'), models.CheckConstraint(condition=models.Q(('measure__in', ['pain', 'tension', 'stress'])), name='a_comparison_is_of_a_known_measure'), models.CheckConstraint(condition=models.Q(('seed__gte', 0)), name='a_comparison_has_a_seed')],
            },
        ),
    ]
