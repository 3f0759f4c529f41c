"""戸籍の届出・法9条2項通知・法19条2項通知 — they come in, open the 異動 filled in, and are done with it. 住基法9条2項, 19条2項; std 4.2.0.3, 4.2.0.4."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from daicho import clock
from daicho.outbox import intake
from daicho.residents.commands import receiving
from daicho.residents.errors import CannotDo
from daicho.residents.models import CivilEvent, ReceivedNotice, SheetCurrent
from daicho.residents.models.received import ReceivedState
from daicho.residents.queries.proof import prove
from daicho.residents.queries.received import get_received, list_received, undone_counts
from daicho.residents.rules.events import ALL_EVENTS
from daicho.residents.rules.received.family_register import MATTERS
from tests.cast import CLERK, FAMILY, HANAKO, ICHIRO, NGUYEN, SATO, TARO
from tests.outbox.parties import envelope_of
from tests.residents.counter import move_in_form, register, stock
from tests.residents.inbox import ASAHIKAWA, begin, entries, of, register_notice, tell, through, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def family() -> list[UUID]:
    return [w.person.public_id for w in register("domestic_move_in", move_in_form(FAMILY))]


def sheet(person: UUID) -> SheetCurrent:
    return SheetCurrent.objects.get(person__public_id=person)


class Test死亡:
    """domain §2.1 no. 5: the notice comes in, and is the ground of an entry ex officio."""

    @pytest.mark.parametrize(
        ("sender", "kind", "ground", "notified"),
        [("012033", "family_register", "family_register", date(2026, 4, 8)), (ASAHIKAWA, "article_9_2", "article_9_2", date(2026, 4, 10))],
        ids=["本市の戸籍の届出", "法9条2項通知"],
    )
    def test_届いた通知から死亡の異動が記入済みで始まり本登録で処理済みになる(self, family, sender, kind, ground, notified):
        """N-4.2.0.4-01: the day the 届書 was accepted here, or the day the notice came (4/10), stands as 戸籍届出・通知日."""
        row = tell(register_notice("death", [of(TARO)], municipality_code=sender))
        assert (row.kind, row.state, row.why, row.effective_on, row.person.public_id) == (kind, "waiting", "", date(2026, 4, 5), family[0])
        filing = begin(row, family[0])
        form, members = typed(filing)
        assert (filing.code, form["effective_on"], form["ground"], members) == ("death", "令和8年4月5日", ground, [{}])
        through(filing)
        row.refresh_from_db()
        event = CivilEvent.objects.get(pk=row.event_id)
        assert (row.state, event.code, event.basis, event.filed_on) == ("accepted", "death", "職権", notified)
        assert (sheet(family[0]).closed_on, sheet(family[0]).removal_reason_code) == (date(2026, 4, 5), "death")
        assert prove().proven

    def test_推定の死亡日もそのまま写る(self, family):
        """std 1.1.8: such a day has no place in the list's column, and stands in the form as it was written."""
        from daicho.values.dates import JapaneseDate

        day = JapaneseDate.parse("令和8年4月5日頃")
        row = tell(register_notice("death", [of(TARO)], day.encode()))
        assert (row.effective_on, typed(begin(row, family[0]))[0]["effective_on"]) == (None, day.as_written)

    def test_転入通知のように自動では消除しない(self, family):
        """What comes in becomes a work item for a clerk unless its definition says otherwise (design §5)."""
        tell(register_notice("death", [of(TARO)]))
        assert (sheet(family[0]).closed_on, undone_counts(CLERK)) == (None, {"family_register": 1})


class Test出生:
    def test_子は通知どおりに記入され父母の世帯に入る(self, family):
        """N-4.2.0.3-02 too: 戸籍の表示 is quoted from the parent where the notice does not say it."""
        stock(1)
        child = entries(name_kanji="花園　春", name_kana="ハナゾノ　ハル", kana_notarised="both", sex_code="2", relationship="子")
        row = tell(register_notice("birth", [of(HANAKO)], newborns=(child,)))
        assert (row.why, row.person.public_id) == ("", family[1])
        filing = begin(row, family[1])
        form, [newborn] = typed(filing)
        assert (filing.code, form["household_choice"], form["household_no"]) == ("birth", "existing", sheet(family[1]).household_no)
        assert (newborn["name_kanji"], newborn["registered_domicile"], newborn["resident_kind"]) == ("花園　春", sheet(family[1]).registered_domicile, "1")
        through(filing)
        row.refresh_from_db()
        born = SheetCurrent.objects.get(name_kanji="花園　春")
        assert (row.state, row.person.public_id) == ("accepted", family[1])
        assert (born.household_no, born.birth_date.encode(), born.became_resident_reason_code) == (sheet(family[0]).household_no, "R8-04-05", "birth")

    def test_もう記載された子の届出には注意が付く(self, family):
        """The same child told of by two cities: 届出地 and 本籍地."""
        stock(1)
        child = entries(name_kanji="花園　春", name_kana="ハナゾノ　ハル", kana_notarised="both", sex_code="2", relationship="子")
        through(begin(tell(register_notice("birth", [of(HANAKO)], newborns=(child,))), family[1]))
        again = tell(register_notice("birth", [of(HANAKO)], newborns=(child,), municipality_code=ASAHIKAWA, request_control_no="0002"))
        assert "もう記載されています" in again.why

    def test_世帯の人が選ばれていなければ始められない(self, family):
        row = tell(register_notice("birth", [of(HANAKO)], newborns=(entries(name_kanji="花園　春"),)))
        with pytest.raises(CannotDo, match="入る世帯の人が選ばれていません"):
            begin(row, None)


class Test通知の対象者:
    def test_番号がなくても氏名と生年月日と性別で見つかる(self, family):
        row = tell(register_notice("death", [of(ICHIRO, code=None)]))
        assert (row.why, row.person.public_id) == ("", family[2])

    def test_外国人住民はローマ字の氏名で見つかる(self):
        person = register("domestic_move_in", move_in_form([NGUYEN]))[0].person.public_id
        assert tell(register_notice("death", [of(NGUYEN, code=None)])).person.public_id == person

    def test_番号の人と氏名が違えば確かめさせる(self, family):
        row = tell(register_notice("death", [replace(of(TARO), name_kanji="花園　次郎")]))
        assert ("違います" in row.why, row.person.public_id) == (True, family[0])

    @pytest.mark.parametrize("code", [SATO.juminhyo_code, "12345678901", "x"], ids=["別の番号", "検査数字", "番号でない"])
    def test_番号の人がいなければ氏名などの一致する人を確かめさせる(self, family, code):
        row = tell(register_notice("death", [of(TARO, code=code)]))
        assert ("住民票コードの一致する人がいません" in row.why, row.person.public_id) == (True, family[0])
        assert get_received(CLERK, row.public_id).people[0].surely is None  # a clerk must choose

    def test_同姓同名で生年月日も同じ人が二人いれば選ばせる(self, family):
        twin = replace(TARO, index=77)
        register("domestic_move_in", move_in_form([twin], address="色内1丁目3番5号"))
        row = tell(register_notice("death", [of(TARO, code=None)]))
        found = get_received(CLERK, row.public_id).people[0]
        assert ("2人以上います" in row.why, row.person_id, len(found.people), found.surely) == (True, None, 2, None)

    def test_だれも見つからなければ検索させる(self, family):
        """Nothing is refused and nothing is lost (F-1-03)."""
        row = tell(register_notice("death", [of(SATO)]))
        assert (row.state, row.person_id, "検索して選んでください" in row.why) == ("waiting", None, True)
        with pytest.raises(CannotDo, match="対象者が選ばれていません"):
            begin(row)

    def test_候補を見れば全員が記録に残る(self, family):
        """F-1-13: by number and by three facts; nobody is shown without a record."""
        from daicho.audit.models import AuditEntry

        found = get_received(CLERK, tell(register_notice("death", [of(TARO), of(ICHIRO, code=None)])).public_id)
        assert [one.surely.public_id for one in found.people] == [str(family[0]), str(family[2])]
        assert set(AuditEntry.objects.get(purpose="受信箱の処理").subjects) == {family[0], family[2]}


class Test二重と取違え:
    def test_同じ通知がもう一度届いても処理するものは一つ(self, family):
        message = register_notice("death", [of(TARO)])
        tell(message)
        assert (tell(message).state, len(list_received(CLERK)), ReceivedNotice.objects.count()) == ("repeated", 1, 2)

    def test_同じ番号で内容が違えば両方を職員が見る(self, family):
        tell(register_notice("death", [of(TARO)]))
        again = tell(register_notice("death", [of(TARO)], "R8-04-06"))
        assert (again.state, "内容が違います" in again.why, len(list_received(CLERK))) == ("waiting", True, 2)

    def test_宛先が本市でないものも失われない(self, family):
        assert "宛先が本市ではありません" in tell(register_notice("death", [of(TARO)], addressee_municipality_code="011002")).why

    def test_読み取れない異動日は空欄で始まる(self, family):
        row = tell(register_notice("death", [of(TARO)], "99999999"))
        assert ("異動日を読み取れません" in row.why, "effective_on" in typed(begin(row, family[0]))[0]) == (True, False)

    def test_一つの通知を二人で入力できない(self, family):
        row = tell(register_notice("death", [of(TARO)]))
        filing = begin(row, family[0])
        with pytest.raises(CannotDo, match=f"届出番号{filing.filing_no}で入力されています"):
            begin(row, family[0])


@pytest.mark.parametrize("matter", [matter for matter in MATTERS if matter != "birth"])
def test_どの届出もその異動を開きその異動の欄だけが写る(family, matter):
    """Each 届書 has its 異動; of what the notice says the form takes what it declares and nothing else (F-1-04)."""
    new = {
        "name_kanji": "高橋　花子",
        "name_kana": "タカハシ　ハナコ",
        "registered_domicile": "北海道旭川市六条通九丁目",
        "family_register_head_name": "高橋　次郎",
    }
    row = tell(register_notice(matter, [of(HANAKO, **new)]))
    assert row.why == ""
    filing = begin(row, family[1])
    [event] = [one for one in ALL_EVENTS if one.code == MATTERS[matter][1]]
    [member] = typed(filing)[1]
    assert (filing.code, member) == (event.code, {name: text for name, text in new.items() if name in event.all_member_fields()})


def test_異動のない届出は失われず待つ(family):
    row = tell(register_notice("something_new", [of(HANAKO)]))
    assert (row.state, "まだこの画面から入力できません" in row.why) == ("waiting", True)
    with pytest.raises(CannotDo, match="まだこの画面から入力できません"):
        begin(row, family[1])


def test_通知どおりに本籍と筆頭者が記載される(family):
    """N-4.2.0.3-01: a 法9条2項通知 of a 転籍, through two officers."""
    row = tell(
        register_notice(
            "register_transfer", [of(HANAKO, registered_domicile="北海道旭川市六条通九丁目46番地", family_register_head_name="花園　太郎")],
            municipality_code=ASAHIKAWA,
        )
    )  # fmt: skip
    found = get_received(CLERK, row.public_id)
    said = {one.label: one.text for one in found.people[0].named.said}
    assert (said["新しい本籍"], said["新しい筆頭者"]) == ("北海道旭川市六条通九丁目46番地", "花園　太郎")
    through(begin(row, family[1]))
    assert (sheet(family[1]).registered_domicile, sheet(family[1]).family_register_head_name) == ("北海道旭川市六条通九丁目46番地", "花園　太郎")


class Test扉:
    """Who may bring it: the 戸籍 what this city accepted, 市町村CS what others did."""

    def receive(self, peer: str, message: object):
        envelope = envelope_of(message, peer)
        return [intake.receive(peer, envelope.to_bytes(), "127.0.0.1").status for _ in range(2)]

    def test_市町村CSから届いた法9条2項通知は一度だけ受信箱に入る(self, family):
        """法9条2項; the same envelope again is a duplicate."""
        message = register_notice("death", [of(TARO)], municipality_code=ASAHIKAWA)
        assert (self.receive("juki_net", message), ReceivedNotice.objects.get().kind) == (["acknowledged", "duplicate"], "article_9_2")

    def test_戸籍は他市の届出を持ち込めない(self):
        message = register_notice("death", [of(TARO)], municipality_code=ASAHIKAWA)
        assert (self.receive("family_register", message), ReceivedNotice.objects.count()) == (["refused"] * 2, 0)

    @pytest.mark.parametrize("peer", ["atena", "transfers", "mynaportal"])
    def test_ほかのだれも戸籍の届出を持ち込めない(self, peer):
        assert (self.receive(peer, register_notice("death", [of(TARO)])), ReceivedNotice.objects.count()) == (["refused"] * 2, 0)


class Test法19条2項:
    def test_附票と戸籍の不一致は職権修正を求めて届く(self, family):
        """法19条2項: from the 本籍地; no 届出, and its own kind in the list."""
        row = tell(register_notice("register_disagreement", [of(TARO, name_kanji="花園　太朗")], municipality_code=ASAHIKAWA))
        assert (row.kind, row.person.public_id, undone_counts(CLERK)) == ("article_19_2", family[0], {"article_19_2": 1})
        reading = get_received(CLERK, row.public_id).reading
        assert (reading.event, reading.matter_ja) == ("ex_officio_correction", "附票記載事項の不一致")
        filing = begin(row, family[0])
        form, [member] = typed(filing)
        assert (filing.code, form["effective_on"], member) == ("ex_officio_correction", "令和8年4月5日", {"name_kanji": "花園　太朗"})
        assert "法第19条第2項" in form["reason"]
        through(filing)
        assert sheet(family[0]).name_kanji == "花園　太朗"

    def test_外へは出さない(self):
        """domain §2.1 no. 5: 法9条2項 and 法19条2項 come in; this room posts neither."""
        from daicho.outbox import courier

        assert "family_register_notice" not in courier._routes["juki_net"].kinds
        assert courier._routes["family_register"].kinds == {"fuhyo_notice"}  # 法19条1項 goes out, which is another duty


def test_保留と対象なしと未処理に戻す(family):
    row = tell(register_notice("death", [of(TARO)]))
    for state, shelf in ((ReceivedState.HELD, "held"), (ReceivedState.SET_ASIDE, "set_aside"), (ReceivedState.WAITING, "undone")):
        receiving.put_aside(CLERK, row.public_id, state, "確かめている")
        assert [one.pk for one in list_received(CLERK, shelf=shelf)] == [row.pk]
    filing = begin(row, family[0])
    with pytest.raises(CannotDo, match=f"届出番号{filing.filing_no}"):
        receiving.put_aside(CLERK, row.public_id, ReceivedState.SET_ASIDE, "入力の途中で")
    with clock.at(date(2026, 4, 11)):
        through(filing)
    assert [one.pk for one in list_received(CLERK, kind="family_register", shelf="done")] == [row.pk]


def test_受信した内容は金庫に封じられ一覧に人は出ない(family):
    """design §6."""
    row = tell(register_notice("death", [of(TARO)]))
    plain = {field.name: getattr(row, field.attname) for field in ReceivedNotice._meta.fields}
    assert not [name for name, value in plain.items() if isinstance(value, str) and ("花園" in value or TARO.juminhyo_code in value)]
