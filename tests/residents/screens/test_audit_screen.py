"""操作履歴の画面 — who looked at this person, and the looking at that. F-1-13; 標準10.2."""

from __future__ import annotations

import uuid

import pytest

from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family, queries, trail

pytestmark = pytest.mark.django_db
COUNTED = 11


def test_誰がいつ何のために見たかを示す():
    """N-10.2-27."""
    people = family()
    clerk = desk()
    clerk.get(f"/person/{people[0]}/")
    clerk.post(f"/person/{people[0]}/number/", {"entry": "individual_number"}, headers={"HX-Request": "true"})
    page = visible(clerk.get(f"/person/{people[0]}/trail/"))
    for said in ("住民票を見る", "番号を表示する", "個人番号を表示", "小林　窓子", "m.mado", "本庁1", "ほか3人も同時に", "実施"):
        assert said in page, said


def test_この照会も記録され次に見える():
    people = family()
    clerk = desk()
    clerk.get(f"/person/{people[0]}/trail/")
    [row] = trail("audit:entry:read")
    assert (row.subjects, row.outcome) == ([people[0]], "done")


def test_拒まれた閲覧も見える():
    people = family()
    refused = desk("residents:visit:open", "residents:audit:read")
    refused.get(f"/person/{people[0]}/")
    assert "拒否" in visible(refused.get(f"/person/{people[0]}/trail/"))


def test_古いものへ続く(monkeypatch):
    people = family()
    clerk = desk()
    for _ in range(4):
        clerk.get(f"/person/{people[0]}/")
    monkeypatch.setattr("daicho.residents.queries.trail.PAGE", 3)
    html = clerk.get(f"/person/{people[0]}/trail/").content.decode()
    next_page = html.split('href="?before=')[1].split('"')[0]
    assert clerk.get(f"/person/{people[0]}/trail/?before={next_page}").status_code == 200
    assert clerk.get(f"/person/{people[0]}/trail/?before=-1x").status_code == 200


def test_権限がなければ見られず知らない人は404():
    people = family()
    clerk = desk("residents:visit:open", "residents:person:read")
    assert clerk.get(f"/person/{people[0]}/trail/").status_code == 403
    assert [row.outcome for row in trail("residents:audit:read")] == ["refused"]


def test_知らない人は404():
    assert desk().get(f"/person/{uuid.uuid4()}/trail/").status_code == 404


def test_問合せの数は行の数によらない():
    """Style 14."""
    people = family()
    clerk = desk()
    few = queries(clerk, "get", f"/person/{people[1]}/trail/")
    for _ in range(5):
        clerk.get(f"/person/{people[0]}/")
    assert (few, queries(clerk, "get", f"/person/{people[0]}/trail/")) == (COUNTED, COUNTED)
