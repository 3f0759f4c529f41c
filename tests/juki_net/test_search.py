"""本人確認情報の検索と個人票 — found as the law allows, by rights of their own, masked, and on record before anything is shown. F-2-03, F-2-09, F-2-10; S2-04."""

import json
import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from daicho import audit, clock
from daicho.city.permissions import CityPermission
from daicho.juki_net.commands import load_records
from daicho.juki_net.models import IdentityRecord, IdentityTerm
from daicho.juki_net.rules.terms import terms_of
from daicho.values.made_up import made_up_individual_number, made_up_juminhyo_code
from tests.city.deciding import decide_setting
from tests.contracts.juki_samples import CODE, NEW_CODE, NUMBER, OTHER_CODE, relocation, someone_else
from tests.juki_net.searching import ALL, CASE, HANAKO, TEXT, P, names, public_id, purposes, search, signed_in, subjects_of
from tests.juki_net.sending import deliver
from tests.staff.people import TODAY, trail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    with clock.at(TODAY):
        yield


class Test見つける:
    @pytest.fixture(autouse=True)
    def people(self):
        deliver(HANAKO)
        deliver(someone_else())

    @pytest.mark.parametrize(
        "typed",
        [
            {"juminhyo_code": CODE},
            {"individual_number": NUMBER},
            {"name": "葛城　花子", "birth": "昭和60年4月1日"},
            {"name": "葛城", "birth": "1985-04-01"},
            {"name": "かつらぎ", "birth": "S60.4.1"},
            {"name": "カツラギ　ハナコ", "address": "花園3-1"},
            {"name": "葛城花子", "address": "花園三丁目１番", "sex": "2"},
        ],
    )
    def test_定めた条件で探すと一人が見つかる(self, typed):
        """S2-04: 異体字 and kana as residents' own search folds them; both from the beginning."""
        assert names(search(signed_in(*ALL), **typed)) == [HANAKO.name_kanji]

    @pytest.mark.parametrize(
        "typed",
        [
            {"name": "葛城　花子", "birth": "昭和60年4月2日"},
            {"name": "花子", "birth": "昭和60年4月1日"},
            {"name": "葛城", "address": "色内"},
            {"name": "葛城　花子", "birth": "昭和60年4月1日", "sex": "1"},
            {"juminhyo_code": NEW_CODE},
        ],
    )
    def test_合わない人は見つからない(self, typed):
        answer = search(signed_in(*ALL), **typed)
        assert (answer.status_code, names(answer), "該当する人はいません" in answer.content.decode()) == (200, [], True)

    def test_一覧は番号を一桁も示さず表示した全員が記録される(self):
        """F-2-09."""
        client = signed_in(*ALL)
        page = search(client, name="葛城", address="花園").content.decode()
        assert not any(digits in page for digits in (CODE, NUMBER, CODE[-4:], NUMBER[-4:]))
        assert "表示していません" in page
        [(outcome, login, terminal, detail)] = trail(P.SEARCH_BY_ITEMS)
        assert (outcome, login, terminal, subjects_of(P.SEARCH_BY_ITEMS)) == ("done", "h.otaru", "H01", [1])
        assert (detail["keys"], detail["case_no"], purposes(P.SEARCH_BY_ITEMS)) == (["address", "name"], "R8-0001", [TEXT])

    def test_探した言葉は履歴に残らない(self):
        """F-2-09: which keys, never what was typed."""
        client = signed_in(*ALL)
        search(client, name="葛城　花子", birth="昭和60年4月1日")
        search(client, juminhyo_code=CODE)
        search(client, name="葛城　花子")
        with connection.cursor() as cursor:
            cursor.execute("SELECT detail::text || purpose || action FROM audit_entry")
            kept = "".join(text for (text,) in cursor.fetchall())
        assert not any(word in kept for word in (CODE, "葛城", "花子", "1985", "昭和60"))

    def test_生年月日が不詳の人はその日かもしれない日と書かれたとおりで見つかる(self):
        deliver(replace(HANAKO, juminhyo_code=NEW_CODE, individual_number=None, birth_date="year_only:S60", birth_date_juki="19850000"))
        client = signed_in(*ALL)
        assert len(names(search(client, name="葛城", birth="昭和60年4月1日"))) == 2
        assert len(names(search(client, name="葛城", birth="昭和60年8月9日"))) == 1
        assert len(names(search(client, name="葛城", birth="昭和60年 月日不詳"))) == 1  # as it is written: no wildcard for a year

    def test_旧氏でも見つかる(self):
        changed = {"former_surname_kanji": "佐々木", "former_surname_gaiji_count": 0, "former_surname_furigana": "ササキ"}
        deliver(replace(HANAKO, juminhyo_code=NEW_CODE, individual_number=None, **changed))
        client = signed_in(*ALL)
        assert len(names(search(client, name="佐々木", birth="昭和60年4月1日"))) == 1
        assert len(names(search(client, name="ささき", address="花園"))) == 1

    def test_消除された人は消除と示される(self):
        gone = relocation(event_reason="move_out", event_reason_detail="to_municipality", birth_date="S60-04-01", birth_date_juki="19850401")
        deliver(replace(gone, address=HANAKO.address, town_code=HANAKO.town_code, postal_code=HANAKO.postal_code))
        assert "消除" in search(signed_in(*ALL), juminhyo_code=CODE).content.decode()

    def test_更新の後は新しい住所で見つかる(self):
        """The terms follow every update."""
        deliver(relocation(birth_date="S60-04-01", birth_date_juki="19850401"))
        client = signed_in(*ALL)
        assert names(search(client, name="葛城", address="花園")) == []
        assert names(search(client, name="葛城", address="色内1丁目")) == [HANAKO.name_kanji]


class Test断る:
    @pytest.mark.parametrize(
        "typed",
        [
            {"name": "葛城　花子"}, {"name": "葛城　花子", "sex": "2"}, {"address": "花園", "sex": "2"}, {"address": "花園"}, {"name": "＊＊", "birth": "S60.4.1"},
            {"name": "葛", "birth": "S60.4.1"}, {"address": "花園", "birth": "S60.4.1"}, {"juminhyo_code": CODE, "name": "葛城　花子"}, {},
        ],
    )  # fmt: skip
    def test_足りない条件では探さず理由を告げ記録する(self, typed):
        """F-2-03: refused searches go on record, with the case."""
        deliver(HANAKO)
        answer = search(signed_in(*ALL), **typed)
        assert (answer.status_code, names(answer)) == (422, [])
        assert re.search("加えてください|一つだけ", answer.content.decode())
        action = P.SEARCH_BY_CODE if "juminhyo_code" in typed else P.SEARCH_BY_ITEMS
        [(outcome, login, _, detail)] = trail(action)
        assert (outcome, login, purposes(action), subjects_of(action)) == ("refused", "h.otaru", [TEXT], [0])
        assert "花" not in json.dumps(detail, ensure_ascii=False)

    def test_住所と生年月日は承認された設定の日から探せる(self):
        deliver(HANAKO)
        client = signed_in(*ALL)
        assert search(client, address="花園", birth="S60.4.1").status_code == 422
        enterer, approver = (replace(audit.Actor.system(name, *CityPermission), login=name) for name in ("d.ishi", "t.hon"))
        decide_setting(enterer, approver, "juki_search_address_and_birth", True, TODAY)
        assert names(search(client, address="花園3丁目", birth="S60.4.1")) == [HANAKO.name_kanji]
        assert search(client, address="花園").status_code == 422

    def test_書き誤りは断りではなく番号も返さない(self):
        client = signed_in(*ALL)
        answer = search(client, juminhyo_code="12345678901")
        assert (answer.status_code, "12345678901" in client.get("/identity/").content.decode()) == (422, False)
        assert trail(P.SEARCH_BY_CODE) == []

    @pytest.mark.parametrize("missing", [{"purpose": ""}, {"purpose": "fishing"}, {"case_no": ""}])
    def test_用務と番号がなければ探さない(self, missing):
        """F-2-10: a case, or why there is none."""
        deliver(HANAKO)
        answer = signed_in(*ALL).post("/identity/found/", {**CASE, "sex": "any", "juminhyo_code": CODE, **missing})
        assert (answer.status_code, trail(P.SEARCH_BY_CODE)) == (422, [])

    def test_番号のない用務は理由とともに記録される(self):
        client = signed_in(*ALL)
        search(client, juminhyo_code=CODE, case_no="", reason="文書の照会")
        [(_, _, _, detail)] = trail(P.SEARCH_BY_CODE)
        assert (detail["case_no"], purposes(P.SEARCH_BY_CODE)) == ("", ["転入届の審査（特例転入を含む）（番号なし：文書の照会）"])

    def test_画面にない項目は受け付けない(self):
        assert search(signed_in(*ALL), juminhyo_code=CODE, limit="999").status_code == 400

    @pytest.mark.parametrize(("right", "field"), [(P.SEARCH_BY_CODE, "juminhyo_code"), (P.SEARCH_BY_NUMBER, "individual_number"), (P.SEARCH_BY_ITEMS, "name")])
    def test_条件の種類ごとに権限が要り欄もない(self, right, field):
        """H-10: Each kind of key is a right of its own."""
        deliver(HANAKO)
        client = signed_in(*(each for each in ALL if each != right))
        typed = {"juminhyo_code": CODE} if field == "juminhyo_code" else {"individual_number": NUMBER} if field == "individual_number" else {"name": "葛城"}
        assert f'name="{field}"' not in client.get("/identity/").content.decode()
        assert search(client, **typed).status_code == 400  # the form has no such field for this officer
        actor = audit.Actor(7, "x.no", "無", "", "", "", "", frozenset(each for each in ALL if each != right))
        from daicho.juki_net.queries.identity import search as find
        from daicho.juki_net.rules.case import Case
        from daicho.juki_net.rules.search import SearchForm

        with pytest.raises(audit.Refused):
            find(actor, SearchForm(**typed), Case("move_in", "1", ""))
        assert [outcome for outcome, *_ in trail(right)] == ["refused"]

    def test_権限のない人には検索の画面も開かない(self):
        client = signed_in(P.NOTICE_READ)
        assert [client.get("/identity/").status_code, search(client).status_code] == [403, 403]

    def test_多すぎれば誰も示さない(self):
        """F-2-13, F-2-17: nothing comes out in bulk, page by page or otherwise."""
        people = [
            replace(HANAKO, juminhyo_code=str(made_up_juminhyo_code(n)), individual_number=str(made_up_individual_number(n)), update_sequence_no=1)
            for n in range(1000, 1031)
        ]
        load_records(people, audit.Actor.system("juki_net.load", P.IDENTITY_UPDATE))
        client = signed_in(*ALL)
        answer = search(client, name="葛城", address="花園")
        assert (names(answer), "表示しません" in answer.content.decode()) == ([], True)
        [(_, _, _, detail)] = trail(P.SEARCH_BY_ITEMS)
        assert (detail["too_many"], detail["shown"], subjects_of(P.SEARCH_BY_ITEMS)) == (True, 0, [0])


def test_まとめて出す道はどこにもない():
    """F-2-13: no route of this room gives people out but the search and one person's card."""
    routes = [
        str(pattern.pattern)
        for included in get_resolver().url_patterns
        for pattern in getattr(included, "url_patterns", [])
        if getattr(included, "app_name", "") == "juki_net"
    ]
    assert routes == [
        "",
        "notices/",
        "notices/turned-away/",
        "notices/<uuid:notice_id>/",
        "notices/<uuid:notice_id>/resend/",
        "notices/<uuid:notice_id>/withdraw/",
        "identity/",
        "identity/found/",
        "identity/<uuid:public_id>/",
        "identity/<uuid:public_id>/number/",
        "identity/<uuid:public_id>/comparison/",
    ]


class Test問合せの数:
    """Style 14: pinned, whatever the file holds and however many are shown."""

    def counted(self, client, ask) -> int:
        ask()
        with CaptureQueriesContext(connection) as queries:
            answer = ask()
        assert answer.status_code == 200
        return len(queries)

    def test_検索も個人票も人数によらない(self):
        deliver(HANAKO)
        client = signed_in(*ALL)
        asks = (
            lambda: search(client, juminhyo_code=CODE),
            lambda: search(client, name="葛城", birth="S60.4.1"),
            lambda: search(client, name="葛城", address="花園"),
            lambda: client.get(f"/identity/{public_id()}/"),
        )
        few = [self.counted(client, ask) for ask in asks]
        people = [replace(HANAKO, juminhyo_code=str(made_up_juminhyo_code(n)), individual_number=str(made_up_individual_number(n))) for n in range(1000, 1020)]
        load_records(people, audit.Actor.system("juki_net.load", P.IDENTITY_UPDATE))
        assert [self.counted(client, ask) for ask in asks] == few
        assert max(few) <= 14, few


class Test検索語:
    def test_項目から作られ作り直しても同じ(self):
        deliver(HANAKO)
        deliver(someone_else())
        from daicho.juki_net.commands.terms import renew_stale_terms

        before = sorted(IdentityTerm.objects.values_list("record_id", "kind", "key", "address_key", "birth_first", "birth_last"))
        made = {(record.pk, *vars(term).values()) for record in IdentityRecord.objects.all() for term in terms_of(record.to_value())}
        assert set(before) == made
        IdentityTerm.objects.filter(record__public_id=public_id()).delete()
        IdentityTerm.objects.bulk_create(
            [
                IdentityTerm(
                    record=IdentityRecord.objects.get(public_id=public_id()),
                    kind="name",
                    key="古い",
                    address_key="",
                    birth_first=TODAY,
                    birth_last=TODAY,
                    key_version=0,
                )
            ]
        )
        assert renew_stale_terms() == 1
        assert sorted(IdentityTerm.objects.values_list("record_id", "kind", "key", "address_key", "birth_first", "birth_last")) == before
        assert renew_stale_terms() == 0

    def test_初期登録された人も見つかる(self):
        load_records([HANAKO], audit.Actor.system("juki_net.load", P.IDENTITY_UPDATE))
        assert names(search(signed_in(*ALL), name="葛城", address="花園")) == [HANAKO.name_kanji]

    def test_外国人の二つの書き方はどちらでも見つかる(self):
        deliver(
            replace(someone_else(), name_kanji="ZHANG YULIN　張　玉蓮", name_furigana="チョウ　ギョクレン", birth_date="1990-01-02", birth_date_juki="19900102")
        )
        client = signed_in(*ALL)
        for name in ("張　玉蓮", "張玉", "Zhang Yulin", "yulin zhang", "ちょう"):
            assert names(search(client, name=name, birth="1990-01-02")) == ["ZHANG YULIN　張　玉蓮"], name
        assert public_id(OTHER_CODE)
