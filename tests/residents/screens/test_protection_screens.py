"""抑止・支援措置の画面 — first on every screen for who must know; not there for who may not. 標準仕様1.1.16, 2.2.4, 3.1, 3.4; domain §7."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.test import Client

from daicho import clock
from daicho.outbox.models import Delivery
from daicho.residents.commands import blocks
from daicho.residents.commands.blocks import BlockForm
from daicho.residents.models import Block, SupportCase
from daicho.residents.rules.blocks import BlockKind, Process, Strength, Term
from tests.cast import CLERK, FAMILY, HANAKO, ICHIRO, SATO, TARO
from tests.residents.counter import move_out_form, register, turn_to
from tests.residents.screens import desks
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family
from tests.residents.test_support import apply, decide

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)
INQUIRES = (
    "residents:visit:open",
    "residents:person:search",
    "residents:person:read",
    "residents:history:read",
    "residents:number:reveal",
    "residents:audit:read",
)


def head(client: Client, person: UUID) -> str:
    """What stands before the name on somebody's card."""
    page = client.get(f"/person/{person}/").content.decode()
    return re.sub(r"<[^>]+>", "", page[page.index("<main") : page.index("person-head__name")])


def test_支援措置期間中と仮支援措置期間中は文言を変えて最初に出て詳細に移れる():
    """N-1.1.16-01, -03, N-2.2.4-01, -02, -03, N-3.4-10, -11: of applicant and companion, and of nobody else."""
    hanako, ichiro, taro = family(replace(HANAKO, relationship="世帯主"), ICHIRO, replace(TARO, relationship="同居人"))
    clerk = desk()
    case = apply(hanako, ichiro)
    assert all("仮支援措置期間中" in head(clerk, one) for one in (hanako, ichiro))
    assert HANAKO.name in head(clerk, taro) and TARO.name not in head(clerk, taro)  # of the household it is said whose it is
    decide(case, hanako, date(2026, 4, 10), date(2027, 4, 9))
    assert "支援措置期間中" in head(clerk, hanako).replace("仮支援措置期間中", "")
    assert f"/support/{case.public_id}/" in clerk.get(f"/person/{hanako}/").content.decode()
    assert "申出書の記載" in visible(clerk.get(f"/support/{case.public_id}/"))
    days = {date(2027, 3, 9): (False, False), date(2027, 3, 10): (True, False), date(2027, 4, 10): (False, True)}
    for on, said in days.items():
        with clock.at(on):
            client = Client()
            client.post("/sign-in/", {"login": "m.mado", "password": desks.PASSWORD, "terminal": "H01"})
            text = head(client, hanako)
            assert ("1か月以内に期間が終了" in text, "期間満了" in text) == said


def test_転出した支援対象者の除票にも表示が出て詳細に移れる():
    """N-1.1.16-02, -04."""
    [hanako] = family(replace(HANAKO, relationship="世帯主"))
    case = apply(hanako)
    register("move_out", move_out_form([hanako], on="令和8年4月10日", filed_on="令和8年4月9日"))
    turn_to(TODAY)
    clerk = desk()
    assert "仮支援措置期間中（前住所地市区町村）" in head(clerk, hanako)
    assert f"/support/{case.public_id}/" in clerk.get(f"/person/{hanako}/").content.decode()


def test_詳細の権限がない職員には警告だけが出て詳細は開けない():
    """N-3.4-03."""
    [hanako] = family(replace(HANAKO, relationship="世帯主"))
    case = apply(hanako)
    clerk = desk(*desks.ENTERS)
    assert "仮支援措置期間中" in head(clerk, hanako)
    assert "/support/" not in clerk.get(f"/person/{hanako}/").content.decode()
    assert clerk.get(f"/support/{case.public_id}/").status_code == 403


def test_申出は画面から受け付けられ直さないと受け付けない項目は入力したまま返る():
    """N-1.1.16-05, -07, N-3.4-15: the form is filled from the register."""
    hanako, ichiro = family(replace(HANAKO, relationship="世帯主"), ICHIRO)
    clerk = desk()
    page = clerk.get(f"/person/{hanako}/support/").content.decode()
    assert HANAKO.name in page and "checked" in page
    sent = {
        "applied_on": "令和9年1月1日", "standing": "present", "asked": ["browsing:address", "certificate:address"], "telephone": "0134-00-0000",
        f"with_{ichiro}": "yes", f"relation_{ichiro}": "子", "opponent1_name": "見本　次郎", "opponent1_atena_no": "999",
    }  # fmt: skip
    refused = clerk.post(f"/person/{hanako}/support/", sent)
    assert refused.status_code == 422 and "0134-00-0000" in refused.content.decode() and "当市の記録にありません" in visible(refused)
    assert not SupportCase.objects.exists()
    answer = clerk.post(f"/person/{hanako}/support/", {**sent, "applied_on": "令和8年4月10日", "opponent1_atena_no": ""})
    assert answer.status_code == 302, visible(answer)
    case = SupportCase.objects.get()
    assert {s.person.public_id: s.relation for s in case.subjects.all()} == {hanako: "", ichiro: "子"}
    page = visible(clerk.get(f"/support/{case.public_id}/"))
    assert "0134-00-0000" in page and "見本 次郎" in page.replace("　", " ") and "抑止する事務が絞られています" in page


def test_決定と終了を画面から記録し終了日は開始から一年になる():
    """N-3.4-05, -12: 令和8年4月10日 → 令和9年4月9日."""
    [hanako] = family(replace(HANAKO, relationship="世帯主"))
    case = apply(hanako)
    clerk = desk()
    step, end = f"/support/{case.public_id}/step/{hanako}/", f"/support/{case.public_id}/end/{hanako}/"
    assert clerk.post(step, {"kind": "extended", "on": "令和8年4月10日"}).status_code == 422
    assert clerk.post(step, {"kind": "decided", "on": "令和8年4月10日", "starts_on": "令和8年4月10日"}).status_code == 302
    assert "令和9年4月9日" in visible(clerk.get(f"/support/{case.public_id}/"))
    assert clerk.post(end, {"ground": "petition", "on": "令和8年4月10日", "note": ""}).status_code == 422
    assert clerk.post(end, {"ground": "petition", "on": "令和8年4月10日", "note": "本人の申出"}).status_code == 302
    clerk.get("/")  # the word of what was done is read
    assert "支援措置" not in head(clerk, hanako) and Block.objects.get().release_reason == "支援対象者から終了の申出があった"


def test_抑止は画面から設定し変更し一時解除し解除できる():
    """N-3.1-04, -09, -13: what was typed wrongly comes back."""
    [taro] = family(TARO)
    clerk = desk()
    terms = {f"{name}_{process}": value for process in Process for name, value in (("strength", "none"), ("starts", "令和8年4月10日"), ("ends", ""))}
    refused = clerk.post(f"/person/{taro}/blocks/new/", {**terms, "kind": "identity", "reason": "氏名が違う"})
    assert refused.status_code == 422 and "抑止する処理がありません" in visible(refused) and "氏名が違う" in refused.content.decode()
    set_ = clerk.post(f"/person/{taro}/blocks/new/", {**terms, "strength_certificate": "error", "kind": "identity", "reason": "氏名が違う"})
    assert set_.status_code == 302
    block = Block.objects.get()
    assert "氏名が違う" in head(clerk, taro)
    changed = clerk.post(f"/person/{taro}/blocks/{block.public_id}/", {**terms, "strength_certificate": "alert", "ends_certificate": "令和8年4月1日"})
    assert changed.status_code == 422 and "終了日が開始日より前" in visible(changed)
    assert clerk.post(f"/person/{taro}/blocks/{block.public_id}/", {**terms, "strength_certificate": "alert"}).status_code == 302
    clerk.post(f"/person/{taro}/blocks/{block.public_id}/lift/", {"reason": "本人を確認"})
    assert "一時解除中です" in head(clerk, taro)
    clerk.post(f"/person/{taro}/blocks/{block.public_id}/release/", {"reason": "本人を確認"})
    clerk.get("/")
    assert "抑止" not in head(clerk, taro)
    page = visible(clerk.get(f"/person/{taro}/blocks/"))
    assert "解除済み" in page and "変更前" in page


ASKS = (
    ("get", "/person/{}/", {}), ("get", "/person/{}/history/", {}), ("get", "/person/{}/trail/", {}), ("post", "/person/{}/number/", {"entry": "juminhyo_code"}),
    ("post", "/person/{}/as-of/", {"day": "令和8年4月10日"}), ("get", "/person/{}/history/compare/?a=1&b=1", {}),
)  # fmt: skip


def test_見てはならない職員には隠された人の画面と誰でもない番号の画面が同じ():
    """domain §7: status, body and headers are the same as for an id that nobody has, of every screen that shows somebody."""
    [taro] = family(TARO)
    clerk = desk(*INQUIRES)
    assert [getattr(clerk, method)(address.format(taro), data).status_code for method, address, data in ASKS] == [200] * len(ASKS)
    blocks.set_block(CLERK, taro, BlockForm(BlockKind.OTHER, "照会の抑止", (Term(Process.INQUIRY, Strength.ERROR, TODAY),)))
    nobody = uuid4()
    for method, address, data in ASKS:
        hidden, none = (getattr(clerk, method)(address.format(one), data) for one in (taro, nobody))
        assert hidden.status_code == none.status_code == 404
        assert _without_ids(hidden, taro) == _without_ids(none, nobody)
        assert hidden.headers.keys() == none.headers.keys() and len(hidden.content) == len(none.content)


def _without_ids(answer: object, person: UUID) -> str:
    text = answer.content.decode().replace(str(person), "ID")  # type: ignore[attr-defined]
    return re.sub(r"\b[A-Za-z0-9]{64}\b|<code>[0-9a-f]{12}</code>|data-page=\"[0-9a-f]{32}\"", "DRAWN AT RANDOM", text)


def test_検索結果では抑止のある人の行だけに印が出る():
    """N-3.1-15: one of five, before anything of theirs is opened; who may not know sees four."""
    people = family(*FAMILY, replace(SATO, relationship="同居人", name="花園　葛子", kana="ハナゾノ　クズコ"))
    blocks.set_block(CLERK, people[1], BlockForm(BlockKind.IDENTITY, "本人確認待ち", (Term(Process.CERTIFICATE, Strength.ERROR, TODAY),)))
    page = desk().post("/search/found/", {"name": "ハナゾノ", "match": "part"}).content.decode()
    rows = re.findall(r"<tr>.*?</tr>", page[page.index("<tbody>") :], re.S)
    assert [("抑止" in row, HANAKO.name in re.sub(r"<[^>]+>", "", row)) for row in rows].count((True, True)) == 1
    assert sum("抑止" in row for row in rows) == 1 and len(rows) == 5


def test_検索でも隠された人は件数にも並びにもいない():
    """domain §7: the whole answer is that of a city in which they never lived."""
    people = family(*FAMILY)
    clerk = desk(*INQUIRES)
    asked = [{"name": "ハナゾノ"}, {"name": "ハナゾノ　ハナコ"}, {"name": HANAKO.name, "birth": HANAKO.birth}, {"name": "ハナゾノ　ハナ"}]
    assert all("花子" in visible(clerk.post("/search/found/", one)) for one in asked)
    blocks.set_block(CLERK, people[1], BlockForm(BlockKind.OTHER, "照会の抑止", (Term(Process.INQUIRY, Strength.ERROR, TODAY),)))
    pages = [visible(clerk.post("/search/found/", one)) for one in asked]
    assert not any("花子" in page.replace(HANAKO.name, "").replace("ハナゾノ　ハナコ", "") for page in pages[1:])
    assert "3件" in pages[0] and all("該当する人はいません" in page for page in pages[1:])


def test_抑止を受け取っていないシステムが一覧に出て受け取ると消える():
    """domain §7 事故の型2: every system that issues anything has acknowledged, and those that have not are listed."""
    [hanako] = family(replace(HANAKO, relationship="世帯主"))
    apply(hanako)
    clerk = desk()
    page = visible(clerk.get("/support/"))
    assert all(room in page for room in ("コンビニ交付", "住基ネット", "統合宛名", "庁内連携")) and "送信待ち" in page
    Delivery.objects.filter(destination="konbini").update(state=Delivery.State.ACKNOWLEDGED, settled_at=clock.now())
    page = visible(clerk.get("/support/"))
    untold = page[page.index("受け取っていないシステム") :]
    assert "コンビニ交付" not in untold[: untold.index("支援対象者")] and "統合宛名" in untold
