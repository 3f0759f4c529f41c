"""統合宛名の画面 — searching, the card, unmasking: by right, for a purpose, on record before shown. S4-07; F-1-08, F-1-13, F-1-16, F-0-18."""

import re
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from daicho.atena.models import IntegratedPerson
from daicho.atena.permissions import LABELS_JA, AtenaPermission
from tests.atena.departments import answer_to, kept_of, numbering
from tests.atena.desks import signed_in, text_of
from tests.atena.sending import deliver
from tests.contracts.atena_samples import ATENA_NO, BASICS, HANAKO, JIRO, NUMBER, RECORDED_AT, person, told

pytestmark = pytest.mark.django_db
P = AtenaPermission
SEARCH, READ, REVEAL = P.PERSON_SEARCH, P.PERSON_READ, P.NUMBER_REVEAL
HANAKO_NO = "000000000000019"
BY_NUMBER = {"purpose": "person", "integrated_atena_no": HANAKO_NO}


@pytest.fixture(autouse=True)
def city(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    deliver(told(HANAKO, JIRO))


def row(name: str = HANAKO.name) -> IntegratedPerson:
    return IntegratedPerson.objects.get(name=name)


def card_of(who: IntegratedPerson) -> str:
    return f"/person/{who.public_id}/"


def found(client, **typed: str) -> list[str]:
    """The names found."""
    page = client.post("/search/found/", {"purpose": "person", **typed})
    assert page.status_code == 200, text_of(page)
    return [who.name for who in IntegratedPerson.objects.order_by("pk") if str(who.public_id) in page.content.decode()]


class Test検索:
    def test_番号で見つかる(self):
        client = signed_in(SEARCH)
        assert found(client, integrated_atena_no=HANAKO_NO) == [HANAKO.name]
        assert found(client, affair_code="0000", atena_no=ATENA_NO) == [HANAKO.name]
        assert found(client, affair_code="0000", atena_no="99") == []

    def test_他の事務の宛名番号はその事務で見つかる(self, allowed):
        answer_to(numbering("77", individual_number=NUMBER))
        client = signed_in(SEARCH)
        assert (found(client, affair_code="0401", atena_no="77"), found(client, affair_code="0000", atena_no="77")) == ([HANAKO.name], [])

    @pytest.mark.parametrize(
        ("typed", "names"),
        [
            ({"name": "葛城", "birth": "1985-04-01"}, [HANAKO.name]),  # 年だけの生年月日, and another form of the character
            ({"name": "かつらぎ", "address": "花園3丁目"}, [HANAKO.name, JIRO.name]),
            ({"name": "カツラギジロウ", "birth": "H20.5.6"}, [JIRO.name]),
            ({"name": "葛城", "birth": "H20.5.6", "sex": "2"}, []),
            ({"name": "葛城", "birth": "H20.5.7"}, []),
            ({"name": "葛城", "address": "色内"}, []),
        ],
    )
    def test_5情報の組合せで見つかる(self, typed, names):
        assert found(signed_in(SEARCH), **typed) == names

    @pytest.mark.parametrize(
        "typed", [{"name": "葛城"}, {"birth": "H20.5.6"}, {"name": "葛", "birth": "H20.5.6"}, {"sex": "2", "address": "花園"}, {"name": "　"}, {}]
    )
    def test_一つの情報だけでは検索しない(self, typed):
        """As F-2-03 demands of file (2): 性別 does not count, nor a single letter of a name."""
        answer = signed_in(SEARCH).post("/search/found/", {"purpose": "person", **typed})
        assert answer.status_code == 422
        assert "条件が足りません" in text_of(answer)
        assert kept_of(SEARCH) == []

    def test_目的を選ばなければ検索しない(self):
        """F-1-16."""
        client = signed_in(SEARCH)
        answer = client.post("/search/found/", {"integrated_atena_no": HANAKO_NO})
        assert (answer.status_code, "照会の目的を選択してください" in text_of(answer)) == (422, True)
        assert client.post("/search/found/", {**BY_NUMBER, "purpose": "curiosity"}).status_code == 400

    def test_宣言のない項目は受けない(self):
        assert signed_in(SEARCH).post("/search/found/", {**BY_NUMBER, "individual_number": NUMBER}).status_code == 400

    def test_検索は目的と表示した人とともに記録され条件の値は残らない(self):
        """S4-07: 検索者・対象を記録."""
        found(signed_in(SEARCH), name="葛城", address="花園3丁目")
        [entry] = kept_of(SEARCH)
        assert (entry["login"], entry["purpose"], set(entry["subjects"])) == (
            "h.otaru",
            "本人からの問合せへの対応",
            {row().public_id, row(JIRO.name).public_id},
        )
        assert "葛城" not in str(entry["detail"]) and "花園" not in str(entry["detail"])

    def test_該当のない検索も記録される(self):
        found(signed_in(SEARCH), integrated_atena_no="000000000000999")
        assert [(entry["outcome"], entry["subjects"]) for entry in kept_of(SEARCH)] == [("done", [])]

    def test_多すぎれば初めの50人を示す(self):
        deliver(told(*[person(index, name=f"見本\u3000{index}", name_furigana="ミホン") for index in range(1000, 1055)]))
        answer = signed_in(SEARCH).post("/search/found/", {"purpose": "person", "name": "見本", "address": "花園3丁目"})
        assert "はじめの50件" in text_of(answer)
        assert [len(entry["subjects"]) for entry in kept_of(SEARCH)] == [50]

    def test_問合せの数は人数によらない(self):
        client, counted = signed_in(SEARCH), []
        for first in (1000, 1010):
            deliver(told(*[person(index, name=f"見本\u3000{index}") for index in range(first, first + 10)], at=RECORDED_AT + timedelta(days=first)))
            with CaptureQueriesContext(connection) as queries:
                client.post("/search/found/", {"purpose": "person", "name": "見本", "address": "花園3丁目"})
            counted.append(len(queries))
        assert counted[0] == counted[1] <= 12, counted


class Test個人票:
    def opened(self, *permissions: str):
        """An officer who has searched, and so said why."""
        client = signed_in(SEARCH, READ, *permissions)
        client.post("/search/found/", BY_NUMBER)
        return client

    def test_基本の項目と事務ごとの宛名番号を示し個人番号は隠す(self, allowed):
        answer_to(numbering("77", individual_number=NUMBER))
        page = text_of(self.opened().get(card_of(row())))
        for shown in (
            HANAKO.name,
            HANAKO.name_furigana,
            "昭和60年",
            "女",
            HANAKO.address,
            HANAKO_NO,
            "住民基本台帳",
            ATENA_NO,
            "国民健康保険関係事務",
            "77",
            "現存",
        ):
            assert shown in page, shown
        assert NUMBER not in page.replace(" ", "")
        assert "個人番号を表示する" not in page

    def test_閲覧は目的と対象者とともに記録される(self):
        self.opened().get(card_of(row()))
        [entry] = kept_of(READ)
        assert (entry["outcome"], entry["login"], entry["purpose"], entry["subjects"]) == ("done", "h.otaru", "本人からの問合せへの対応", [row().public_id])

    def test_目的を選ばずに開けば検索へ送られる(self):
        """F-1-16."""
        client = signed_in(READ, SEARCH)
        answer = client.get(card_of(row()))
        assert (answer.status_code, answer.url) == (302, "/search/")
        assert "目的を選んで" in text_of(client.get("/search/"))
        assert kept_of(READ) == []

    def test_個人番号は理由を添えて一度だけ表示され記録される(self):
        """F-0-18; design §6: each unmasking is recorded."""
        client = self.opened(REVEAL)
        assert "表示する理由" in text_of(client.get(card_of(row())))
        answer = client.post(f"{card_of(row())}number/", {"reason": "通知書との照合"})
        assert NUMBER in text_of(answer).replace(" ", "")
        [entry] = kept_of(REVEAL)
        assert (entry["outcome"], entry["purpose"], entry["subjects"]) == ("done", "通知書との照合", [row().public_id])
        assert NUMBER not in text_of(client.get(card_of(row()))).replace(" ", "")

    @pytest.mark.parametrize("reason", ["", " ", "長" * 201])
    def test_理由がなければ個人番号は表示されない(self, reason):
        answer = self.opened(REVEAL).post(f"{card_of(row())}number/", {"reason": reason})
        assert (answer.status_code, NUMBER in answer.content.decode().replace(" ", "")) == (422, False)
        assert kept_of(REVEAL) == []

    def test_権限がなければ個人番号は表示されず記録が残る(self):
        answer = self.opened().post(f"{card_of(row())}number/", {"reason": "照合"})
        assert (answer.status_code, [entry["outcome"] for entry in kept_of(REVEAL)]) == (403, ["refused"])

    def test_番号のない人に表示の欄はない(self):
        deliver(told(person(950, individual_number=None, name="番号\u3000未定"), at=RECORDED_AT + timedelta(days=1)))
        page = text_of(self.opened(REVEAL).get(card_of(row("番号\u3000未定"))))
        assert "表示する理由" not in page
        assert "未記載" in page

    def test_ない人は404になり試みは記録される(self):
        assert self.opened().get(f"/person/{uuid.uuid4()}/").status_code == 404
        assert [entry["outcome"] for entry in kept_of(READ)] == ["failed"]

    def test_統合された番号は統合先を示す(self):
        IntegratedPerson.objects.filter(pk=row(JIRO.name).pk).update(united_with=row())
        page = text_of(self.opened().get(card_of(row(JIRO.name))))
        assert f"統合先は 統合宛名番号 {HANAKO_NO}" in page
        assert [set(entry["subjects"]) for entry in kept_of(READ)] == [{row().public_id, row(JIRO.name).public_id}]


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("/search/", SEARCH), ("/person/{}/", READ), ("/doubles/", P.DOUBLE_READ), ("/doubles/{}/", P.DOUBLE_READ), ("/legal-uses/", P.LEGAL_USE_READ),
        ("/inquiries/", P.INQUIRY_READ), ("/notices/", P.NOTICE_READ),
    ],
)  # fmt: skip
def test_権限がなければどの画面も403で拒否が記録される(path, right):
    """F-1-08: 403 + log; each screen has a right of its own, and no other opens it."""
    others = [permission for permission in LABELS_JA if permission != right]
    assert signed_in(*others).get(path.format(uuid.uuid4())).status_code == 403
    assert [(entry["outcome"], entry["login"]) for entry in kept_of(right)] == [("refused", "h.otaru")]


def test_権限がなければ検索の送信も拒む():
    assert signed_in(READ).post("/search/found/", BY_NUMBER).status_code == 403
    assert kept_of(READ) == []


def test_氏名も番号も番地に現れず照会は送信だけで行う():
    """F-0-12."""
    client = signed_in(SEARCH)
    assert client.get("/search/found/").status_code == 405
    page = client.post("/search/found/", {"purpose": "person", "name": "葛城", "address": "花園3丁目"}).content.decode()
    links = re.findall(r'href="(/person/[^"]*)"', page)
    assert len(links) == 2 and all(re.fullmatch(r"/person/[0-9a-f-]{36}/", link) for link in links)


def test_受付口の権限は職員に与えられない():
    from daicho.staff.permissions import is_registered

    assert all(is_registered(permission) for permission in LABELS_JA)
    assert not any(is_registered(permission) for permission in (P.INFO_UPDATE, P.PERSON_ASK, P.REPLICA_ERASE))
    assert set(LABELS_JA) | {P.INFO_UPDATE, P.PERSON_ASK, P.REPLICA_ERASE} == set(P)


def test_利用開始の後は検索に着く():
    assert signed_in(SEARCH).get("/").url == "/search/"
    assert "/sign-in/" in Client().get("/").url


def test_住登外の人は記録のない者として示される(allowed):
    answer_to(numbering("78", basics=replace(BASICS, name="市外\u3000四郎", name_furigana="シガイ\u3000シロウ")))
    page = signed_in(SEARCH).post("/search/found/", {"purpose": "person", "affair_code": "0401", "atena_no": "78"})
    assert "住民基本台帳に記録なし" in text_of(page)
