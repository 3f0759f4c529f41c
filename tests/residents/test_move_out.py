"""転出 — told beforehand; a resident until the day; then a 除票, and those who remain go on. 住民基本台帳法第24条; std 1.1.5, 4.0.4, 4.1.3; design §4."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from daicho import clock, outbox
from daicho.residents.models import CivilEvent, Removal, SheetCurrent, SheetVersion
from daicho.residents.queries.history import person_as_of
from daicho.residents.queries.proof import prove
from tests.cast import CLERK, FAMILY, HANAKO, JIRO, SATO, TARO
from tests.residents.counter import death_form, household_form, move_in_form, move_out_form, problems, register, relocation_form, removed, told, turn_to

pytestmark = pytest.mark.django_db
AT_COUNTER = replace(CLERK, visit_no="1")
DAY = date(2026, 5, 1)


def family_of(*roles) -> list[UUID]:
    return [w.person.public_id for w in register("domestic_move_in", move_in_form(roles or FAMILY))]


def sheet(person: UUID) -> SheetCurrent:
    return SheetCurrent.objects.get(person__public_id=person)


@pytest.fixture
def sent(monkeypatch) -> list[outbox.Outgoing]:
    """What is posted to 市町村CS from now on."""
    return told(monkeypatch)


class Test届出:
    def test_予定は値として残り本人はその日まで現存する(self):
        """N-4.1.3.0.1-01, N-4.0.3-04, N-4.1.3.0.2-01, N-1.1.5-06, N-1.1.5-13; design §4: newest row = as of today."""
        taro = family_of(TARO)[0]
        register("move_out", move_out_form([taro]))
        row = sheet(taro)
        assert (row.planned_move_out_address, row.planned_move_out_building) == ("北海道旭川市七条通九丁目48番地", "旭荘2号")
        assert (row.planned_move_out_date, row.planned_move_out_notified_date, row.closed_on) == (DAY, date(2026, 4, 10), DAY)
        assert (row.removal_reason_code, row.removal_date.encode()) == ("move_out", "R8-05-01")
        event = CivilEvent.objects.get(code="move_out")
        assert (event.standard_code, event.effect, event.basis, event.effective_on.encode()) == ("国内転出", "消除", "届出", "R8-05-01")
        assert SheetVersion.objects.get(history_no=2).key == date(2026, 4, 10)
        assert [person_as_of(AT_COUNTER, taro, day).entries is not None for day in (date(2026, 4, 10), date(2026, 4, 30), DAY)] == [True, True, False]
        assert not Removal.objects.exists()
        assert prove().proven

    def test_転出の前の世帯は変わらず続柄も直せる(self):
        """N-1.1.5-06: those who will leave are residents with their 続柄."""
        taro, hanako, *_ = family_of()
        written = register("move_out", move_out_form([taro]))
        assert [w.person.public_id for w in written] == [taro]
        assert {row.householder_name for row in SheetCurrent.objects.all()} == {TARO.name}
        form = relocation_form([hanako], ["世帯主"], household_choice="new", effective_on="令和8年4月9日", filed_on="令和8年4月10日")
        assert not [p for p in problems("relocation", form) if p[2]]

    def test_市区町村だけでも国内のどの住所でも直接入力できる(self):
        """N-4.1.3.0.2-02, -04."""
        taro, hanako = family_of(TARO, HANAKO)
        register("move_out", move_out_form([taro], planned_municipality_code="札幌市中央区", planned_address="", planned_address_building=""))
        register("move_out", move_out_form([hanako], planned_municipality_code="", planned_address="東京都旧町名村一番"))
        assert [sheet(one).planned_move_out_address for one in (taro, hanako)] == ["北海道札幌市中央区", "東京都旧町名村一番"]

    def test_転出先が空欄なら理由を確かめる(self):
        """N-1.1.5-04: 特別養子縁組."""
        taro = family_of(TARO)[0]
        form = move_out_form([taro], planned_municipality_code="", planned_address="", planned_address_building="")
        assert [p for p in problems("move_out", form) if p[0].startswith("E")] == [("E303", "planned_municipality_code", False)]
        register("move_out", form)
        assert sheet(taro).planned_move_out_address is None

    @pytest.mark.parametrize(
        ("texts", "found"),
        [
            ({"planned_municipality_code": "小樽市", "planned_address": ""}, ("E302", "planned_municipality_code", True)),
            ({"planned_municipality_code": "", "planned_address": "北海道小樽市色内1丁目"}, ("E302", "planned_address", True)),
            ({"planned_address": "北海道札幌市中央区北一条西二丁目"}, ("E304", "planned_address", False)),
            ({"filed_on": "令和8年4月11日"}, ("D003", "filed_on", True)),
            ({"on": "令和8年5月頃"}, ("D001", "effective_on", True)),
            ({"on": "令和8年3月31日", "filed_on": "令和8年4月9日"}, ("P003", "effective_on", True)),
            ({"filer": "agent"}, ("A001", "filer_name", True)),
            ({"on": "令和9年5月1日"}, ("E307", "effective_on", False)),
        ],
        ids=[
            "同じ市",
            "同じ市の住所",
            "市区町村と住所の違い",
            "届出日が処理日より後",
            "予定日が不詳",
            "住民となった日より前",
            "代理人の氏名がない",
            "一年より先",
        ],
    )
    def test_誤りは断り疑わしいものは確かめさせる(self, texts, found):
        """domain §11; N-4.1.0.2-03; N-1.1.8-*."""
        assert found in problems("move_out", move_out_form([family_of(TARO)[0]], **texts))

    def test_異動日は届出日と同じ日でも後でもよい(self):
        """N-4.1.3.0.1-01, N-4.0.3-04: no word about the order of the two."""
        taro = family_of(TARO)[0]
        for on in ("令和8年4月10日", "令和8年4月20日"):
            assert problems("move_out", move_out_form([taro], on)) == []

    @pytest.mark.parametrize(("filed", "basis", "kept"), [("令和8年4月15日", "届出", date(2026, 4, 15)), ("令和8年4月16日", "職権", None)])
    def test_十四日を経過した届出は職権で記載し届出日を使わない(self, filed, basis, kept):
        """N-4.1.3.0.1-02, N-4.2.0.2-02: 異動日 4/1, the first day is not counted."""
        with clock.at(date(2026, 4, 20)):
            taro = register("domestic_move_in", move_in_form([TARO], effective_on="令和8年3月1日"))[0].person.public_id
            form = move_out_form([taro], "令和8年4月1日", filed_on=filed)
            assert [p for p in problems("move_out", form) if p[0] == "E306"] == ([("E306", "filed_on", False)] if basis == "職権" else [])
            register("move_out", form)
        event = CivilEvent.objects.get(code="move_out")
        assert (event.basis, event.filed_on, sheet(taro).planned_move_out_notified_date) == (basis, kept, kept)

    def test_転出の届出が済んだ者にもう一度の転出はできない(self):
        taro = family_of(TARO)[0]
        register("move_out", move_out_form([taro]))
        assert ("E305", "person", True) in problems("move_out", move_out_form([taro], "令和8年6月1日"))

    def test_世帯主だけの転出は先に世帯主変更を促す(self):
        """N-4.0.4-03: before 仮登録, and it can go on."""
        taro, hanako, ichiro, jiro = family_of()
        assert ("R102", "members", False) in problems("move_out", move_out_form([taro]))
        assert "R102" not in [p[0] for p in problems("move_out", move_out_form([taro, hanako, ichiro, jiro]))]
        assert ("R104", "members", False) in problems("move_out", move_out_form([taro, hanako, ichiro]))

    def test_予定の間に他の異動ができ再転入はできない(self):
        """fold.md 17, 2: other entries are free; a 再転入 before the day is refused."""
        taro = family_of(TARO)[0]
        register("move_out", move_out_form([taro]))
        register("relocation", relocation_form([taro], effective_on="令和8年4月10日", filed_on="令和8年4月10日"))
        assert (sheet(taro).address, sheet(taro).closed_on) == ("北海道小樽市色内1丁目3番5号", DAY)
        assert ("N001", "juminhyo_code", True) in problems("domestic_move_in", move_in_form([TARO]))

    def test_予定の間は本人確認情報を知らせない(self, sent):
        """domain §2.1: A goes out on the day; an update meanwhile bears 予定者フラグ."""
        taro = family_of(TARO)[0]
        sent.clear()
        register("move_out", move_out_form([taro]))
        assert sent == []
        register("relocation", relocation_form([taro], effective_on="令和8年4月10日", filed_on="令和8年4月10日"))
        assert [(one.message.event_reason, one.message.planned_person_flag) for one in sent] == [("relocation", True)]

    def test_届出の後予定日までの間の世帯主も続柄も定められる(self):
        """N-4.1.3.0.1-03 (optional): filed on 4/10 for 5/1; from 4/15 the wife is 世帯主 and he is 夫, and on the day nothing is left to be done."""
        taro, hanako, ichiro, jiro = family_of()
        register("move_out", move_out_form([taro]))
        with clock.at(date(2026, 4, 15)):
            family = [taro, hanako, ichiro, jiro]
            register("head_change", household_form(family, ["夫", "世帯主", "子", "子"], effective_on="令和8年4月15日", filed_on="令和8年4月15日"))
        with clock.at(date(2026, 4, 20)):
            shown = dict(person_as_of(AT_COUNTER, jiro, date(2026, 4, 20)).household)
            assert [shown[str(one)].relationship for one in family] == ["夫", "世帯主", "子", "子"]
            assert person_as_of(AT_COUNTER, jiro, date(2026, 4, 12)).entries.householder_name == TARO.name
        with clock.at(DAY):
            assert turn_to(DAY) == {"消除": 1, "世帯主の変わった世帯": 0}
            assert {sheet(one).householder_name for one in (hanako, ichiro, jiro)} == {HANAKO.name}
            assert prove().proven


class Test予定日の到来:
    """design §4: on a leaver's planned day a job records what changes for those who remain."""

    def test_その日に消除が処理され知らされる(self, sent):
        """N-4.0.2-05, N-1.1.5-11; A on the planned day."""
        taro = family_of(TARO)[0]
        register("move_out", move_out_form([taro]))
        sent.clear()
        with clock.at(date(2026, 4, 30)):
            assert turn_to(date(2026, 4, 30)) == {"消除": 0, "世帯主の変わった世帯": 0}
        with clock.at(DAY):
            assert turn_to(DAY) == {"消除": 1, "世帯主の変わった世帯": 0}
        [notice] = sent
        assert (notice.message.event_reason, notice.message.event_reason_detail, notice.message.event_date) == ("move_out", "to_municipality", "R8-05-01")
        assert (notice.message.planned_person_flag, notice.message.update_sequence_no, notice.message.notified_date) == (False, 2, date(2026, 4, 10))
        assert notice.because == CivilEvent.objects.get(code="move_out").pk
        removal = Removal.objects.get()
        assert (removal.closed_on, clock.jst(removal.processed_at).date(), removal.history_no) == (DAY, DAY, 2)
        assert sheet(taro).history_no == 2  # closed by its own value: no version more

    @pytest.mark.parametrize("room", ["atena", "konbini", "transfers"])
    def test_庁内の部屋は届出のときとその日の二度知らされる(self, monkeypatch, room):
        """domain 2.1 (4): they tell 転出予定 from 消除; A does not go out before the day, G and H do."""
        taro, hanako = family_of(TARO, HANAKO)
        heard = told(monkeypatch, room)
        register("move_out", move_out_form([taro]))
        planned = len([one for one in heard if "hold" not in type(one.message).__name__.lower()])
        with clock.at(DAY):
            turn_to(DAY)
        later = [one for one in heard if "hold" not in type(one.message).__name__.lower()][planned:]
        assert planned == 1
        assert len(later) == 2  # the one who left, and the one who is 世帯主 now
        assert sheet(hanako).relationship == "世帯主"

    def test_まだ来ていない日を指して動かしても消除しない(self, sent):
        """`daicho job run due_removals --date` of a day ahead: nobody is told of a removal before it happens."""
        taro = family_of(TARO)[0]
        register("move_out", move_out_form([taro]))
        sent.clear()
        assert turn_to(DAY) == {"消除": 0, "世帯主の変わった世帯": 0}
        assert (sent, Removal.objects.count()) == ([], 0)

    def test_届出の後に変わった内容のまま知らされる(self, sent):
        """Rooms take nothing older than what they were told last: the newest 履歴番号 goes with it."""
        taro = family_of(TARO)[0]
        register("move_out", move_out_form([taro]))
        register("relocation", relocation_form([taro], effective_on="令和8年4月10日", filed_on="令和8年4月10日"))
        sent.clear()
        with clock.at(DAY):
            turn_to(DAY)
        [notice] = sent
        assert (notice.message.address, notice.message.update_sequence_no) == ("北海道小樽市色内1丁目3番5号", 3)
        assert Removal.objects.get().history_no == 3

    def test_もう一度走っても何も起きない(self, sent):
        taro, _ = family_of(TARO, HANAKO)
        register("move_out", move_out_form([taro]))
        with clock.at(DAY):
            turn_to(DAY)
            before = (len(sent), SheetVersion.objects.count(), CivilEvent.objects.count())
            assert turn_to(DAY) == {"消除": 0, "世帯主の変わった世帯": 0}
        with clock.at(date(2026, 5, 2)):
            turn_to(date(2026, 5, 2))
        assert (len(sent), SheetVersion.objects.count(), CivilEvent.objects.count()) == before

    def test_残る一人がその日から世帯主になる(self):
        """N-4.0.4-01; 令25条; fold.md 18: an event of that day."""
        taro, hanako = family_of(TARO, HANAKO)
        register("move_out", move_out_form([taro]))
        assert sheet(hanako).relationship == "妻"
        with clock.at(DAY):
            assert turn_to(DAY) == {"消除": 1, "世帯主の変わった世帯": 1}
            wife = sheet(hanako)
            assert (wife.relationship, wife.householder_name) == ("世帯主", HANAKO.name)
            assert person_as_of(AT_COUNTER, hanako, date(2026, 4, 30)).entries.relationship == "妻"
            event = CivilEvent.objects.get(code="head_by_removal")
            assert (event.standard_code, event.basis, event.effective_on.encode(), event.entered_by) == (
                "世帯主変更",
                "職権",
                "R8-05-01",
                "転出予定日の到来（自動）",
            )
            assert prove().proven

    def test_二人以上が残れば世帯主は未設定になり他の異動は止まらない(self):
        """std 1.1.10, N-4.0.4-04."""
        taro, hanako, ichiro, jiro = family_of()
        register("move_out", move_out_form([taro]))
        with clock.at(DAY):
            turn_to(DAY)
            assert {sheet(one).householder_name for one in (hanako, ichiro, jiro)} == {None}
            assert sheet(taro).householder_name == TARO.name
            form = relocation_form([jiro], ["世帯主"], household_choice="new", effective_on="令和8年5月1日", filed_on="令和8年5月1日")
            register("relocation", form)
            assert sheet(jiro).householder_name == JIRO.name
            assert prove().proven

    def test_世帯主でない者の転出では残る人は何も変わらない(self):
        taro, hanako, *_ = family_of()
        register("move_out", move_out_form([hanako]))
        with clock.at(DAY):
            assert turn_to(DAY) == {"消除": 1, "世帯主の変わった世帯": 0}
        assert (sheet(taro).history_no, CivilEvent.objects.filter(code="head_by_removal").exists()) == (1, False)

    def test_世帯全員が同じ日に去れば世帯は空になる(self, sent):
        family = family_of()
        register("move_out", move_out_form(family))
        sent.clear()
        with clock.at(DAY):
            assert turn_to(DAY) == {"消除": 4, "世帯主の変わった世帯": 0}
            assert prove().proven
        assert [one.message.name_kanji for one in sent] == [role.name for role in FAMILY]

    def test_止まっていた間の日は日ごとにその日の世帯で処理される(self):
        """Catch-up: head on 5/1, wife on 5/2, the job comes on 5/7: each household as it was on its day."""
        taro, hanako, jiro = family_of(TARO, HANAKO, JIRO)
        register("move_out", move_out_form([taro]))
        register("move_out", move_out_form([hanako], "令和8年5月2日"))
        with clock.at(date(2026, 5, 7)):
            assert turn_to(date(2026, 5, 7)) == {"消除": 2, "世帯主の変わった世帯": 2}
            heads = [(person_as_of(AT_COUNTER, jiro, date(2026, 5, day)).entries.relationship) for day in (1, 2)]
            assert heads == ["子", "世帯主"]
            assert sheet(jiro).householder_name == JIRO.name
            assert prove().proven

    def test_予定日が来ている届出はその場で消除し処理はくり返さない(self, sent):
        """N-4.1.3.0.1-01 on the same day; the event itself tells, and the job finds nothing."""
        taro, hanako = family_of(TARO, HANAKO)
        sent.clear()
        written = register("move_out", move_out_form([taro], "令和8年4月10日"))
        assert [(w.person.public_id, w.entries.relationship) for w in written] == [(taro, "世帯主"), (hanako, "世帯主")]
        assert [one.message.event_reason for one in sent] == ["move_out"]
        assert Removal.objects.get().history_no == 2
        assert turn_to(date(2026, 4, 10)) == {"消除": 0, "世帯主の変わった世帯": 0}
        assert prove().proven

    def test_死亡が先なら転出の消除はない(self, sent):
        """fold.md 17."""
        taro = family_of(TARO)[0]
        register("move_out", move_out_form([taro]))
        with clock.at(date(2026, 4, 20)):
            register("death", death_form(taro, "令和8年4月18日", filed_on="令和8年4月20日"))
        sent.clear()
        with clock.at(DAY):
            assert turn_to(DAY) == {"消除": 0, "世帯主の変わった世帯": 0}
        assert sent == []

    def test_間に世帯主が替わっていれば残る人は変わらない(self):
        """The day is judged as it is then, not as it was when the 転出 was told."""
        taro, hanako = family_of(TARO, HANAKO)
        sato = register("domestic_move_in", move_in_form([SATO], address="色内1丁目3番5号"))[0]
        register("move_out", move_out_form([taro]))
        joined = relocation_form([hanako], ["同居人"], household_choice="existing", household_no=sato.entries.household_no, effective_on="令和8年4月10日")
        register("relocation", replace(joined, filing={**joined.filing, "filed_on": "令和8年4月10日"}))
        with clock.at(DAY):
            assert turn_to(DAY) == {"消除": 1, "世帯主の変わった世帯": 0}
        assert sheet(hanako).relationship == "同居人"

    def test_再転入した後も古い除票はもう処理されない(self):
        taro = family_of(TARO)[0]
        register("move_out", move_out_form([taro]))
        with clock.at(DAY):
            turn_to(DAY)
        with clock.at(date(2026, 5, 20)):
            form = move_in_form([TARO], effective_on="令和8年5月18日", filed_on="令和8年5月20日")
            register("domestic_move_in", replace(form, members=(replace(form.members[0], person=str(taro)),)))
            assert turn_to(date(2026, 5, 20)) == {"消除": 0, "世帯主の変わった世帯": 0}
            assert prove().proven

    def test_移行で取り込んだ予定もその日に処理され過去の除票は処理されない(self, sent):
        """A 転出 that an earlier system recorded: what was planned is settled, what was over by then is not."""
        taro, hanako = family_of(TARO, HANAKO)
        removed(taro, DAY, "move_out", planned_move_out_date=DAY)
        removed(hanako, date(2026, 4, 9), "move_out", planned_move_out_date=date(2026, 4, 9))
        sent.clear()
        with clock.at(DAY):
            assert turn_to(DAY) == {"消除": 1, "世帯主の変わった世帯": 0}
        assert [(one.message.name_kanji, one.message.event_reason_detail) for one in sent] == [(TARO.name, "to_municipality")]
