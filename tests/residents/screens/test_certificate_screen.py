"""証明書の画面 — omitted unless asked for, objections before the paper, one copy a page, all on record. 住基法12条; std 5.1, 1.3.8."""

from __future__ import annotations

import re
from datetime import date

import pytest

from daicho.residents.models import CertificateIssue, SheetCurrent
from tests.cast import TARO, Role
from tests.paper import tools
from tests.residents import counter
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family, open_visit, queries, trail

pytestmark = pytest.mark.django_db
PURPOSE = {"certificate": "juminhyo_personal", "purpose": "勤務先へ提出", "delivery": "counter"}
COUNTED = 31


@pytest.fixture
def taro():
    return family()[0]


def url(person, step: str = "") -> str:
    return f"/person/{person}/certificate/{step}"


def asked(*people, **more) -> dict[str, object]:
    """What is sent for these people."""
    return {**PURPOSE, "people": [str(person) for person in people], **more}


def once(answer) -> str:
    return re.search(r'name="once" value="([^"]+)"', answer.content.decode())[1]


def test_省略が既定で何が印字されるかを示す(taro):
    """法12条5項."""
    answer = desk().get(url(taro))
    page = visible(answer)
    assert "花園　太郎" in page and "花園2丁目12番1号" in page and "【省略】" in page and "手数料 300円" in page
    assert 'value="年金の手続"' in answer.content.decode()


def test_市が記載を既定とした事項は選ばれて開き請求により変えられる(taro):
    """N-5.1-05: 本籍・筆頭者 by default, 個人番号 on a special request; what a third party may not ask for is not chosen for them."""
    counter.city_decides("juminhyo_shown_by_default", ["registered_domicile", "juminhyo_code", "nationality"])
    clerk = desk()
    first = clerk.get(url(taro))
    assert chosen(first) == ["juminhyo_code", "registered_domicile"] and "本籍 北海道札幌市中央区南一条西一丁目1番地" in " ".join(visible(first).split())
    assert clerk.post(url(taro, "issue/"), asked(taro, shown=["individual_number"], once=once(first))).status_code == 200
    assert CertificateIssue.objects.get().chosen == ["individual_number"]
    open_visit(standing="third_party")
    assert chosen(clerk.get(url(taro))) == ["registered_domicile"]


def chosen(answer) -> list[str]:
    """The entries that are ticked."""
    ticked = [tag for tag in re.findall(r"<input[^>]*>", answer.content.decode()) if 'name="shown"' in tag and re.search(r"\bchecked\b", tag)]
    return sorted(re.search(r'value="([^"]+)"', tag)[1] for tag in ticked)


def test_選ぶとその場で印字される内容が変わり番号は開かない(taro):
    """F-0-18: a preview shows that a number will be printed, not the number."""
    clerk = desk()
    answer = clerk.post(url(taro, "look/"), asked(taro, shown=["head_name", "individual_number"]), headers={"HX-Request": "true"})
    page = visible(answer)
    assert "世帯主 花園　太郎" in page.replace("  ", " ").replace("  ", " ") and "番号を印字します" in page and "<html" not in answer.content.decode()
    assert TARO.individual_number not in page
    assert not any(row.shows_numbers for row in trail("residents:certificate:issue"))


def test_交付するとPDFが返り発行番号と手数料が示される(taro):
    clerk = desk()
    data = asked(taro, shown=["individual_number"], once=once(clerk.get(url(taro))))
    answer = clerk.post(url(taro, "issue/"), data)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "application/pdf", "no-store")
    assert answer["Content-Disposition"].startswith("inline") and answer.content.startswith(b"%PDF")
    row = CertificateIssue.objects.get()
    assert "交付しました" not in visible(clerk.get(url(taro)))
    page = visible(clerk.get(url(taro), {"issued": data["once"]}))
    assert (
        f"交付しました。発行番号 {row.certificate_no}" in page and "手数料 300円" in page and row.certificate_no.startswith("20260410 小樽市 本庁1 プリンタ001")
    )
    issued = [row for row in trail("residents:certificate:issue") if "certificate_no" in row.detail]
    assert [(row.shows_numbers, row.subjects) for row in issued] == [(True, [taro])]


@pytest.mark.parametrize("sent_for", ["9b2e0e7e-0000-4000-8000-000000000000", "'\"><script>"])
def test_まだ交付されていなければそう告げ同じ画面を見直す(taro, sent_for):
    """Come back to while the paper is being made: what 交付履歴 does not have is not said to be issued."""
    page = desk().get(url(taro), {"issued": sent_for}).content.decode()
    assert "交付履歴にまだ載っていません" in page and "data-not-yet" in page and "交付しました" not in page and "<script>" not in page.split("<body", 1)[1]


def test_同じ画面から二度送っても一通だけ交付する(taro):
    clerk = desk()
    data = asked(taro, once=once(clerk.get(url(taro))))
    assert clerk.post(url(taro, "issue/"), data).status_code == 200
    again = clerk.post(url(taro, "issue/"), data)
    assert again.status_code == 409 and "済んでいます" in visible(again)
    assert CertificateIssue.objects.count() == 1


def test_公用は手数料がない(taro):
    page = visible(desk(standing="public_office").post(url(taro, "look/"), asked(taro, official="yes")))
    assert "手数料 0円" in page


def test_第三者には番号の欄がなく送っても交付しない(taro):
    """法12条の3."""
    clerk = desk(standing="third_party")
    first = clerk.get(url(taro))
    assert 'value="individual_number"' not in first.content.decode() and "記載できない事項：住民票コード、個人番号" in visible(first)
    answer = clerk.post(url(taro, "issue/"), asked(taro, shown=["individual_number"], once=once(first)))
    assert answer.status_code == 422 and "第三者の請求では" in visible(answer) and not CertificateIssue.objects.exists()


def test_本人確認も使用目的もなければ交付しない(taro):
    """法12条2項, 3項."""
    clerk = desk(identity_check="not_needed")
    answer = clerk.post(url(taro, "issue/"), asked(taro, purpose=" ", once=once(clerk.get(url(taro)))))
    page = visible(answer)
    assert answer.status_code == 422 and "本人確認をしていない" in page and "使用目的が入力されていません" in page


def test_長すぎる使用目的では交付しない(taro):
    clerk = desk()
    answer = clerk.post(url(taro, "issue/"), asked(taro, purpose="長" * 201, once=once(clerk.get(url(taro)))))
    assert answer.status_code == 422 and "使用目的は200文字以内で入力してください" in visible(answer)


def test_標準にない続柄は空欄にせず断る(taro):
    """std 1.1.11: a migrated word is mended before it is certified."""
    SheetCurrent.objects.filter(person__public_id=taro).update(relationship="準世帯主")
    clerk = desk()
    assert "準世帯主" in visible(clerk.post(url(taro, "look/"), asked(taro, shown=["relationship"])))
    answer = clerk.post(url(taro, "issue/"), asked(taro, shown=["relationship"], once=once(clerk.get(url(taro)))))
    assert answer.status_code == 422 and not CertificateIssue.objects.exists()
    assert clerk.post(url(taro, "issue/"), asked(taro, once=once(clerk.get(url(taro))))).status_code == 200


def test_発行禁止の人には交付しない(taro):
    """item 95; std 1.3.8."""
    SheetCurrent.objects.filter(person__public_id=taro).update(issue_prohibited_setting='{"by":"本人"}')
    clerk = desk()
    page = clerk.get(url(taro))
    assert "発行禁止" in visible(page) and clerk.post(url(taro, "issue/"), asked(taro, once=once(page))).status_code == 422


def test_異動履歴と特別な事由の履歴は別々に選べ初めは選ばれていない(taro):
    """N-1.1.4-06, N-5.1-03."""
    page = desk().get(url(taro)).content.decode()
    chosen = {value: "checked" in tail for value, tail in re.findall(r'value="(history|special_history)"([^>]*)>', page)}
    assert chosen == {"history": False, "special_history": False}


def test_字形のない氏名は項目の名で断る():
    """design §7: 葛+E0100 is not in the certificate's font."""
    with counter.before_the_font():
        [person] = family(Role(12, "葛󠄀城　葵", "カツラギ　アオイ", "平成元年1月8日", "2", "世帯主"))
    page = visible(desk().get(url(person)))
    assert "U+E0100" in page and "「氏名」" in page


LONG = "見本マンション" * 40


def test_欄に収まらない項目は文字超過リストに載り市が選ぶまで交付しない(taro):
    """N-5.8-02, -03, -04, -05: 対象者, 項目 and 元の情報, of an overflow and of a character without glyph."""
    SheetCurrent.objects.filter(person__public_id=taro).update(address_building=LONG, family_register_head_name="葛󠄀城　太郎")
    clerk = desk()
    page = " ".join(visible(clerk.post(url(taro, "look/"), asked(taro, shown=["registered_domicile"]))).split())
    listed = page[page.index("文字超過リスト") :]
    assert "花園 太郎 住所" in listed and f"花園2丁目12番1号 {LONG}" in listed and "文字まで" in listed
    assert "筆頭者の氏名 未登録外字 U+845B U+E0100 葛󠄀城 太郎" in listed
    answer = clerk.post(url(taro, "issue/"), asked(taro, once=once(clerk.get(url(taro)))))
    assert answer.status_code == 422 and "縮めても欄に収まらない項目の印字" in visible(answer) and not CertificateIssue.objects.exists()
    entries = asked(taro, certificate="entries_certificate", shown=["name", "address"])
    assert "文字超過リスト" in visible(clerk.post(url(taro, "look/"), {**entries, "drawn_for": "entries_certificate"}))
    assert clerk.post(url(taro, "issue/"), {**entries, "once": once(clerk.get(url(taro)))}).status_code == 422


@pytest.mark.parametrize(("chosen", "said"), [("as_far_as_it_fits", "入る所まで印字します"), ("blank", "空白にして印字します")])
def test_市が選べば欄に収まらない項目は限界まで又は空白で交付する(taro, tmp_path, chosen, said):
    """N-5.8-05, -06: the alert stands at the issue, the trail keeps which item had no room."""
    SheetCurrent.objects.filter(person__public_id=taro).update(address_building=LONG)
    counter.city_decides("text_overflow", chosen)
    clerk = desk()
    first = clerk.get(url(taro))
    assert said in visible(first) and "文字超過リスト" in visible(first)
    answer = clerk.post(url(taro, "issue/"), asked(taro, once=once(first)))
    assert answer.status_code == 200
    assert ("見本マンション" in re.sub(r"\s", "", tools.text_of(answer.content, tmp_path, "-raw"))) is (chosen == "as_far_as_it_fits")
    assert [row.detail.get("without_room") for row in trail("residents:certificate:issue") if "certificate_no" in row.detail] == [["address"]]


def test_除票の人には写しを交付しない(taro):
    """法15条の4."""
    counter.removed(taro, date(2026, 4, 5))
    assert "除票の写し" in visible(desk().get(url(taro)))


def test_来庁者と氏名が違えば資格を確かめるよう促す(taro):
    hanako = SheetCurrent.objects.get(name_kanji="花園　花子").person.public_id
    clerk = desk()
    assert "氏名が違います" in visible(clerk.get(url(hanako)))
    assert "氏名が違います" not in visible(clerk.get(url(taro)))
    open_visit(standing="same_household")
    assert "氏名が違います" not in visible(clerk.get(url(hanako)))


def test_画面にない項目や知らない事項は受け付けない(taro):
    """F-1-04."""
    clerk = desk()
    for wrong in ({"fee": "0"}, {"shown": ["everything"]}, {"delivery": "fax"}):
        assert clerk.post(url(taro, "look/"), {**asked(taro), **wrong}).status_code == 400, wrong
    assert clerk.post(url(taro, "issue/"), asked(taro)).status_code == 400


def test_権限がなければ開けず記録される(taro):
    clerk = desk("residents:visit:open", "residents:person:read")
    assert clerk.get(url(taro)).status_code == 403
    assert clerk.post(url(taro, "issue/"), asked(taro)).status_code == 403
    assert {row.outcome for row in trail("residents:certificate:issue")} == {"refused"}


def test_問合せの数は交付履歴の数によらない(taro):
    """Style 14."""
    clerk = desk()
    counted = []
    for more in (1, 2):
        for _ in range(more):
            clerk.post(url(taro, "issue/"), asked(taro, once=once(clerk.get(url(taro)))))
        counted.append(queries(clerk, "get", url(taro)))
    assert counted == [COUNTED, COUNTED]


def test_交付した場所と端末の名称が操作履歴と交付履歴の両方に載る(taro):
    """N-1.3.1-03: Given 写し1通の交付, Then both have the registered names of that day."""
    clerk = desk()
    assert clerk.post(url(taro, "issue/"), asked(taro, once=once(clerk.get(url(taro))))).status_code == 200
    page = visible(clerk.get(url(taro)))
    issued = page[page.index("交付履歴") :]
    assert "本庁　本庁1" in issued
    assert "本庁" in visible(clerk.get(f"/person/{taro}/trail/")) and "本庁1" in visible(clerk.get(f"/person/{taro}/trail/"))


def test_交付申請書のCSVの記載が発行画面に設定され交付はまだされない(taro):
    """N-10.8-03: Given 交付申請書の記載事項のCSV, When 発行処理で取り込む, Then 該当項目が発行画面に設定される."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    clerk = desk()
    said = "証明書の種類,記載する事項,使用目的,渡し方\n住民票の写し（個人票）,続柄,児童手当の請求,郵送\n"
    page = clerk.post(url(taro, "take-in/"), {"application": SimpleUploadedFile("a.csv", said.encode("cp932"))})
    html = page.content.decode()
    assert page.status_code == 200 and 'value="児童手当の請求"' in html
    assert all(re.search(rf'value="{value}"[^>]* checked', html) for value in ("juminhyo_personal", "relationship", "mail_to_residence"))
    wrong = clerk.post(url(taro, "take-in/"), {"application": SimpleUploadedFile("a.csv", "手数料\n0\n".encode())})
    assert wrong.status_code == 422 and "「手数料」という項目は、発行画面にありません" in visible(wrong)
    assert clerk.post(url(taro, "take-in/")).status_code == 422 and not CertificateIssue.objects.exists()
