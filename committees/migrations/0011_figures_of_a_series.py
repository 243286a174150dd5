import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('committees', '0010_figures_by_kind'),
    ]

    operations = [
        migrations.AlterField(
            model_name='statistic',
            name='committee',
            field=models.ForeignKey(db_index=False, help_text='Whom the figure is about.', on_delete=django.db.models.deletion.PROTECT, related_name='statistics', to='committees.committee', verbose_name='committee'),
        ),
        migrations.AlterField(
            model_name='statistic',
            name='indicator',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='statistics', to='committees.indicator', verbose_name='indicator'),
        ),
        migrations.AddIndex(
            model_name='statistic',
            index=models.Index(fields=['indicator', 'kind', '-published_at', '-id'], name='committees_stat_side'),
        ),
        migrations.AddIndex(
            model_name='statistic',
            index=models.Index(fields=['committee', 'indicator', 'kind', '-published_at', '-id'], name='committees_stat_of_series'),
        ),
        migrations.AddIndex(
            model_name='statistic',
            index=models.Index(fields=['committee', 'indicator', 'period_ends_on'], name='committees_stat_closing'),
        ),
    ]
