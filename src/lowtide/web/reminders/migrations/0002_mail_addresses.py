"""Addresses for letters on a machine of one's own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('reminders', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='MailAddress',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='mail_address', serialize=False, to='accounts.person')),
                ('address', models.EmailField(max_length=254)),
            ],
            options={
                'verbose_name_plural': 'mail addresses',
                'constraints': [models.CheckConstraint(condition=models.Q(('address', ''), _negated=True), name='a_mail_address_is_one')],
            },
        ),
    ]
