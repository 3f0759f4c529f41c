"""金庫の最初の表 — keys in use, sealed numbers, sealed payloads, purge records. 番号法第12条."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="KeyEncryptionKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6, verbose_name="全国地方公共団体コード")),
                ("number", models.IntegerField(verbose_name="鍵番号")),
                ("in_use_from", models.DateTimeField(verbose_name="使用開始日時")),
                ("retired_at", models.DateTimeField(null=True, verbose_name="使用終了日時")),
            ],
            options={
                "verbose_name": "鍵",
                "db_table": "vault_key",
                "constraints": [
                    models.UniqueConstraint(fields=("municipality_code", "number"), name="vault_key_number"),
                    models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="vault_key_municipality"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PurgeRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6, verbose_name="全国地方公共団体コード")),
                ("table", models.CharField(max_length=13, verbose_name="表")),
                ("ref", models.BigIntegerField(verbose_name="参照番号")),
                ("reason", models.TextField(verbose_name="理由")),
                ("login", models.TextField(verbose_name="操作者ID")),
                ("actor_name", models.TextField(verbose_name="操作者氏名")),
                ("erased_at", models.DateTimeField(verbose_name="消去日時")),
            ],
            options={
                "verbose_name": "消去の記録",
                "db_table": "vault_purge",
                "constraints": [
                    models.UniqueConstraint(fields=("municipality_code", "table", "ref"), name="vault_purge_once"),
                    models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="vault_purge_municipality"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6, verbose_name="全国地方公共団体コード")),
                ("kind", models.CharField(max_length=24, verbose_name="番号の種類")),
                ("search_hash", models.BinaryField(null=True, verbose_name="検索用の鍵付き要約値")),
                ("key_number", models.IntegerField(null=True, verbose_name="鍵番号")),
                ("wrapped_key", models.BinaryField(null=True, verbose_name="包んだデータ鍵")),
                ("ciphertext", models.BinaryField(null=True, verbose_name="暗号文")),
                ("erased_at", models.DateTimeField(null=True, verbose_name="消去日時")),
            ],
            options={
                "verbose_name": "封じた番号",
                "db_table": "vault_number",
                "constraints": [
                    models.UniqueConstraint(fields=("municipality_code", "kind", "search_hash"), name="vault_number_once"),
                    models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="vault_number_municipality"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ciphertext__isnull", False),
                                ("erased_at__isnull", True),
                                ("key_number__isnull", False),
                                ("search_hash__isnull", False),
                                ("wrapped_key__isnull", False),
                            ),
                            models.Q(
                                ("ciphertext__isnull", True),
                                ("erased_at__isnull", False),
                                ("key_number__isnull", True),
                                ("search_hash__isnull", True),
                                ("wrapped_key__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="vault_number_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedPayload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6, verbose_name="全国地方公共団体コード")),
                ("sealed_at", models.DateTimeField(verbose_name="封緘日時")),
                ("key_number", models.IntegerField(null=True, verbose_name="鍵番号")),
                ("wrapped_key", models.BinaryField(null=True, verbose_name="包んだデータ鍵")),
                ("ciphertext", models.BinaryField(null=True, verbose_name="暗号文")),
                ("erased_at", models.DateTimeField(null=True, verbose_name="消去日時")),
            ],
            options={
                "verbose_name": "封じた電文",
                "db_table": "vault_payload",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="vault_payload_municipality"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ciphertext__isnull", False), ("erased_at__isnull", True), ("key_number__isnull", False), ("wrapped_key__isnull", False)),
                            models.Q(("ciphertext__isnull", True), ("erased_at__isnull", False), ("key_number__isnull", True), ("wrapped_key__isnull", True)),
                            _connector="OR",
                        ),
                        name="vault_payload_whole",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            # The lock first, then a fresh look: each statement of a VOLATILE function sees what was committed before it began.
            """
            CREATE FUNCTION vault_hold_key_in_use(lock bigint, code text) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock_shared(lock);
                RETURN (SELECT max(number) FROM vault_key WHERE municipality_code = code);
            END $$
            """,
            "DROP FUNCTION vault_hold_key_in_use(bigint, text)",
        ),
    ]
