"""悪いファイル — every fault is told with its row and item, never with the value, and nothing is taken in. C-07."""

from __future__ import annotations

import pytest
from django.db import transaction

from daicho.residents.commands import importing
from daicho.residents.commands.importing import BadFile, import_register
from daicho.residents.models import CivilEvent, Person, SheetVersion
from tests.residents.register_files import OPERATOR, come_out, person, take_in, write

pytestmark = pytest.mark.django_db


def test_悪い行はすべて番号と項目と理由で示され値は示されず何も残らない(tmp_path):
    """Row, item, Japanese reason, never the value; 続柄 to be replaced are listed."""
    rows = [
        person(1, birth_date="20250229"), person(2, relationship_code="長男の嫁"), person(3, juminhyo_code="12345678901"), person(4, sex_code="男"),
        person(5, address=""), person(6, nationality_code="VNM"), person(7), person(7), person(9, name_kana="花園"),
    ]  # fmt: skip
    with pytest.raises(BadFile) as caught:
        take_in(tmp_path, *rows[:7], person(8), *rows[7:])
    found = [(b.row_no, b.item) for b in caught.value.bad]
    assert found == [
        (2, "3 生年月日"), (3, "6 続柄"), (4, "13 住民票コード"), (5, "5 性別"), (6, "15 住所"), (7, "103 国籍・地域(外国人)"), (10, "51 宛名番号"), (11, "1 カナ氏名"),
    ]  # fmt: skip
    assert dict(caught.value.relationships) == {"長男の嫁": 1}
    shown = " ".join(b.reason for b in caught.value.bad)
    assert not any(value in shown for value in ("20250229", "12345678901", "花園", "VNM"))
    assert (Person.objects.count(), SheetVersion.objects.count(), CivilEvent.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("second", "item"),
    [
        ({"atena_history_no": "3"}, "55 宛名履歴番号"),
        ({"recorded_at": "2007-01-01T00:00:00+09:00"}, "x23 処理日時"),
        ({"address": "北海道小樽市手宮1丁目1番1号", "event_history_changed_item": "name_kana"}, "15 住所"),
        ({"event_history_changed_item": "no_such_item"}, "77 異動履歴情報異動項目"),
        ({"event_reason_code": "relocation", "event_history_reason_code": "death"}, "76 異動履歴情報異動事由"),
        ({"spell_no": "2"}, "x17 在住の順"),
    ],
)
def test_履歴として成り立たない行は悪い行(second, item, tmp_path):
    with pytest.raises(BadFile) as caught:
        take_in(tmp_path, person(7), {**person(7), **second})
    assert item in {b.item for b in caught.value.bad}


def test_同じファイルは二度入らず既にいる人も入らない(tmp_path):
    take_in(tmp_path, person(7))
    with pytest.raises(BadFile, match="nothing was imported"):
        take_in(tmp_path, person(8), person(7))
    assert Person.objects.count() == 1


def test_分けて作っても一つの流れでも同じものが入る(tmp_path, monkeypatch):
    """Other processes make the lines: the same register comes of it."""
    monkeypatch.setattr(importing, "PEOPLE_AT_ONCE", 2)
    file = write(tmp_path, [person(no, household_no=f"{no:09}0") for no in range(1, 8)])
    forget = transaction.savepoint()
    import_register(OPERATOR, file, processes=0)
    alone = come_out()
    transaction.savepoint_rollback(forget)
    import_register(OPERATOR, file, processes=1)
    assert come_out() == alone and len(alone) == 7


def test_様式にない見出しは断る(tmp_path):
    with pytest.raises(ValueError, match="no_such_column"):
        take_in(tmp_path, person(7, no_such_column="1"))
