"""A course that was seen to be finished says so in its log."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('course', '0002_groups'),
        ('practice', '0002_fair_comparisons'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='logline',
            name='a_log_line_is_of_a_known_kind',
        ),
        migrations.AlterField(
            model_name='logline',
            name='kind',
            field=models.CharField(choices=[('began', 'began, or changed the pace'), ('practised', 'practised'), ('paused', 'took a break'), ('resumed', 'went on'), ('stayed', 'stayed one more week'), ('chose', 'chose own practices'), ('left', 'left'), ('finished', 'came to its end')], max_length=9),
        ),
        migrations.AddConstraint(
            model_name='logline',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['began', 'practised', 'paused', 'resumed', 'stayed', 'chose', 'left', 'finished'])), name='a_log_line_is_of_a_known_kind'),
        ),
    ]
