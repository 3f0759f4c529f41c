"""金庫の表 — sealed numbers, sealed payloads, which keys there are, and what was erased. 番号法第12条, F-0-18, F-1-61."""

from django.db import models


def _sealed_or_erased(*columns: str) -> models.Q:
    """Either all of `columns` are there and nothing was erased, or none is and it says when."""
    sealed = models.Q(erased_at__isnull=True, **{f"{column}__isnull": False for column in columns})
    return sealed | models.Q(erased_at__isnull=False, **{f"{column}__isnull": True for column in columns})


class KeyEncryptionKey(models.Model):
    """鍵の台帳 Which keys of the municipality's key file are or were in use; the greatest number is the one in use. The keys are not here."""

    web_grants = "SELECT, INSERT, UPDATE"

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6)
    number = models.IntegerField("鍵番号")
    in_use_from = models.DateTimeField("使用開始日時")
    retired_at = models.DateTimeField("使用終了日時", null=True)

    class Meta:
        db_table = "vault_key"
        verbose_name = "鍵"
        constraints = (
            models.UniqueConstraint(fields=["municipality_code", "number"], name="vault_key_number"),
            models.CheckConstraint(condition=models.Q(municipality_code__regex=r"^[0-9]{6}$"), name="vault_key_municipality"),
        )


class SealedNumber(models.Model):
    """封じた番号 One number of one kind; versions hold its id. Never removed: erased, so that its id says what became of it."""

    web_grants = "SELECT, INSERT, UPDATE"

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6)
    kind = models.CharField("番号の種類", max_length=24)
    search_hash = models.BinaryField("検索用の鍵付き要約値", null=True)
    key_number = models.IntegerField("鍵番号", null=True)
    wrapped_key = models.BinaryField("包んだデータ鍵", null=True)
    ciphertext = models.BinaryField("暗号文", null=True)
    erased_at = models.DateTimeField("消去日時", null=True)

    class Meta:
        db_table = "vault_number"
        verbose_name = "封じた番号"
        constraints = (
            models.UniqueConstraint(fields=["municipality_code", "kind", "search_hash"], name="vault_number_once"),
            models.CheckConstraint(condition=models.Q(municipality_code__regex=r"^[0-9]{6}$"), name="vault_number_municipality"),
            models.CheckConstraint(condition=_sealed_or_erased("search_hash", "key_number", "wrapped_key", "ciphertext"), name="vault_number_whole"),
        )


class SealedPayload(models.Model):
    """封じた電文 One payload at rest (a message, a file, a draft of a form) under a data key of its own."""

    web_grants = "SELECT, INSERT, UPDATE"

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6)
    sealed_at = models.DateTimeField("封緘日時")
    key_number = models.IntegerField("鍵番号", null=True)
    wrapped_key = models.BinaryField("包んだデータ鍵", null=True)
    ciphertext = models.BinaryField("暗号文", null=True)
    erased_at = models.DateTimeField("消去日時", null=True)

    class Meta:
        db_table = "vault_payload"
        verbose_name = "封じた電文"
        constraints = (
            models.CheckConstraint(condition=models.Q(municipality_code__regex=r"^[0-9]{6}$"), name="vault_payload_municipality"),
            models.CheckConstraint(condition=_sealed_or_erased("key_number", "wrapped_key", "ciphertext"), name="vault_payload_whole"),
        )


class PurgeRecord(models.Model):
    """消去の記録 What was erased, when, why and by whom; it outlives what it speaks of and who did it."""

    web_grants = "SELECT, INSERT"

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6)
    table = models.CharField("表", max_length=13)
    ref = models.BigIntegerField("参照番号")
    reason = models.TextField("理由")
    login = models.TextField("操作者ID")
    actor_name = models.TextField("操作者氏名")
    erased_at = models.DateTimeField("消去日時")

    class Meta:
        db_table = "vault_purge"
        verbose_name = "消去の記録"
        constraints = (
            models.UniqueConstraint(fields=["municipality_code", "table", "ref"], name="vault_purge_once"),
            models.CheckConstraint(condition=models.Q(municipality_code__regex=r"^[0-9]{6}$"), name="vault_purge_municipality"),
        )
