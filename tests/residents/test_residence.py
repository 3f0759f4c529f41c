"""在留資格等の異動 — the four events upon what 入管庁 decides, and who is told of a period that ends. 法30条の45, 30条の50; 入管法19条の8; std 4.5.6, 4.5.7."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho import clock
from daicho.residents.commands.residence_terms import list_ending
from daicho.residents.models import CivilEvent, ResidenceTerm
from daicho.residents.queries.proof import prove
from daicho.residents.queries.residence_terms import residence_terms
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.residence import transitional_until
from daicho.values.dates import JapaneseDate
from tests.cast import CLERK, FAMILY, NGUYEN, TARO
from tests.residents.counter import city_decides, move_in_form, move_out_form, problems, register
from tests.residents.counter import told as told_room
from tests.residents.foreigners import LEE, certificate_form, ended_form, moved_in, residence_form, sheet, status_form

pytestmark = pytest.mark.django_db


class Test在留資格等の変更:
    def test_通知された項目だけが変わり住民票は残る(self):
        """N-4.5.6-01."""
        person = moved_in()
        register("residence_status_changed", status_form(person, residence_status_code="永住者", residence_card_no="CD87654321EF"))
        after = sheet(person)
        assert (after.residence_status_code, after.residence_period, after.closed_on, after.history_no) == ("永住者", "3年", None, 2)
        assert prove().proven

    def test_区分が変われば前の区分の項目は消える(self):
        """std 1.1.2: each class has its own items."""
        person = moved_in()
        register("residence_status_changed", status_form(person, article_30_45_class_code="2", residence_card_no="CD87654321EF"))
        after = sheet(person)
        assert (after.article_30_45_class_code, after.residence_status_code, after.residence_period, after.residence_expiry_date) == ("2", None, None, None)
        assert after.residence_card_no is not None

    def test_経過滞在者が資格を取れば住民となった日を変えずに項目が入る(self):
        """domain §1: 47条でなく長官通知による."""
        baby = replace(NGUYEN, texts={**NGUYEN.texts, "article_30_45_class_code": "5", "residence_status_code": "", "residence_period": "",
                                      "residence_expiry_date": "", "residence_card_no": ""})  # fmt: skip
        person = moved_in(baby)
        form = status_form(
            person, article_30_45_class_code="1", residence_status_code="家族滞在", residence_period="1年", residence_expiry_date="2027-04-08",
            residence_card_no="CD87654321EF",
        )  # fmt: skip
        register("residence_status_changed", form)
        after = sheet(person)
        assert (after.article_30_45_class_code, after.residence_period, after.foreign_resident_since_date.certain()) == ("1", "1年", date(2026, 4, 1))

    def test_氏名が動くときだけ本人確認情報を知らせる(self, monkeypatch):
        """domain §2.1: A（氏名等が動くとき）."""
        person, other = moved_in(), moved_in(LEE, address="色内1丁目3番5号")
        posted = told_room(monkeypatch)
        register("residence_status_changed", status_form(person, residence_period="5年"))
        assert posted == []
        register("residence_status_changed", status_form(other, foreign_name_alphabet="LEE MI YOUNG", residence_card_no="GH87654321EF"))
        [one] = posted
        assert (one.message.name_kanji, one.message.event_reason) == ("LEE MI YOUNG", "correction_ex_officio")

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({}, ("X002", "members", True)),
            ({"article_30_45_class_code": "3"}, ("B001", "residence_period", True)),
            ({"article_30_45_class_code": "2"}, ("B001", "residence_card_no", True)),
            ({"article_30_45_class_code": "2", "residence_period": "1年"}, ("I006", "residence_period", True)),
            ({"residence_expiry_date": "2026-04-01"}, ("I101", "residence_expiry_date", False)),
        ],
    )
    def test_入力の誤りを項目とともに示す(self, fields, expected):
        assert expected in problems("residence_status_changed", status_form(moved_in(), **fields))

    def test_日本人と二人以上には使えない(self):
        """法30条の45."""
        japanese = register("domestic_move_in", move_in_form([TARO]))[0].person.public_id
        found = [problems(code, form) for code, form in (
            ("residence_status_changed", status_form(japanese, residence_period="5年")), ("residence_ended", ended_form(japanese)),
            ("residence_notification", residence_form(japanese)), ("special_permanent_certificate", certificate_form(japanese)))]  # fmt: skip
        assert all(("I003", "person", True) in one for one in found)
        form = status_form(japanese)
        assert ("I001", "members", True) in problems("residence_status_changed", replace(form, members=form.members * 2))

    def test_生年月日は西暦で保つ(self):
        """N-1.1.9-03."""
        person = moved_in()
        register("residence_status_changed", status_form(person, birth_date="昭和60年3月10日"))
        assert sheet(person).birth_date.as_written == "1985年3月10日"

    def test_通知で無くなった項目は空欄にできる(self):
        """「空欄」 empties an entry; a field left empty says nothing."""
        person = moved_in()
        register("residence_status_changed", status_form(person, foreign_name_katakana="空欄"))
        assert (sheet(person).foreign_name_katakana, sheet(person).residence_period) == (None, "3年")


class Test喪失による消除:
    def test_世帯主なら残る一人が世帯主になる(self):
        """令25条; N-4.0.4-01."""
        wife = replace(LEE, relationship="妻")
        head, other = (w.person.public_id for w in register("domestic_move_in", move_in_form([NGUYEN, wife])))
        register("residence_ended", ended_form(head))
        assert (sheet(head).closed_on, sheet(head).removal_reason_code) == (date(2026, 4, 8), "outside_the_law")
        assert (sheet(other).relationship, sheet(other).householder_name) == ("世帯主", "LEE MIYOUNG")
        assert prove().proven

    def test_転出予定者は警告の上で消除できる(self):
        person = moved_in()
        register("move_out", move_out_form([person]))
        assert ("E101", "effective_on", False) in problems("residence_ended", ended_form(person, "令和8年4月10日"))
        register("residence_ended", ended_form(person, "令和8年4月10日"))
        assert (sheet(person).closed_on, sheet(person).removal_reason_code) == (date(2026, 4, 10), "outside_the_law")

    def test_住む前の日には消除できない(self):
        assert ("P003", "effective_on", True) in problems("residence_ended", ended_form(moved_in(), "令和8年3月1日"))


class Test住居地の届出と証明書の交付:
    def test_住居地の届出は届出の日だけを記録し住所は変わらない(self):
        """入管法19条の8."""
        person = moved_in()
        before = sheet(person).to_entries()
        register("residence_notification", residence_form(person))
        assert sheet(person).to_entries() == before.but(residence_notified_date=date(2026, 4, 10))
        assert CivilEvent.objects.get(code="residence_notification").basis == "届出"

    def test_十四日を過ぎた届出は警告だけである(self):
        assert ("D102", "filed_on", False) in problems("residence_notification", residence_form(moved_in(), "令和8年3月1日"))

    def test_中長期在留者と特別永住者だけができる(self):
        """特例法10条."""
        refugee = replace(NGUYEN, texts={**NGUYEN.texts, "article_30_45_class_code": "3", "residence_card_no": "", "residence_status_code": ""})
        assert ("I004", "person", True) in problems("residence_notification", residence_form(moved_in(refugee)))

    def test_証明書の交付は特別永住者の番号と交付日を記録する(self):
        """特例法7条; N-4.5.7-08."""
        person = moved_in(LEE)
        old = sheet(person).residence_card_no
        register("special_permanent_certificate", certificate_form(person))
        assert (sheet(person).special_permanent_cert_issued_date, sheet(person).residence_card_no != old) == (date(2026, 4, 10), True)
        assert ("I005", "person", True) in problems("special_permanent_certificate", certificate_form(moved_in(address="色内1丁目3番5号")))


class Test満了の予告:
    def test_設定の日数より前に満了する者だけが一度載る(self):
        """90 days before 2028-04-30; each day of ending once."""
        person = moved_in()
        register("domestic_move_in", move_in_form(FAMILY, address="色内1丁目3番5号"))
        with clock.at(date(2028, 1, 30)):
            assert (list_ending(CLERK), residence_terms(CLERK)) == (0, ([], False))
        with clock.at(date(2028, 1, 31)):
            assert (list_ending(CLERK), list_ending(CLERK)) == (1, 0)
            [one], more = residence_terms(CLERK)
            assert (one.sheet.public_id, one.days_left, more) == (str(person), 90, False)

    def test_日数は日付の付いた設定で変わる(self):
        moved_in()
        city_decides("residence_term_days", 365)
        with clock.at(date(2027, 5, 1)):
            assert list_ending(CLERK) == 1

    def test_期間を過ぎても消除されず一覧に残り更新されれば消える(self):
        """法30条の50."""
        person = moved_in()
        with clock.at(date(2028, 5, 2)):
            list_ending(CLERK)
            [one], _ = residence_terms(CLERK)
            assert (one.days_left, sheet(person).closed_on) == (-2, None)
            register("residence_status_changed", status_form(person, "令和10年5月1日", residence_expiry_date="2031-04-30"))
            assert residence_terms(CLERK) == ([], False)
            assert ResidenceTerm.objects.count() == 1

    def test_経過滞在者は載らず個人票に残りの日が出る(self):
        """N-9.8-01: no list of them; their day stands on the card (入管法22条の2)."""
        born = replace(
            NGUYEN, texts={**NGUYEN.texts, "article_30_45_class_code": "5", "residence_card_no": "", "residence_status_code": "", "residence_period": ""}
        )
        person = moved_in(born)
        with clock.at(date(2028, 4, 30)):
            assert (list_ending(CLERK), residence_terms(CLERK)) == (0, ([], False))
        assert transitional_until(sheet(person).to_entries()) == date(2026, 5, 31)

    @pytest.mark.parametrize(("class_code", "since"), [("1", "令和8年4月1日"), ("5", "令和8年4月頃"), ("5", "")])
    def test_経過滞在者でない者と起算日のわからない者には日がない(self, class_code, since):
        day = JapaneseDate.parse(since) if since else None
        assert transitional_until(SheetEntries(article_30_45_class_code=class_code, foreign_resident_since_date=day)) is None

    def test_一覧の問合せは人数によらない(self):
        def count() -> int:
            with CaptureQueriesContext(connection) as seen:
                residence_terms(CLERK)
            return len(seen)

        moved_in()
        with clock.at(date(2028, 4, 30)):
            list_ending(CLERK)
            one = count()
        for n in range(3):
            other = replace(NGUYEN, index=40 + n, texts={**NGUYEN.texts, "residence_card_no": f"KL1234567{n}GH"})
            moved_in(other, address=f"色内1丁目3番{n + 5}号")
        with clock.at(date(2028, 4, 30)):
            list_ending(CLERK)
            assert (len(residence_terms(CLERK)[0]), count()) == (4, one)
