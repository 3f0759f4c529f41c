"""世帯連記式の画面 — the form, the people and the entries are chosen on one screen; what is shown is what will be printed. 住基法12条; std 5.1, 1.3.8."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from daicho.residents.models import CertificateIssue, SheetCurrent
from tests.cast import FAMILY, NGUYEN, TARO, Role
from tests.residents import counter
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family, trail

pytestmark = pytest.mark.django_db
SHEET = {"certificate": "juminhyo_household", "purpose": "勤務先へ提出", "delivery": "counter"}
MINH = Role(**{**vars(NGUYEN), "relationship": "同居人", "texts": {**NGUYEN.texts, "nationality_code": "ベトナム"}})
COUNTED = {"get": 29, "look": 14, "issue": 27}


@pytest.fixture
def four() -> list[UUID]:
    return family()


def url(person: UUID, step: str = "") -> str:
    return f"/person/{person}/certificate/{step}"


def sent(people: list[UUID], **more: object) -> dict[str, object]:
    return {**SHEET, "people": [str(person) for person in people], **more}


def once(answer: object) -> str:
    return re.search(r'name="once" value="([^"]+)"', answer.content.decode())[1]  # type: ignore[attr-defined,index]


def ticked(answer: object, name: str) -> list[str]:
    tags = [tag for tag in re.findall(r"<input[^>]*>", answer.content.decode()) if f'name="{name}"' in tag and re.search(r"\bchecked\b", tag)]  # type: ignore[attr-defined]
    return [re.search(r'value="([^"]+)"', tag)[1] for tag in tags]  # type: ignore[index]


def words(answer: object) -> str:
    return " ".join(visible(answer).split())


def test_開いたときは個人票で本人だけが選ばれ世帯の全員から選べる(four):
    """N-5.1-01, -02: nothing is widened unasked."""
    first = desk().get(url(four[1]))
    assert (ticked(first, "certificate"), ticked(first, "people")) == (["juminhyo_personal"], [str(four[1])])
    assert list(re.findall(r'name="people" value="([^"]+)"', first.content.decode())) == [str(person) for person in four]


def test_世帯全員を載せると全員が選ばれ入力は失われない(four):
    """Keyboard: F6 sends the form; what was typed stays."""
    clerk = desk()
    page = clerk.post(url(four[0], "look/"), sent([four[0]], shown=["relationship"], purpose="扶養の手続", everybody="yes"))
    assert ticked(page, "people") == [str(person) for person in four] and ticked(page, "certificate") == ["juminhyo_household"]
    assert ticked(page, "shown") == ["relationship"] and 'value="扶養の手続"' in page.content.decode()
    assert "4人（世帯全員）" in visible(page) and 'data-key="F6"' in page.content.decode()


def test_選んだ内容がそのまま見本に並び番号は開かない(four):
    """F-0-18: the household's 住所 once, each person's block with place and 続柄, a number only as 「番号を印字します」."""
    clerk = desk()
    answer = clerk.post(url(four[0], "look/"), sent(four, shown=["relationship", "individual_number"]), headers={"HX-Request": "true"})
    page = words(answer)
    assert "<html" not in answer.content.decode()
    assert page.count("花園2丁目12番1号") == 1 and page.count("番号を印字します") == 4 and TARO.individual_number not in page
    blocks = page.split("何人目：")[1:]
    assert [(block.split()[0], role.name.replace("　", " ") in block, f"続柄 {role.relationship}" in block) for block, role in zip(blocks, FAMILY, strict=True)] == [
        (str(place), True, True) for place in (1, 2, 3, 4)
    ]  # fmt: skip
    assert page.count("以下余白") == 1
    assert not any(row.shows_numbers for row in trail("residents:certificate:issue"))
    assert set(trail("residents:certificate:issue")[-1].subjects) == set(four)


def test_5人目からは次の葉が見本にも分かれる():
    """domain §4.2."""
    five = family(*FAMILY, Role(5, "花園　三郎", "ハナゾノ　サブロウ", "平成28年1月1日", "1", "子"))
    answer = desk().post(url(five[0], "look/"), sent(five), headers={"HX-Request": "true"})
    assert answer.content.decode().count('class="sheet-of-paper"') == 2
    assert visible(answer).count("次葉に続く") == 1 and visible(answer).count("以下余白") == 1


def test_日本人と外国人の世帯では事項に誰のものかを添える():
    """N-5.1-04, -06: 本籍 for Japanese residents alone, 国籍 for foreign ones; both on one paper."""
    taro, minh = family(TARO, MINH)
    clerk = desk()
    page = words(clerk.get(url(taro)))
    assert "本籍・筆頭者 日本人住民だけ" in page and "国籍・地域 外国人住民だけ" in page and "続柄 日本人" not in page
    shown = words(clerk.post(url(taro, "look/"), sent([taro, minh], shown=["registered_domicile", "nationality"])))
    assert "本籍 北海道札幌市中央区南一条西一丁目1番地" in shown and "国籍・地域 ベトナム" in shown and "氏名 NGUYEN VAN AN" in shown
    refused = words(clerk.post(url(taro, "look/"), sent([taro], shown=["nationality"])))
    assert "「国籍・地域」は、載せる人のどの住民票にもない事項です" in refused


def test_交付すると対象者全員と枚数が交付履歴に並ぶ(four):
    """N-1.3.8-05, -08: on the page of someone who was not the one asked for."""
    clerk = desk()
    answer = clerk.post(url(four[0], "issue/"), sent(four[:3], shown=["relationship"], once=once(clerk.get(url(four[0])))))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf") and answer.content.startswith(b"%PDF")
    row = CertificateIssue.objects.get()
    page = words(clerk.get(url(four[2])))
    assert "住民票の写し（世帯連記式） 1枚 履歴番号1 花園 太郎 、 花園 花子 、 花園 一郎 3人" in page
    assert f"{row.certificate_no} 契印 {row.tally}".replace("　", " ") in page.replace("　", " ") and "続柄 300円" in page
    assert "交付した証明書はありません" in visible(clerk.get(url(four[3])))
    [issued] = [each for each in trail("residents:certificate:issue") if "certificate_no" in each.detail]
    assert set(issued.subjects) == set(four[:3])


def test_手数料は市の期間付きの設定から出て世帯の人数によらない(four):
    """手数料: one copy is one fee; from the day the city decides otherwise, the other."""
    clerk = desk()
    assert "手数料 300円" in words(clerk.post(url(four[0], "look/"), sent(four)))
    counter.city_decides("fee_juminhyo_yen", 350)
    first = clerk.get(url(four[0]))
    assert clerk.post(url(four[0], "issue/"), sent(four, once=once(first))).status_code == 200
    assert CertificateIssue.objects.get().fee_yen == 350


def test_誰も選ばなければ断りの文がその欄に出る(four):
    """N-5.1-01; design §6: nothing is issued of nobody."""
    clerk = desk()
    page = clerk.post(url(four[0], "issue/"), sent([], once=once(clerk.get(url(four[0])))))
    assert page.status_code == 422 and "載せる人が選ばれていません" in visible(page) and 'aria-describedby="people-error"' in page.content.decode()
    assert not CertificateIssue.objects.exists()


def test_途中で世帯を離れた人を選んでいれば開き直すよう告げる(four):
    """The page was opened before she left."""
    clerk = desk()
    first = clerk.get(url(four[0]))
    counter.removed(four[1], counter.clock.today())
    page = clerk.post(url(four[0], "issue/"), sent(four, once=once(first)))
    assert page.status_code == 422 and "いまこの世帯にいない人がいます" in visible(page) and not CertificateIssue.objects.exists()


def test_発行禁止の人がいる世帯は画面でも断り外せば交付できる(four):
    """N-3.4-02; item 95."""
    SheetCurrent.objects.filter(person__public_id=four[2]).update(issue_prohibited_setting='{"by":"支援措置"}')
    clerk = desk()
    page = clerk.post(url(four[0], "look/"), sent(four))
    assert "3人目：この人には発行禁止が設定されています" in visible(page) and re.search(r"data-main-submit data-issue disabled>", page.content.decode())
    without = [four[0], four[1], four[3]]
    assert clerk.post(url(four[0], "issue/"), sent(without, once=once(clerk.get(url(four[0]))))).status_code == 200


def test_文字超過リストは誰の項目かを示す(four):
    """N-5.8-04: 対象者, 項目, 元の情報, of the third of four."""
    SheetCurrent.objects.filter(person__public_id=four[2]).update(previous_address_building="見本マンション" * 40)
    page = words(desk().post(url(four[0], "look/"), sent(four)))
    listed = page[page.index("文字超過リスト") :]
    assert "花園 一郎 3人目の転入前住所" in listed and "見本マンション" * 40 in listed


def test_画面にない様式や人の書き方は受け付けない(four):
    """F-1-04."""
    clerk = desk()
    for wrong in ({"certificate": "juminhyo_everything"}, {"certificate": ""}, {"people": ["1"]}, {"person": str(four[0])}):
        assert clerk.post(url(four[0], "look/"), {**sent(four), **wrong}).status_code == 400, wrong


def test_問合せの数は世帯の人数によらない():
    """Style 14: one person, a household of four, one of nine; with their numbers to be opened at the issue."""
    nine = (
        Role(71, "九人　一", "クニン　ハジメ", "昭和40年1月1日", "1", "世帯主"), Role(72, "九人　花", "クニン　ハナ", "昭和41年1月1日", "2", "妻"),
        *(Role(73 + at, f"九人　{name}", "クニン　コ", f"平成{10 + at}年1月1日", "1", "子") for at, name in enumerate("二三四五六七八")),
    )  # fmt: skip
    households = [family(Role(61, "一人　暮子", "ヒトリ　クラシコ", "昭和40年1月1日", "2", "世帯主")), family(), family(*nine)]
    clerk = desk()
    counted(clerk, "get", url(households[0][0]))  # caches are warm
    found = []
    for people in households:
        data = sent(people, shown=["individual_number", "juminhyo_code", "relationship"], use_confirmed="yes")
        get = counted(clerk, "get", url(people[0]))
        look = counted(clerk, "post", url(people[0], "look/"), data, headers={"HX-Request": "true"})
        data["once"] = once(clerk.get(url(people[0])))
        found.append({"get": get, "look": look, "issue": counted(clerk, "post", url(people[0], "issue/"), data)})
    assert found == [COUNTED] * 3


def counted(clerk: Client, method: str, address: str, *data: object, **how: object) -> int:
    """Statements of one request."""
    with CaptureQueriesContext(connection) as seen:
        assert getattr(clerk, method)(address, *data, **how).status_code == 200
    return len(seen)
