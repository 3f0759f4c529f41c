"""受信箱 — the table of 転入通知 becomes that of every notice and application. domain §4.2."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("residents", "0005_code_stock_request")]

    operations = [
        migrations.RenameModel("ReceivedMoveIn", "ReceivedNotice"),
        migrations.RenameField("receivednotice", "from_municipality_code", "sender_code"),
        migrations.RenameField("receivednotice", "move_in_date", "effective_on"),
        migrations.RenameField("receivednotice", "notice_date", "told_on"),
        migrations.RenameIndex("receivednotice", new_name="received_notice_list", old_name="received_move_in_list"),
        migrations.RemoveConstraint(
            model_name="receivednotice",
            name="received_move_in_once",
        ),
        migrations.RemoveConstraint(
            model_name="receivednotice",
            name="received_move_in_municipality",
        ),
        migrations.AddField(
            model_name="receivednotice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("move_in", "転入通知"),
                    ("family_register", "戸籍の届出"),
                    ("article_9_2", "法9条2項通知"),
                    ("article_19_2", "法19条2項通知"),
                    ("moving", "引越しの申請"),
                    ("moving_withdrawal", "引越しの申請の取消し"),
                ],
                default="move_in",
                max_length=20,
                verbose_name="種類",
            ),
        ),
        migrations.AddField(
            model_name="receivednotice",
            name="matter",
            field=models.CharField(default="", max_length=40, verbose_name="届出・申請の種類"),
        ),
        migrations.AddField(
            model_name="receivednotice",
            name="revision_no",
            field=models.BigIntegerField(default=1, verbose_name="申請の版"),
        ),
        migrations.AddField(
            model_name="receivednotice",
            name="visit_on",
            field=models.DateField(null=True, verbose_name="来庁予定日"),
        ),
        migrations.AlterField(
            model_name="receivednotice",
            name="control_no",
            field=models.TextField(verbose_name="依頼管理番号・申請番号"),
        ),
        migrations.AlterField(
            model_name="receivednotice",
            name="effective_on",
            field=models.DateField(db_comment="NULL when it is uncertain", null=True, verbose_name="異動日"),
        ),
        migrations.AlterField(
            model_name="receivednotice",
            name="event",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="received_notices", to="residents.civilevent"),
        ),
        migrations.AlterField(
            model_name="receivednotice",
            name="filing",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="received_notices", to="residents.filing"),
        ),
        migrations.AlterField(
            model_name="receivednotice",
            name="person",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="received_notices", to="residents.person"),
        ),
        migrations.AlterField(
            model_name="receivednotice",
            name="sender_code",
            field=models.TextField(default="", verbose_name="送った市区町村"),
        ),
        migrations.AlterField(
            model_name="receivednotice",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "未処理"),
                    ("held", "保留"),
                    ("accepted", "処理済み"),
                    ("repeated", "処理済みと同じ"),
                    ("set_aside", "対象なし"),
                    ("superseded", "新しい通知で処理"),
                    ("withdrawn", "申請の取消し"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="receivednotice",
            name="told_on",
            field=models.DateField(verbose_name="通知・申請の日"),
        ),
        migrations.AddConstraint(
            model_name="receivednotice",
            constraint=models.UniqueConstraint(fields=("municipality_code", "notice_id"), name="received_notice_once"),
        ),
        migrations.AddConstraint(
            model_name="receivednotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ["moving", "moving_withdrawal"])),
                fields=("municipality_code", "kind", "control_no"),
                name="received_application_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="receivednotice",
            constraint=models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="received_notice_municipality"),
        ),
    ]
