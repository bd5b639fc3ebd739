"""Groups, who is in them, their meetings, who came, and letters about them."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('course', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Group',
            fields=[
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('name', models.CharField(max_length=100)),
                ('programme', models.CharField(blank=True, default='', max_length=100)),
                ('time_zone', models.CharField(blank=True, default='', max_length=64)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('link', models.CharField(blank=True, default='', max_length=500)),
                ('is_elsewhere', models.BooleanField(default=False)),
                ('led_by', models.CharField(blank=True, default='', max_length=100)),
                ('secret', models.CharField(default=None, max_length=64, null=True, unique=True)),
            ],
            options={
                'ordering': ['made_at', 'uuid'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_group_has_a_name'), models.CheckConstraint(condition=models.Q(('minutes__gt', 0), ('minutes__lte', 720)), name='a_groups_meetings_last'), models.CheckConstraint(condition=models.Q(('link', ''), ('link__startswith', 'https://'), _connector='OR'), name='a_groups_link_is_https'), models.CheckConstraint(condition=models.Q(models.Q(('is_elsewhere', False), ('led_by', '')), models.Q(('is_elsewhere', True), ('secret__isnull', True)), _connector='OR'), name='a_group_elsewhere_invites_nobody')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('week', models.CharField(blank=True, default='', max_length=100)),
                ('begins', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('led_by', models.CharField(blank=True, default='', max_length=100)),
                ('link', models.CharField(blank=True, default='', max_length=500)),
                ('agenda', models.CharField(blank=True, default='', max_length=4000)),
                ('summary', models.CharField(blank=True, default='', max_length=4000)),
                ('version', models.PositiveIntegerField(default=0)),
                ('is_off', models.BooleanField(default=False)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='course.group')),
            ],
            options={
                'ordering': ['begins', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('programme', models.CharField(blank=True, default='', max_length=100)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='accounts.person')),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='attendances', to='course.meeting')),
            ],
            options={
                'ordering': ['at', 'uuid'],
            },
        ),
        migrations.CreateModel(
            name='MeetingLetter',
            fields=[
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('handing', 'handing'), ('sent', 'sent'), ('failed', 'failed'), ('unsure', 'unsure'), ('dropped', 'dropped')], default='waiting', max_length=7)),
                ('token', models.UUIDField(default=None, null=True)),
                ('try_at', models.DateTimeField(default=django.utils.timezone.now, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='course.meeting')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meeting_letters', to='accounts.person')),
            ],
            options={
                'ordering': ['try_at', 'uuid'],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('name', models.CharField(blank=True, default='', max_length=100)),
                ('is_leading', models.BooleanField(default=False)),
                ('by_mail', models.BooleanField(default=True)),
                ('is_reminded', models.BooleanField(default=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='course.group')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='accounts.person')),
            ],
            options={
                'ordering': ['joined_at', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['begins'], name='meeting_begins'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(fields=('group', 'number'), name='each_meeting_of_a_group_once'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gt', 0), ('minutes__lte', 720)), name='a_meeting_lasts'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('link', ''), ('link__startswith', 'https://'), _connector='OR'), name='a_meetings_link_is_https'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(condition=models.Q(('meeting__isnull', False)), fields=('person', 'meeting'), name='once_at_a_meeting'),
        ),
        migrations.AddIndex(
            model_name='meetingletter',
            index=models.Index(condition=models.Q(('try_at__isnull', False)), fields=['try_at'], name='meeting_letter_open'),
        ),
        migrations.AddConstraint(
            model_name='meetingletter',
            constraint=models.UniqueConstraint(fields=('meeting', 'person', 'version'), name='each_letter_of_a_meeting_once'),
        ),
        migrations.AddConstraint(
            model_name='meetingletter',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('waiting', 'handing', 'sent', 'failed', 'unsure', 'dropped'))), name='a_letter_of_a_meeting_stands_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('group', 'person'), name='once_in_a_group'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('is_leading', True)), fields=('group',), name='one_leads_a_group'),
        ),
    ]
