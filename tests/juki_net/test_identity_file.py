"""本人確認情報ファイル — holds exactly the 40 items, is only added to, and says where each value comes from. F-2-02, C-05."""

import csv
from dataclasses import fields
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from daicho.juki_net.models import IdentityRecord, IdentityVersion
from daicho.juki_net.rules.items import REFS, IdentityItems
from daicho.juki_net.rules.kana import normalised

LAYOUT = Path(__file__).parents[2] / "layouts" / "identity_confirmation.csv"
SURROGATES = {IdentityRecord: {"id", "public_id"}, IdentityVersion: {"id", "record_id"}}


def _layout() -> list[dict[str, str]]:
    with LAYOUT.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_四十項目が番号の順に並ぶ():
    assert [int(row["no"]) for row in _layout()] == list(range(1, 41))
    assert [REFS.get(row["identifier"], row["identifier"]) for row in _layout()] == [field.name for field in fields(IdentityItems)]
    assert {row["source"] for row in _layout()} == {"sent", "derived", "system"}


@pytest.mark.django_db
@pytest.mark.parametrize("model", [IdentityRecord, IdentityVersion])
def test_表は列挙された項目だけを持つ(model):
    """F-1-09, F-2-07, F-2-02: schema = exactly the listed items; asked of the database itself, not of the model."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [model._meta.db_table])
        columns = {name for (name,) in cursor.fetchall()}
    items = {REFS.get(row["identifier"], row["identifier"]) for row in _layout()}
    assert columns - SURROGATES[model] == items
    assert len(items) == 40


@pytest.mark.django_db
def test_番号は参照だけを持つ():
    """Numbers lie only in the vault."""
    for row in _layout():
        if row["vault"]:
            field = IdentityRecord._meta.get_field(REFS[row["identifier"]])
            assert field.get_internal_type() == "BigIntegerField"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE juki_net_identityversion SET address = ''", "DELETE FROM juki_net_identityversion", "DELETE FROM juki_net_identityrecord"]
)
def test_履歴は書き換えられず何も消せない(statement):
    """F-0-15: kept 150 years; INSERT only is a grant of the database."""
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("furigana", "wanted"),
    [
        ("ハナゾノ\u3000ジュンペイ", "ハナソノシユンヘイ"),
        ("ヴァン・ダー", "ウアンター"),
        ("きょうこ", "きようこ"),
        ("ヂヅ", "チツ"),
        (None, None),
    ],
)
def test_清音化かな氏名は振り仮名から作る(furigana, wanted):
    """Item 5."""
    assert normalised(furigana) == wanted
