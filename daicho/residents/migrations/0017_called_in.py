"""転出証明書の回収 — two more things that become of a copy: to be called in when a 転出 is cancelled, and called in. std 1.3.8 (N-1.3.8-11)."""

from django.db import migrations, models

_KINDS = [
    ("wrong", "誤って発行し、回収して処分した"),
    ("spoiled", "印刷の不良により処分した"),
    ("withdrawn", "請求の取下げにより処分した"),
    ("not_recovered", "誤って発行し、まだ回収していない"),
    ("to_call_in", "転出の取消しにより、回収が必要"),
    ("called_in", "転出の取消しにより、回収して処分した"),
    ("mistaken", "処分の記録が誤り（この写しは有効）"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("residents", "0016_security_paper"),
    ]

    operations = [
        migrations.AlterField(
            model_name="issuedisposal",
            name="kind",
            field=models.CharField(choices=_KINDS, max_length=16, verbose_name="処分"),
        ),
    ]
