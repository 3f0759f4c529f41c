"""コンビニ交付への通知 — whom an event tells konbini of, what of them, and nothing before 本登録 but that somebody is held. S5-01; G-21, F-1-02, std 4.0.8."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho import clock
from daicho.contracts.certificate_data_v1 import CertificateDataV1, CertifiedEntries, CertifiedPerson
from daicho.contracts.certificate_heartbeat_v1 import CertificateHeartbeatV1
from daicho.contracts.certificate_hold_v1 import CertificateHoldV1
from daicho.konbini.rules.record import certificate_record as as_konbini_reads
from daicho.outbox import courier
from daicho.outbox.courier import Route
from daicho.outbox.envelope import Reply
from daicho.outbox.errors import Unavailable
from daicho.outbox.models import Delivery, Line, Notice
from daicho.residents.commands import filings, heartbeat, registering
from daicho.residents.models import CivilEvent, Claim
from daicho.residents.queries.konbini_waiting import waiting
from daicho.residents.rules.certificate_data import Told, certificate_changed, certified_person
from daicho.residents.rules.entries import ENTRIES, SheetEntries
from daicho.residents.rules.on_certificate import OpenNumbers, certificate_record
from daicho.values.made_up import made_up_user_certificate_serial
from tests.cast import EXAMINER, FAMILY, HANAKO, NGUYEN, SATO, TARO
from tests.residents.cancelling import cancel
from tests.residents.counter import death_form, enter, household_form, move_in_form, move_out_form, register, relocation_form, turn_to

pytestmark = pytest.mark.django_db
SERIAL = str(made_up_user_certificate_serial(1))


def told() -> list[object]:
    """What konbini was told, in order."""
    from daicho import vault

    refs = list(Notice.objects.filter(destination="konbini").order_by("order_no").values_list("payload_ref", flat=True))
    opened = vault.open_payloads(refs) if refs else {}
    from daicho.contracts import base
    from daicho.outbox.envelope import Envelope

    return [base.read(Envelope, opened[ref]).message() for ref in refs]


def move_in(*people, **texts):
    return register("domestic_move_in", move_in_form(people or FAMILY, **texts))


class Test証明データ:
    def test_一つの異動の全員を一つの通知で知らせる(self):
        """No household is ever seen half moved in."""
        written = move_in()
        [message] = told()
        assert isinstance(message, CertificateDataV1)
        assert [(one.atena_no, one.history_no, one.order_in_household) for one in message.persons] == [
            (w.person.atena_no, 1, at) for at, w in enumerate(written, 1)
        ]
        assert {one.household_no for one in message.persons} == {written[0].entries.household_no}
        assert Notice.objects.get(destination="konbini").because_event == written[0].version.event_id

    @pytest.mark.parametrize("role", [TARO, SATO, NGUYEN], ids=["日本人", "異体字", "外国人"])
    def test_コンビニの読む記録は窓口の証明書の記録と同じである(self, role):
        """S5-01: exactly what certificates/record.py needs. What a shop never prints stays here."""
        from daicho.city.models import CodeEntry
        from daicho.city.sample import NATIONALITIES

        CodeEntry.objects.bulk_create(
            [CodeEntry(municipality_code="012033", table="nationality", code=c.code, ja=c.ja, valid_from=date(2000, 1, 1)) for c in NATIONALITIES]
        )
        [written] = move_in(role)
        [message] = told()
        [one] = message.persons
        assert one.entries is not None
        names = {"nationality": {code.code: code.ja for code in NATIONALITIES}}
        counter = certificate_record(written.entries, OpenNumbers(), names)
        shop = as_konbini_reads(one.entries, one.closes_on, one.is_prohibited)
        never = {"individual_entries", "juminhyo_code", "individual_number"}
        differing = {f.name for f in fields(counter) if getattr(counter, f.name) != getattr(shop, f.name)} - never
        assert differing <= {"foreign"}
        if counter.foreign is not None and shop.foreign is not None:
            assert (shop.foreign.nationality, shop.foreign.card_no, shop.foreign.alias_history) == ("ベトナム", None, ())
            same = ("residence_class", "residence_status", "period", "expires_on")
            assert [getattr(shop.foreign, name) for name in same] == [getattr(counter.foreign, name) for name in same]

    def test_番号は電文のどこにもない(self):
        from daicho import vault

        move_in(TARO)
        [payload] = vault.open_payloads([Notice.objects.get(destination="konbini").payload_ref]).values()
        for number in (TARO.juminhyo_code, TARO.individual_number):
            assert number.encode() not in payload

    def test_転入届で入力したカードの番号を知らせる(self):
        """N-1.1.1-46: the serial number is an entry of the sheet, kept in the vault."""
        from dataclasses import replace

        [written] = move_in(replace(TARO, texts={"user_certificate_serial": SERIAL.lower()}))
        [message] = told()
        assert message.persons[0].user_certificate_serial == SERIAL
        assert isinstance(written.entries.user_certificate_serial, int)

    def test_転居すると転居した人の新しい記載を知らせる(self):
        people = [w.person for w in move_in()]
        with clock.at(date(2026, 5, 2)):
            register("relocation", relocation_form([p.public_id for p in people]))
        message = [one for one in told() if isinstance(one, CertificateDataV1)][-1]
        assert {one.atena_no for one in message.persons} == {p.atena_no for p in people}
        assert {one.entries.address for one in message.persons if one.entries} == {"北海道小樽市色内1丁目3番5号"}

    def test_残った人も世帯主氏名が変われば知らせる(self):
        people = [w.person for w in move_in()]
        with clock.at(date(2026, 5, 2)):
            register("relocation", relocation_form([people[0].public_id], ["世帯主"], household_choice="new"))
        message = [one for one in told() if isinstance(one, CertificateDataV1)][-1]
        assert {one.atena_no for one in message.persons} == {p.atena_no for p in people}
        stayed = [one for one in message.persons if one.atena_no != people[0].atena_no]
        assert {one.entries.householder_name for one in stayed if one.entries} == {None}

    def newest(self) -> dict[str, CertifiedPerson]:
        """Everybody as told last, by 宛名番号."""
        return {one.atena_no: one for message in told() if isinstance(message, CertificateDataV1) for one in message.persons}

    def test_死亡した人は消除されたことだけを知らせ残る人も知らせる(self):
        """Told from what was written, whatever the event; of who is removed nothing but that."""
        taro, hanako = (w.person for w in move_in(*FAMILY[:2]))
        register("death", death_form(taro.public_id))
        told_of = self.newest()
        assert (told_of[taro.atena_no].closes_on, told_of[taro.atena_no].entries) == (date(2026, 4, 8), None)
        stayed = told_of[hanako.atena_no].entries
        assert stayed is not None
        assert (stayed.relationship, stayed.householder_name) == ("世帯主", HANAKO.name)

    def test_転出は予定の日とともに知らせその日が来れば消除だけを知らせる(self):
        """S5-03: 転出予定 is judged there; on the day what paper can show is taken away from konbini too."""
        [written] = move_in(TARO)
        register("move_out", move_out_form([written.person.public_id]))
        planned = self.newest()[written.person.atena_no]
        assert (planned.closes_on, planned.entries is None) == (date(2026, 5, 1), False)
        with clock.at(date(2026, 5, 1)):
            turn_to(date(2026, 5, 1))
        gone = self.newest()[written.person.atena_no]
        assert (gone.closes_on, gone.entries) == (date(2026, 5, 1), None)

    def test_転出の取消しは予定のないことを知らせる(self):
        [written] = move_in(TARO)
        register("move_out", move_out_form([written.person.public_id]))
        cancel(CivilEvent.objects.get(code="move_out"))
        again = self.newest()[written.person.atena_no]
        assert (again.closes_on, again.entries is None, again.history_no) == (None, False, 3)

    def test_並び順の変更も世帯主変更も知らせる(self):
        people = [w.person for w in move_in(*FAMILY[:2])]
        with clock.at(date(2026, 5, 2)):
            register("head_change", household_form([p.public_id for p in people], ["夫", "世帯主"]))
        words = {one.atena_no: one.entries.relationship for one in self.newest().values() if one.entries}
        assert words == {people[0].atena_no: "夫", people[1].atena_no: "世帯主"}

    def test_消除された人のことは消除日のほか何も知らせない(self):
        entries = SheetEntries(name_kanji="花園　太郎", household_no="1", closed_on=date(2026, 4, 10))
        assert certified_person(entries, Told("1", 2, None, date(2026, 4, 10)), {}).entries is None
        assert certified_person(entries, Told("1", 2, None, date(2026, 4, 9)), {}).entries is not None

    def test_発行禁止は有無だけを知らせ理由は知らせない(self):
        """N-3.1-18, std 3.4."""
        entries = SheetEntries(issue_prohibited_setting='[{"reason":"支援措置"}]')
        one = certified_person(entries, Told("1", 2, None, date(2026, 4, 10)), {})
        assert one.is_prohibited
        assert "支援" not in repr(one)
        assert certificate_changed(SheetEntries(), entries)
        assert certificate_changed(entries, SheetEntries())

    def test_証明書に関わらない記載が変わっても知らせない(self):
        """Data minimisation: 国保の資格, 付箋, 選挙人名簿 are nothing to a shop."""
        before = SheetEntries(name_kanji="花園　太郎")
        beside = [name for name in ENTRIES if not certificate_changed(before, before.but(**{name: "x"})) and name != "name_kanji"]
        for name in ("nhi_qualified_flag", "np_qualified_flag", "electoral_roll_flag", "sticky_note", "warning_info", "search_kana", "juminhyo_code",
                     "individual_number", "residence_card_no", "alias_history_alias", "elementary_school_district_code"):  # fmt: skip
            assert name in beside, name
        printed = {field.name for field in fields(CertifiedEntries)} & set(ENTRIES)
        assert not printed & set(beside)

    def test_問合せの数は人数によらない(self):
        """The speed of 転入 is guarded: for konbini a fixed number of statements comes on top, whatever the people."""

        def counted(people) -> int:
            filing = enter("domestic_move_in", move_in_form(people))
            filings.examine(EXAMINER, filing)
            with CaptureQueriesContext(connection) as queries:
                registering.register(EXAMINER, filing)
            return len([q for q in queries if "konbini" in q["sql"] or "outbox" in q["sql"]])

        move_in(SATO)
        assert counted([TARO]) == counted([HANAKO, *FAMILY[2:]])


class Test仮登録中の印:
    """F-1-02, decision 0016: the mark says whom, and that is all."""

    @pytest.fixture
    def family(self):
        people = [w.person for w in move_in()]
        with clock.at(date(2026, 5, 2)):
            yield people

    def holds(self) -> list[tuple[bool, tuple[str, ...]]]:
        return [(one.is_held, one.atena_nos) for one in told() if isinstance(one, CertificateHoldV1)]

    def test_仮登録で印を付け本登録の知らせの後で外す(self, family):
        taro = family[0]
        filing = enter("relocation", relocation_form([taro.public_id], ["世帯主"], household_choice="new"))
        assert self.holds() == [(True, (taro.atena_no,))]
        assert [type(one).__name__ for one in told()] == ["CertificateDataV1", "CertificateHoldV1"]
        filings.examine(EXAMINER, filing)
        registering.register(EXAMINER, filing)
        assert [type(one).__name__ for one in told()][2:] == ["CertificateDataV1", "CertificateHoldV1"]
        assert self.holds()[-1] == (False, (taro.atena_no,))

    def test_仮登録中に出ていくのは印だけで届出の中身は出ていかない(self, family):
        from daicho import vault

        before = set(Notice.objects.values_list("pk", flat=True))
        enter("relocation", relocation_form([family[0].public_id], ["世帯主"], household_choice="new"))
        new = Notice.objects.exclude(pk__in=before)
        assert [notice.kind for notice in new] == ["certificate_hold"]
        [payload] = vault.open_payloads([notice.payload_ref for notice in new]).values()
        assert not any(said.encode() in payload for said in ("色内", "relocation", "転居", "2026-05-01", "花園"))

    def test_取り下げれば印を外す(self, family):
        from tests.cast import CLERK

        filing = enter("relocation", relocation_form([family[0].public_id], ["世帯主"], household_choice="new"))
        filings.withdraw(CLERK, filing, "来庁者の申出")
        assert self.holds() == [(True, (family[0].atena_no,)), (False, (family[0].atena_no,))]

    def test_転入する人はまだ誰でもないので印はない(self):
        enter("domestic_move_in", move_in_form([SATO]))
        assert self.holds() == []


class Konbini:
    """A courier to konbini that keeps what it was given, or fails."""

    def __init__(self, fails: bool = False) -> None:
        self.kept: list[object] = []
        self.fails = fails

    def deliver(self, envelope):
        if self.fails:
            raise Unavailable("connection")
        self.kept.append(envelope.message())
        return Reply("acknowledged", "ok", "")


class Test生存信号:
    """S5-01: konbini hands out nothing when it hears nothing, and nothing to those whose news are on the way."""

    @pytest.fixture
    def line(self, monkeypatch):
        line = Konbini()
        monkeypatch.setitem(
            courier._routes, "konbini", Route("konbini", frozenset({"certificate_data", "certificate_hold", "certificate_heartbeat"}), lambda: line)
        )
        monkeypatch.setattr(courier, "_couriers", {})
        return line

    def settle(self) -> None:
        Delivery.objects.filter(destination="konbini").update(state="acknowledged", settled_at=clock.now(), lease_until=None, lease_by=None)

    def test_届いていない知らせの人と世帯を名指しする(self, line):
        written = move_in()
        heartbeat.beat()
        [sign] = line.kept
        assert isinstance(sign, CertificateHeartbeatV1)
        assert (sign.waiting, sign.all_wait, sign.last_notice_id) == (1, False, None)
        assert sign.atena_nos == tuple(sorted(w.person.atena_no for w in written))
        assert sign.household_nos == (written[0].entries.household_no,)

    def test_受け取られた知らせは待たず最後のものを言う(self, line):
        move_in()
        self.settle()
        heartbeat.beat()
        [sign] = line.kept
        assert (sign.waiting, sign.atena_nos, sign.household_nos, sign.oldest_waiting_at) == (0, (), (), None)
        notice = Notice.objects.select_related("epoch").get(destination="konbini")
        assert (sign.last_epoch, sign.last_notice_id) == (str(notice.epoch.uuid), str(notice.notice_id))

    def test_拒否されて止まっている知らせの人も名指しし続ける(self, line):
        """A notice that waits for a clerk holds its people alone, not the city."""
        move_in(TARO)
        Delivery.objects.filter(destination="konbini").update(state="refused")
        move_in(SATO)
        Delivery.objects.filter(destination="konbini", state="pending").update(state="acknowledged", settled_at=clock.now())
        found = waiting()
        assert (found.notices, len(found.atena_nos)) == (1, 1)

    def test_印の知らせが待っていれば留保されている人を名指しする(self, line):
        people = [w.person for w in move_in()]
        self.settle()
        with clock.at(date(2026, 5, 2)):
            enter("relocation", relocation_form([people[0].public_id], ["世帯主"], household_choice="new"))
            assert waiting().atena_nos == (people[0].atena_no,)
            assert set(Claim.objects.filter(kind="person").values_list("number", flat=True)) == {people[0].atena_no}

    def test_多すぎて挙げきれなければ全員が待っていると言う(self, line, monkeypatch):
        monkeypatch.setattr("daicho.residents.queries.konbini_waiting.MOST", 3)
        move_in()
        assert (waiting().all_wait, waiting().atena_nos) == (True, ())

    def test_生存信号は通知の帳簿にも操作履歴にも残らない(self, line):
        notices = Notice.objects.count()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM audit_entry")
            before = cursor.fetchone()
            for _ in range(3):
                heartbeat.beat()
            cursor.execute("SELECT count(*) FROM audit_entry")
            assert cursor.fetchone() == before
        assert (len(line.kept), Notice.objects.count()) == (3, notices)

    def test_聞こえなければ一度だけ警告し_戻れば待っていた回線を開く(self, line, caplog):
        Line.objects.create(destination="konbini", failures=5, next_at=clock.now() + timedelta(hours=1), code="connection")
        line.fails = True
        assert [heartbeat.beat(), heartbeat.beat()] == [False, False]
        assert len([record for record in caplog.records if "sign of life" in record.getMessage()]) == 1
        line.fails = False
        assert heartbeat.beat()
        assert Line.objects.get(destination="konbini").failures == 0

    def test_問合せの数は決まっている(self, line):
        move_in()
        self.settle()
        with CaptureQueriesContext(connection) as queries:
            heartbeat.beat()
        assert len(queries) == 4, [query["sql"][:80] for query in queries]


def test_生存信号の間隔は市の設定である():
    from daicho.site import worker

    [round_] = [one for one in worker.rounds() if one.name == "heartbeat"]
    assert round_.rest() == 5.0
