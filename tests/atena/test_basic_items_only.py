"""基本的な情報のみ — what the tables of 統合宛名 may hold, written from the requirement and not from the models; a column beyond it fails here. F-1-07; 評価書Ⅲ(1)3 リスク1.

「番号法別表及び関係主務省令に定められた部署以外からの特定個人情報へのアクセスが行えないようにした上で、個人番号、氏名や生年月日等の基本的な情報のみ
保持する仕組みとし、当該事務にて必要のない情報との紐付けは物理的に不可能とする。」 S4-02: 5情報, 宛名番号, 個人番号, 統合宛名番号.
The question is put to the database itself, as the owner has migrated it.
"""

import psycopg
import pytest
from django.apps import apps
from django.db import connection

from tests import harness

FIVE = {"name", "name_furigana", "birth_date", "sex_code", "address"}  # 5情報
KEYS_OF_FIVE = {"name_key", "furigana_key", "address_key", "birth_first", "birth_last", "key_version"}  # folded from them, for searching
ROW = {"id", "municipality_code"}
ALLOWED = {
    # 統合宛名番号, 5情報, 現存か消除か, and when that was so
    "atena_integratedperson": ROW | FIVE | KEYS_OF_FIVE | {"public_id", "integrated_atena_no", "removed_on", "as_of", "numbered_at", "united_with_id"},
    # 個人番号 (a reference into the vault), present and former
    "atena_heldnumber": ROW | {"person_id", "individual_number_ref", "since", "until"},
    # 宛名番号 of an affair
    "atena_affairatena": ROW | {"person_id", "affair_code", "atena_no", "joined_at"},
    # two persons, one 個人番号, and a clerk's decision
    "atena_numberdouble": ROW
    | {"public_id", "holder_id", "claimant_id", "individual_number_ref", "affair_code", "found_at", "decision", "reason", "decided_by", "decided_at"},
    # 発行抑止 by the register's 宛名番号: from which day nothing is handed out, and never why. 標準仕様3.2 asks it of 宛名システム (N-3.2-01; decision 0042)
    "atena_issueblock": ROW | {"atena_no", "prohibited_from", "told_at"},
    # nobody's data: which department may ask, by what law
    "atena_legaluseentry": ROW
    | {"department_code", "department_ja", "affair_code", "affair_ja", "legal_basis", "valid_from", "allowed", "reason", "entered_by", "entered_at"}
    | {"approved_by", "approved_at"},
}
# What could hold anything at all, whatever its name is.
SHAPELESS = {"json", "jsonb", "bytea", "ARRAY", "xml", "hstore", "USER-DEFINED"}

_COLUMNS = "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name LIKE 'atena\\_%'"
_KEYS = """
    SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
     WHERE contype = 'f' AND (conrelid::regclass::text LIKE 'atena\\_%' OR confrelid::regclass::text LIKE 'atena\\_%')
"""


def beyond(run) -> list[str]:
    """Every column, table and key that the list does not allow; `run` asks the database."""
    found = []
    for table, column, data_type in run(_COLUMNS):
        if table not in ALLOWED:
            found.append(f"table {table}")
        elif column not in ALLOWED[table]:
            found.append(f"column {table}.{column}")
        elif data_type in SHAPELESS:
            found.append(f"shapeless column {table}.{column}")
    for table, other in run(_KEYS):
        if table not in ALLOWED or other not in ALLOWED:
            found.append(f"key {table} to {other}")
    return sorted(set(found))


def ours(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


@pytest.mark.django_db
def test_表は列挙した基本の項目だけを持つ():
    """F-1-07."""
    assert beyond(ours) == []
    assert {table for table, *_ in ours(_COLUMNS)} == set(ALLOWED)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("ALTER TABLE atena_integratedperson ADD COLUMN nationality_code text", "column atena_integratedperson.nationality_code"),
        ("ALTER TABLE atena_integratedperson ADD COLUMN relationship text", "column atena_integratedperson.relationship"),
        ("ALTER TABLE atena_integratedperson ALTER COLUMN address TYPE jsonb USING to_jsonb(address)", "shapeless column atena_integratedperson.address"),
        ("CREATE TABLE atena_tax (id int)", "table atena_tax"),
        ("CREATE TABLE welfare (person_id bigint REFERENCES atena_integratedperson)", "key welfare to atena_integratedperson"),
        ("ALTER TABLE atena_heldnumber ADD FOREIGN KEY (individual_number_ref) REFERENCES vault_number (id)", "key atena_heldnumber to vault_number"),
    ],
)
def test_列や結び付きを足せばこの試験が落ちる(committed_db, statement, said):
    """F-1-07: adding one fails CI. A test that finds nothing proves nothing."""
    with harness.cluster().connect(committed_db.name) as superuser:
        superuser.execute(statement)

        def there(question):
            return superuser.execute(question).fetchall()

        assert beyond(there) == [said]


@pytest.mark.django_db
def test_他の部屋の表はこのシステムのデータベースにない():
    """Physically: there is nothing here that a person could be joined with."""
    rooms = {model._meta.app_label for model in apps.get_models() if model.__module__.startswith("daicho.")}
    assert not rooms & {"residents", "juki_net", "chukan", "konbini", "transfers"}
    assert [
        table for (table,) in ours("SELECT table_name FROM information_schema.tables WHERE table_name ~ '^(residents|juki_net|chukan|konbini|transfers)_'")
    ] == []


@pytest.mark.django_db
def test_個人番号は金庫の参照だけである():
    """番号法12条; design §6."""
    types = {(table, column): data_type for table, column, data_type in ours(_COLUMNS) if column == "individual_number_ref"}
    assert types == {(table, "individual_number_ref"): "bigint" for table in ("atena_heldnumber", "atena_numberdouble")}


def test_画面の役割は表を作れない(committed_db):
    """Nobody who works here can add a column: the web role owns nothing."""
    from django.db import ProgrammingError

    with pytest.raises(ProgrammingError, match="must be owner") as refused, connection.cursor() as cursor:
        cursor.execute("ALTER TABLE atena_integratedperson ADD COLUMN note text")
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)
