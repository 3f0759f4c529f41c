"""附票の通知先がない者 — the clerk's list of whom no 本籍 says where the 附票 is. 住民基本台帳法第19条第1項."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("residents", "0007_immigration")]

    operations = [
        migrations.CreateModel(
            name="FuhyoWithoutSeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("public_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("noted_at", models.DateTimeField(verbose_name="一覧に載せた日時")),
                ("note", models.TextField(default="", verbose_name="処理の内容")),
                ("handled_by", models.CharField(default="", max_length=80, verbose_name="処理した者")),
                ("handled_at", models.DateTimeField(null=True, verbose_name="処理日時")),
                (
                    "event",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="fuhyo_without_seat", to="residents.civilevent"),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="fuhyo_without_seat", to="residents.person"),
                ),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("handled_at", None)), fields=["municipality_code", "noted_at"], name="fuhyo_without_seat_open")],
                "constraints": [models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="fuhyo_without_seat_municipality")],
            },
        ),
    ]
