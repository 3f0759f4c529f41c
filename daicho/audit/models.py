"""操作履歴の表 — the trail, its leaves and its seals; all INSERT only. 標準10.2（書き込み禁止）, F-1-14."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class AuditEntry(models.Model):
    """操作履歴 One act of one actor. Copies what it names, so that it outlives accounts and units.

    In the database it is partitioned by the month of `at` (Japan), its primary key is (id, at), and a column `written_in`
    (xid8, set by a trigger) names the transaction that wrote it; the sealer reads that one by SQL. See migrations/.
    """

    web_grants = "SELECT, INSERT"

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6)
    at = models.DateTimeField("日時")
    system = models.CharField("システム", max_length=20)
    account_id = models.BigIntegerField("職員アカウント", null=True)
    login = models.TextField("操作者ID")
    actor_name = models.TextField("操作者氏名")
    unit_code = models.TextField("所属コード")
    unit_name = models.TextField("所属")
    office_code = models.TextField("処理・交付場所")
    terminal = models.TextField("端末名")
    visit_no = models.TextField("受付番号")
    action = models.TextField("機能名")
    purpose = models.TextField("目的")
    outcome = models.CharField("結果", max_length=7)
    screen = models.TextField("画面名・処理名")
    request_id = models.TextField("要求ID")
    subjects = ArrayField(models.UUIDField(), verbose_name="対象者")
    subject_count = models.IntegerField("対象者数")
    shows_numbers = models.BooleanField("個人番号へのアクセス")
    digests = models.JSONField("版の要約値")
    detail = models.JSONField("詳細")

    class Meta:
        db_table = "audit_entry"
        verbose_name = "操作履歴"


class AuditSeal(models.Model):
    """封印 One link of the chain: what stood in the trail when it was made. A link is never made again."""

    web_grants = "SELECT, INSERT"

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6)
    no = models.BigIntegerField("封印番号")
    made_at = models.DateTimeField("封印日時")
    layout = models.SmallIntegerField("様式")
    cluster = models.TextField("データベースの識別")
    sealed_below = models.TextField("封印済みの境", help_text="xid8 as text: every row written in a transaction below it is sealed")
    entries = models.IntegerField("件数")
    first_entry = models.BigIntegerField("最小の履歴ID")
    last_entry = models.BigIntegerField("最大の履歴ID")
    root = models.BinaryField("要約値の根")
    previous = models.BinaryField("前の封印")
    digest = models.BinaryField("封印値")

    class Meta:
        db_table = "audit_seal"
        verbose_name = "封印"
        constraints = (
            models.UniqueConstraint(fields=["municipality_code", "no"], name="audit_seal_no"),
            models.CheckConstraint(condition=models.Q(municipality_code__regex=r"^[0-9]{6}$"), name="audit_seal_municipality"),
            models.CheckConstraint(condition=models.Q(entries__gte=1, no__gte=1), name="audit_seal_counts"),
        )


class AuditLeaf(models.Model):
    """葉 The salted digest of one row of the trail, at its place in a seal."""

    web_grants = "SELECT, INSERT"

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6)
    entry_id = models.BigIntegerField("履歴ID", primary_key=True)
    seal_no = models.BigIntegerField("封印番号")
    position = models.IntegerField("順番")
    salt = models.BinaryField("塩")
    digest = models.BinaryField("要約値")

    class Meta:
        db_table = "audit_leaf"
        verbose_name = "葉"
        constraints = (models.UniqueConstraint(fields=["municipality_code", "seal_no", "position"], name="audit_leaf_place"),)
