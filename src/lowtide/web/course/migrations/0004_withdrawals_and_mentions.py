"""Last letters that take meetings out of calendars; and who knows that there are courses."""


import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('course', '0003_finished'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='course_mention', serialize=False, to='accounts.person')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='course_withdrawals', to='accounts.person')),
                ('to', models.EmailField(max_length=254)),
                ('subject', models.CharField(max_length=300)),
                ('body', models.TextField()),
                ('file', models.TextField()),
                ('until', models.DateTimeField()),
                ('is_handing', models.BooleanField(default=False)),
                ('token', models.UUIDField(default=None, null=True)),
                ('try_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['try_at', 'uuid'],
                'constraints': [models.CheckConstraint(condition=models.Q(('to', ''), _negated=True), name='a_withdrawal_goes_to_somebody')],
            },
        ),
    ]
