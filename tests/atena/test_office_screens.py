"""統合宛名の事務の画面 — the departments allowed, doubles to decide, what was asked: each by a right of its own. S4-01, S4-06, S4-07; F-1-06, F-1-13, F-1-43."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho import clock
from daicho.atena.models import IntegratedPerson, LegalUseEntry, NumberDouble
from daicho.atena.permissions import AtenaPermission
from daicho.atena.queries.legal_uses import find_use
from tests.atena.departments import FIRST, answer_to, ask, kept_of, load, numbering, question, use
from tests.atena.desks import signed_in, text_of
from tests.atena.sending import deliver
from tests.contracts.atena_samples import HANAKO, NEW_NUMBER, NUMBER, told

P = AtenaPermission
ENTRY = {
    "department_code": "07", "department_ja": "こども未来部 子育て支援課", "affair_code": "0701", "affair_ja": "保育所入退所事務",
    "legal_basis": "番号法第9条第1項 別表", "allowed": "yes", "valid_from": "令和8年4月10日", "reason": "評価書の変更",
}  # fmt: skip


@pytest.fixture
def terminals(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"


@pytest.mark.django_db
@pytest.mark.usefixtures("terminals", "allowed")
class Test利用できる事務:
    def test_一覧は部署と事務と根拠と期間を示す(self):
        page = text_of(signed_in(P.LEGAL_USE_READ).get("/legal-uses/"))
        for shown in ("福祉保険部 保険年金課", "国民健康保険関係事務", "番号法第9条第1項 別表", "令和8年4月1日から", "利用できる", "system:tests.second"):
            assert shown in page
        assert "登録・変更・終了の入力" not in page

    def test_入力は別の職員が承認するまで効かない(self):
        """S4-06: two officers' approval."""
        clerk = signed_in(P.LEGAL_USE_READ, P.LEGAL_USE_ENTER, P.LEGAL_USE_APPROVE)
        assert clerk.post("/legal-uses/enter/", ENTRY).status_code == 302
        row = LegalUseEntry.objects.get(approved_at__isnull=True)
        assert (row.entered_by, row.valid_from, row.allowed) == ("h.otaru", date(2026, 4, 10), True)
        assert "別の職員が承認" in text_of(clerk.get("/legal-uses/"))
        clerk.post(f"/legal-uses/{row.pk}/approve/")
        assert "入力した職員は承認できません" in text_of(clerk.get("/legal-uses/"))
        assert find_use("07", "0701", date(2026, 4, 10)) is None
        other = signed_in(P.LEGAL_USE_READ, P.LEGAL_USE_APPROVE, login="k.minato")
        assert "承認する" in text_of(other.get("/legal-uses/"))
        other.post(f"/legal-uses/{row.pk}/approve/")
        assert "承認しました" in text_of(other.get("/legal-uses/"))
        assert find_use("07", "0701", date(2026, 4, 10)).department_ja == "こども未来部 子育て支援課"

    def test_終わりを入力して承認すればその前日で終わる(self):
        clerk = signed_in(P.LEGAL_USE_READ, P.LEGAL_USE_ENTER)
        ending = {**ENTRY, "department_code": "04", "affair_code": "0401", "affair_ja": "国民健康保険関係事務", "allowed": "no"}
        clerk.post("/legal-uses/enter/", ending)
        row = LegalUseEntry.objects.get(approved_at__isnull=True)
        signed_in(P.LEGAL_USE_READ, P.LEGAL_USE_APPROVE, login="k.minato").post(f"/legal-uses/{row.pk}/approve/")
        assert "令和8年4月1日から令和8年4月9日まで" in text_of(clerk.get("/legal-uses/"))

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"department_code": "", "reason": " "}, "部署コードを入力してください"),
            ({"valid_from": "令和8年4月2日"}, "開始日が過ぎています"),
            ({"valid_from": "令和8年4月31日"}, "開始日"),
            ({"affair_code": "0000"}, "住民基本台帳のものです"),
            ({"allowed": ""}, "利用を選択してください"),
        ],
    )
    def test_足りない項目は項目のところで断り入力は残る(self, changes, said):
        answer = signed_in(P.LEGAL_USE_READ, P.LEGAL_USE_ENTER).post("/legal-uses/enter/", {**ENTRY, **changes})
        assert (answer.status_code, said in text_of(answer)) == (422, True)
        assert ENTRY["department_ja"] in answer.content.decode()
        assert not LegalUseEntry.objects.filter(approved_at__isnull=True).exists()

    def test_権限がなければ入力も承認もできず記録が残る(self):
        reader = signed_in(P.LEGAL_USE_READ)
        assert [reader.post(path, ENTRY).status_code for path in ("/legal-uses/enter/", "/legal-uses/1/approve/")] == [403, 403]
        assert [[entry["outcome"] for entry in kept_of(right)] for right in (P.LEGAL_USE_ENTER, P.LEGAL_USE_APPROVE)] == [["done", "refused"]] * 2

    def test_知らない項目と値は受けない(self):
        clerk = signed_in(P.LEGAL_USE_READ, P.LEGAL_USE_ENTER)
        assert {clerk.post("/legal-uses/enter/", {**ENTRY, **more}).status_code for more in ({"approved_by": "x"}, {"allowed": "maybe"})} == {400}

    def test_問合せの数は行数によらない(self):
        client, counted = signed_in(P.LEGAL_USE_READ), []
        from daicho.atena.commands import enter_use

        for first in (10, 20):
            for number in range(first, first + 5):
                enter_use(FIRST, use(f"{number}", f"{number}01", valid_from=date(2026, 4, 10)))
            with CaptureQueriesContext(connection) as queries:
                client.get("/legal-uses/")
            counted.append(len(queries))
        assert counted[0] == counted[1] <= 8, counted


@pytest.mark.django_db
@pytest.mark.usefixtures("terminals", "allowed")
class Test重複の画面:
    @pytest.fixture(autouse=True)
    def claimed(self, allowed):
        deliver(told(HANAKO))
        answer_to(numbering("77"))
        answer_to(numbering("77", individual_number=NUMBER))
        self.double = NumberDouble.objects.get()
        self.page = f"/doubles/{self.double.public_id}/"

    def test_一覧は番号と事務を示し氏名を示さない(self):
        page = text_of(signed_in(P.DOUBLE_READ).get("/doubles/"))
        assert all(shown in page for shown in ("000000000000019", "000000000000027", "国民健康保険関係事務", "確認待ち"))
        assert HANAKO.name not in page
        [entry] = kept_of(P.DOUBLE_READ)
        assert (entry["purpose"], len(entry["subjects"])) == ("個人番号の重複の確認", 2)

    def test_二人を並べて示し違う項目に印を付ける(self):
        page = signed_in(P.DOUBLE_READ).get(self.page)
        assert page.content.decode().count("compare__row--changed") == 3  # 統合宛名番号, 状態, 宛名番号
        assert "住民基本台帳" in text_of(page) and "国民健康保険関係事務 77" in text_of(page)
        assert NUMBER not in page.content.decode()
        assert "判断の理由" not in text_of(page)

    def test_理由を添えて判断すると一覧で判断済みになる(self):
        clerk = signed_in(P.DOUBLE_READ, P.DOUBLE_DECIDE)
        assert "判断の理由" in text_of(clerk.get(self.page))
        answer = clerk.post(f"{self.page}decide/", {"decision": "same", "reason": "本人確認書類で確認"})
        assert (answer.status_code, answer.url) == (302, "/doubles/")
        page = text_of(clerk.get("/doubles/"))
        assert "重複を判断しました" in page and "同じ人である" in page and "h.otaru" in page
        assert "本人確認書類で確認" in text_of(clerk.get(self.page))
        assert IntegratedPerson.objects.filter(united_with__isnull=False).count() == 1

    @pytest.mark.parametrize("sent", [{"decision": "same"}, {"reason": "確認済み"}, {"decision": "same", "reason": "長" * 201}])
    def test_判断か理由がなければ判断しない(self, sent):
        assert signed_in(P.DOUBLE_READ, P.DOUBLE_DECIDE).post(f"{self.page}decide/", sent).status_code == 422
        assert NumberDouble.objects.get().decided_at is None

    def test_できない判断は理由を画面で告げる(self):
        clerk = signed_in(P.DOUBLE_READ, P.DOUBLE_DECIDE)
        clerk.post(f"{self.page}decide/", {"decision": "holders", "reason": "誤り"})
        answer = clerk.post(f"{self.page}decide/", {"decision": "same", "reason": "やり直し"})
        assert (answer.status_code, "すでに判断されている" in text_of(answer)) == (422, True)

    def test_権限がなければ判断できず記録が残る(self):
        answer = signed_in(P.DOUBLE_READ).post(f"{self.page}decide/", {"decision": "same", "reason": "確認済み"})
        assert (answer.status_code, [entry["outcome"] for entry in kept_of(P.DOUBLE_DECIDE)]) == (403, ["refused"])

    def test_知らない判断は受けない(self):
        assert signed_in(P.DOUBLE_READ, P.DOUBLE_DECIDE).post(f"{self.page}decide/", {"decision": "both", "reason": "x"}).status_code == 400

    def test_問合せの数は件数によらない(self):
        client, counted = signed_in(P.DOUBLE_READ), []
        for number in (78, 79, 80):
            answer_to(numbering(f"{number}"))
            answer_to(numbering(f"{number}", individual_number=NUMBER))
            with CaptureQueriesContext(connection) as queries:
                client.get("/doubles/")
            counted.append(len(queries))
        assert len(set(counted)) == 1 and counted[0] <= 10, counted


class Test照会の記録:
    """Refusals outlive the question's own transaction, so commits are real here."""

    @pytest.fixture(autouse=True)
    def asked(self, committed_db, terminals):
        load()
        deliver(told(HANAKO))
        answer_to(question(individual_number=NUMBER))
        answer_to(question(individual_number=NEW_NUMBER))
        assert ask(question(department_code="99")).code == "forbidden"

    def test_部署と目的と結果と対象者を新しい順に示し拒否も示す(self):
        """S4-07, F-1-43."""
        page = text_of(signed_in(P.INQUIRY_READ).get("/inquiries/"))
        for shown in (
            "福祉保険部 保険年金課",
            "国民健康保険関係事務",
            "国民健康保険の資格の確認",
            "個人番号",
            "000000000000019",
            "該当なし",
            "99",
            "法令上の根拠がない",
        ):
            assert shown in page, shown
        assert page.index("法令上の根拠がない") < page.index("該当なし") < page.index("000000000000019")
        assert not any(personal in page for personal in (NUMBER, HANAKO.name, HANAKO.address))

    def test_閲覧は示した人とともに記録される(self):
        signed_in(P.INQUIRY_READ).get("/inquiries/")
        [entry] = kept_of(P.INQUIRY_READ)
        assert (entry["outcome"], entry["subjects"], entry["detail"]["rows"]) == ("done", [IntegratedPerson.objects.get().public_id], 3)

    def test_照会元で絞り込み知らない値は絞り込まない(self):
        client = signed_in(P.INQUIRY_READ)

        def rows(query: str) -> int:
            return client.get(f"/inquiries/{query}").content.decode().count('<th scope="row"')

        assert [rows(query) for query in ("", "?asker=chukan", "?asker=%27x&before=-1")] == [3, 0, 3]

    def test_次のページは続きから始まる(self, monkeypatch):
        monkeypatch.setattr("daicho.atena.queries.inquiries.PAGE", 2)
        client = signed_in(P.INQUIRY_READ)
        older = re.search(r'href="(\?[^"]*before=\d+[^"]*)" rel="next"', client.get("/inquiries/").content.decode())[1].replace("&amp;", "&")
        page = text_of(client.get(f"/inquiries/{older}"))
        assert "000000000000019" in page and "該当なし" not in page

    def test_問合せの数は行数によらない(self):
        client, counted = signed_in(P.INQUIRY_READ), []
        for _ in range(2):
            with clock.at(clock.now() + timedelta(seconds=1)):
                answer_to(question(individual_number=NUMBER))
            with CaptureQueriesContext(connection) as queries:
                client.get("/inquiries/")
            counted.append(len(queries))
        assert counted[0] == counted[1] <= 10, counted
