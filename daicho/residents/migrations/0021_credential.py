"""交付の形に検証可能な証明データを加える — a third form of a copy; no column changes. decision 0046."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("residents", "0020_asking")]
    operations = [
        migrations.AlterField(
            model_name="certificateissue",
            name="output",
            field=models.CharField(
                choices=[("paper", "紙"), ("electronic", "電子（署名付きPDF）"), ("credential", "電子（検証可能な証明データ）")],
                default="paper",
                max_length=10,
                verbose_name="交付の形",
            ),
        )
    ]
