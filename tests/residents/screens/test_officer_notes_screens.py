"""メモ・付箋・備考と統合記載欄の画面 — written on the card, warnings first, never on paper; A, B and C apart. 標準1.1.14, 1.1.15; decision 0032."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from daicho.residents.models import OfficerNote
from tests.cast import HANAKO, TARO
from tests.residents.counter import move_out_form, register, relocation_form
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family, queries, trail

pytestmark = pytest.mark.django_db
CHECK = "MEMO-CHECK-7"
COUNTED, COUNTED_COLUMN = 9, 11


def write(clerk: Client, person: UUID, kind: str, text: str, **more: str):
    return clerk.post(f"/person/{person}/notes/", {"kind": kind, "no": "0", "text": text, "seen": "", **more})


def test_警告と付箋は個人票の初めに出てメモはその人だけに出る():
    """Items 130, 132; N-1.1.15-01: with who wrote it and when."""
    taro, hanako = family(TARO, HANAKO)
    clerk = desk()
    for kind, text in (("warning_info", "窓口で大声を出す"), ("sticky_note", "次回、印鑑の確認"), ("memo", "長男が付き添い")):
        assert write(clerk, taro, kind, text).status_code == 302
    page = visible(clerk.get(f"/person/{taro}/"))
    places = [page.index(words) for words in ("窓口で大声を出す", "次回、印鑑の確認", "長男が付き添い", "世帯番号")]
    assert places == sorted(places) and "小林　窓子" in page[places[2] : places[3]]
    assert "長男が付き添い" not in visible(clerk.get(f"/person/{hanako}/"))
    assert [row.subjects for row in trail("residents:note:write")] == [[taro]] * 3


def test_書き直しと削除の履歴が読め入力者は手で変えられない():
    """N-1.1.15-02…-04: what a form says of who and when is not looked at."""
    [taro] = family(TARO)
    clerk = desk()
    write(clerk, taro, "memo", "初めの文", recorded_by="別の人", recorded_at="2020-01-01")
    write(clerk, taro, "memo", "後の文", no="1", seen="初めの文")
    write(clerk, taro, "memo", "後の文", no="1", seen="後の文", take_away="yes")
    page = visible(clerk.get(f"/person/{taro}/notes/"))
    assert page.index("書き直しと削除の履歴") < page.index("後の文") and "初めの文" in page
    assert set(OfficerNote.objects.values_list("recorded_by_id", "text")) == {("m.mado", "初めの文"), ("m.mado", "後の文"), ("m.mado", "")}
    assert "後の文" not in visible(clerk.get(f"/person/{taro}/"))


def test_断るときは打った文が残り権限がなければ書けない():
    [taro] = family(TARO)
    clerk = desk()
    write(clerk, taro, "sticky_note", "先の付箋")
    answer = write(clerk, taro, "sticky_note", "後の付箋")
    assert answer.status_code == 422 and "後の付箋" in answer.content.decode() and "ほかの職員がこの記載を変えました" in visible(answer)
    assert clerk.get(f"/person/{taro}/notes/?kind=memo&no=5").status_code == 404


def test_見るだけの職員は書けない():
    [taro] = family(TARO)
    reader = desk("residents:visit:open", "residents:person:read")
    assert "直す" not in visible(reader.get(f"/person/{taro}/notes/")) and write(reader, taro, "memo", "書けない").status_code == 403


def test_統合記載欄は三つの類型を分けて紐付く項目とともに示す():
    """N-1.1.14-01, -04."""
    [taro] = family(TARO)
    register("relocation", relocation_form([taro], effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    clerk = desk()
    write(clerk, taro, "remarks", "備考の文")
    page = visible(clerk.get(f"/person/{taro}/column/"))
    assert all(words in page for words in ("Ａ　異動履歴", "転居", "Ｃ　備考", "備考の文", "異動履歴を選んだとき"))
    assert "統合記載欄" in visible(clerk.get(f"/person/{taro}/history/"))


def test_問合せの数は人数や記載の数で増えない():
    people = family(TARO, HANAKO)
    clerk = desk()
    for number in range(3):
        write(clerk, people[0], "memo", f"メモ{number}")
    assert queries(clerk, "get", f"/person/{people[0]}/notes/") == COUNTED
    assert queries(clerk, "get", f"/person/{people[0]}/column/") == COUNTED_COLUMN


def test_転出した人の除票にも備考を書ける():
    """N-1.1.14-06."""
    taro, _ = family(TARO, HANAKO)
    register("move_out", move_out_form([taro], on="令和8年4月9日"))
    clerk = desk()
    assert write(clerk, taro, "remarks", "除票の備考").status_code == 302
    assert "除票の備考" in visible(clerk.get(f"/person/{taro}/"))
