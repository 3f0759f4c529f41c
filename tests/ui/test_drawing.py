"""画面の部品 — what the templates write: labels, marks, dates, numbers, errors without persons."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.template import engines
from django.test import Client, RequestFactory

from daicho.audit.actor import Actor
from daicho.ui import echo, errors, fonts, navigation
from daicho.ui.dates import reading_of, wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem
from daicho.values.dates import JapaneseDate
from tests.ui.elements import Elements

pytestmark = pytest.mark.urls("tests.ui.urls")


MACROS = """{%- from "ui/field.html" import field, fields -%}
{%- from "ui/problems.html" import problems -%}
{%- from "ui/compare_row.html" import compare_row -%}
"""


def draw(text, **context):
    (templates,) = engines.all()
    return templates.from_string(MACROS + text).render(context)


@pytest.mark.parametrize("kind", list(Kind))
def test_どの種類の項目にも名札と説明と誤りが結ばれる(kind):
    spec = FieldSpec(
        "x", "項目の名", kind, required=True, hint="手がかり", choices=(Choice("1", "一"), Choice("2", "二")), candidates_url="/ui/candidates/towns"
    )
    form = BoundForm((spec,), {"x": "1"}).with_problems([Problem("x", "直してください。")])
    text = draw("{{ field(form, 'x') }}", form=form)
    elements = Elements(text)
    ids = {each["id"] for _, each in elements.all if "id" in each}
    assert len(ids) == sum("id" in each for _, each in elements.all)
    bearer = next(each for _, each in elements.all if each.get("role") in ("group", "radiogroup")) if spec.is_group else elements.with_id("id-x")[1]
    described = bearer["aria-describedby"].split()
    assert set(described) <= ids
    assert {"id-x-hint", "id-x-error"} <= set(described)
    assert spec.is_group or any(tag == "label" and each["for"] == "id-x" for tag, each in elements.all)
    assert not spec.is_group or bearer["aria-labelledby"] in ids
    assert "必須" in text
    assert "placeholder" not in text
    assert " style=" not in text


def test_打たれた記号は記号のまま出る():
    form = BoundForm((FieldSpec("x", "氏名", Kind.NAME),), {"x": '"><script>alert(1)</script>'})
    assert "<script>" not in draw("{{ fields(form) }}", form=form)


def test_誤りの一覧は項目につながり警告は理由を求める():
    form = BoundForm((FieldSpec("x", "届出日"),), {"override-late": "入院"}).with_problems([Problem("x", "誤り。"), Problem("x", "遅い。", False, "late")])
    elements = Elements(draw("{{ problems(form) }}", form=form))
    assert ("a", {"href": "#id-x"}) in elements.all
    asked = next(each for tag, each in elements.all if tag == "input")
    assert (asked["name"], asked["value"]) == ("override-late", "入院")
    assert draw("{{ problems(form) }}", form=BoundForm((), {})).strip() == ""


def test_日付は和暦で書かれ文字から推し量らない():
    assert draw("{{ d|wareki }}", d=date(2019, 5, 1)) == "令和元年5月1日"
    assert draw("{{ d|wareki }}", d=JapaneseDate.parse("昭和60年4月1日")) == "昭和60年4月1日"
    assert draw("{{ d|wareki }}", d=None) == ""
    with pytest.raises(TypeError):
        wareki_text("2019-05-01")
    assert draw("{{ t|jst }} {{ t|jst_time }}", t=datetime(2026, 7, 1, 4, 5, tzinfo=UTC)) == "7月1日（水）13時05分 13:05"


def test_番号は伏せて出し伏せたことを読み上げる():
    text = draw("{{ n|masked }}", n="123456789018")
    assert "123456789018" not in text
    assert text.count("●") == 12
    assert "表示していません" in text
    assert draw("{{ n|masked(4) }}", n="123456789018").endswith("9018</span>")
    assert "未記載" in draw("{{ n|masked }}", n="")


def test_氏名は証明書の字形で出て選択符は符号で確かめられる(settings, tmp_path):
    settings.FONTS_DIR = tmp_path  # without fonts: code points alone
    assert draw("{{ n|name_glyph }}", n="邉\U000e0110") == '<span class="name-glyph" title="U+9089 U+E0110">邉\U000e0110</span>'
    assert draw("{{ n|name_glyph }}", n="<b>") == '<span class="name-glyph">&lt;b&gt;</span>'


@pytest.mark.font
def test_MJ番号が手元にあり紙にない字形には印が付く(settings):
    """design §7: the same glyph as on paper, with its MJ number at hand; parts.md: 葛+E0100 silently prints another glyph."""
    if not (Path(settings.FONTS_DIR) / "fonts.toml").is_file():
        pytest.skip("the certificate's font is not set up")
    assert 'title="U+9089 U+E0110（MJ060248）"' in draw("{{ n|name_glyph }}", n="邉\U000e0110")
    lacking = draw("{{ n|name_glyph }}", n="葛\U000e0100城")
    assert "字形なし" in lacking
    assert "別の字形になります" in lacking
    assert "字形なし" not in draw("{{ n|name_glyph }}", n="葛\U000e0102城　花子")
    assert "U+9AD9（MJ028902）" in draw("{{ compare_row('氏名', a, b, true) }}", a="高橋", b="髙橋")


@pytest.mark.parametrize(("count", "text"), [(0, "0件"), (999, "999件"), (1000, "1,000件以上"), (1001, "1,000件以上")])
def test_件数は千で数え止める(count, text):
    assert draw("{{ n|count_text }}", n=count) == text


@pytest.mark.parametrize("kind", ["neutral", "info", "success", "warning", "error", "waiting"])
def test_状態の札は色だけでなく形と言葉でも違う(kind):
    text = draw("{{ badge(kind, '審査待ち') }}", kind=kind)
    assert "審査待ち" in text
    assert 'aria-hidden="true">' in text


def test_前後の行は違いを言葉でも言う():
    assert "変更なし" in draw("{{ compare_row('氏名', 'A', 'A') }}")
    assert "字形が似ています" in draw("{{ compare_row('氏名', a, b, true) }}", a="高橋", b="髙橋")
    assert "記載" in draw("{{ compare_row('方書', none, 'コーポ') }}")
    assert "削除" in draw("{{ compare_row('方書', 'コーポ', '') }}")
    assert "令和8年11月1日" in draw("{{ compare_row('日', a, b) }}", a=None, b=date(2026, 11, 1)).replace("</ins>", "").replace(
        '<ins class="compare__new">', ""
    )


@pytest.mark.parametrize(
    ("typed", "text", "is_ok"),
    [
        ("R8.4.1", "令和8年4月1日（水）", True),
        ("2026-04-01", "令和8年4月1日（水）", True),
        ("2026年4月 日不詳", "令和8年4月 日不詳", True),
        ("昭和十年", None, False),
        ("令和8年13月1日", None, False),
    ],
)
def test_日付の読み返し(typed, text, is_ok):
    """N-1.1.9-06: in 和暦, whatever it was typed in."""
    reading = reading_of(typed)
    assert reading.is_ok is is_ok
    assert text is None or reading.text == text
    assert reading_of(" 　") is None


def test_西暦の項目の日付は西暦で読み返す():
    """N-1.1.9-03, -04, -07: 外国人の生年月日 and 満了の日, and never in both."""
    assert reading_of("S60.3.9", western=True).text == "1985年3月9日（土）"
    answer = echo.echo_date(RequestFactory().post("/", {"value": "S60.3.9", "calendar": "western"}))
    assert json.loads(answer.content)["text"] == "1985年3月9日（土）"
    assert "1985" not in json.loads(echo.echo_date(RequestFactory().post("/", {"value": "1985-03-09"})).content)["text"]


def test_暦にない日は読めるが見直しを求める():
    reading = reading_of("S60.4.31")
    assert (reading.is_ok, reading.alert) == (True, True)
    assert "暦にない" in reading.text


@pytest.mark.parametrize("text", [errors.BAD_REQUEST, errors.SIGNED_OFF, errors.FORBIDDEN, errors.NOT_FOUND, errors.SERVER_ERROR, errors.CSRF])
def test_誤りの画面は何をすればよいかを言い問われたものを映さない(text):
    request = RequestFactory().get("/person/渡邉花子", {"q": "渡邉花子"})
    answer = errors.page(request, text)
    drawn = answer.content.decode()
    assert answer.status_code == text.status
    assert text.heading in drawn
    assert all(each in drawn for each in text.todo)
    assert "渡邉" not in drawn


def test_500の画面はデータベースがなくても描ける():
    """No fixture gives the database here: a query would fail the test."""
    assert "システムで誤りが起きました" in errors.server_error(RequestFactory().get("/")).content.decode()


def test_書体は決まった名前だけを配る(settings, tmp_path):
    settings.FONTS_DIR = tmp_path
    assert fonts.style_sheet_url() == ""
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "names.css").write_text("@font-face{}")
    (tmp_path / "web" / "0123456789abcdef.woff2").write_bytes(b"wOF2")
    (tmp_path / "secret.txt").write_text("secret")
    assert fonts.style_sheet_url().startswith("/ui/fonts/names.css?v=")
    client = Client()
    got = client.get("/ui/fonts/0123456789abcdef.woff2")
    assert (b"".join(got.streaming_content), got["Content-Type"]) == (b"wOF2", "font/woff2")
    (tmp_path / "web" / "0123456789abcdef.woff").write_bytes(b"wOFF")  # the slices that few pages need
    got = client.get("/ui/fonts/0123456789abcdef.woff")
    assert (b"".join(got.streaming_content), got["Content-Type"]) == (b"wOFF", "font/woff")
    assert "immutable" in got["Cache-Control"]
    for name in ("secret.txt", "..%2Fsecret.txt", "fedcba9876543210.woff2"):
        assert client.get(f"/ui/fonts/{name}").status_code == 404


def test_案内は使える人にだけ出てキーは重ならない(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})
    everyone = navigation.NavEntry("検索", "home", "s", order=2)
    some = navigation.NavEntry("審査", "ui:gallery", "w", "residents:filing:examine", order=1)
    navigation.register(everyone, some)
    navigation.register(everyone)
    clerk = Actor(1, "a.b", "甲　乙", "", "", "", "", frozenset())
    examiner = Actor(2, "c.d", "丙　丁", "", "", "", "", frozenset({"residents:filing:examine"}))
    assert [navigation.entries_for(each) for each in (None, clerk, examiner)] == [(), (everyone,), (some, everyone)]
    with pytest.raises(ValueError, match="access key"):
        navigation.register(navigation.NavEntry("別", "other", "s"))


def test_見出しのある案内はたたまれ一つだけなら見出しは立たない(monkeypatch):
    """The heading stands where the first of its entries would, and every link keeps its key."""
    monkeypatch.setattr(navigation, "_entries", {})
    navigation.register(
        navigation.NavEntry("検索", "home", "s", order=1),
        navigation.NavEntry("用紙", "ui:gallery", "y", "residents:paper:use", order=2, group="証明書"),
        navigation.NavEntry("日報", "ui:characters", "f", order=3, group="証明書"),
    )

    def menu(*permissions):
        request = RequestFactory().get("/")
        request.actor = Actor(1, "a.b", "甲　乙", "", "", "", "", frozenset(permissions))
        return draw('{% set page = chrome() %}{% include "ui/nav.html" %}', request=request)

    few, all_of_them = Elements(menu()), Elements(menu("residents:paper:use"))
    assert [tag if tag == "details" else of["accesskey"] for tag, of in few.all if tag in ("a", "details")] == ["s", "f"]
    assert [tag if tag == "details" else of["accesskey"] for tag, of in all_of_them.all if tag in ("a", "details")] == ["s", "details", "y", "f"]


def test_候補は辞書の順に限りがあり知らない辞書は空(monkeypatch):
    monkeypatch.setattr(echo, "_dictionaries", {})
    echo.register_dictionary("towns", lambda typed, most: [echo.Candidate(f"{typed}{place}丁目", "047") for place in range(most)])
    make = RequestFactory()
    answer = echo.candidates(make.post("/", {"value": "　花園 "}), "towns")
    assert b'"047"' in answer.content
    assert answer.content.count(b'"value"') == 12
    assert echo.candidates(make.post("/", {"value": "x"}), "nothing").content == b'{"candidates": []}'
    assert echo.candidates(make.get("/"), "towns").status_code == 405


def test_ほかの欄による候補は何も打たなくてもその欄の文で出る(monkeypatch):
    monkeypatch.setattr(echo, "_dictionaries", {})
    echo.register_dictionary_beside("buildings", lambda typed, beside, most: [echo.Candidate(f"{beside}の{typed}荘")])
    answers = [echo.candidates(RequestFactory().post("/", given), "buildings") for given in ({"value": "", "beside": " 甲 "}, {"value": "", "beside": ""})]
    assert [json.loads(answer.content)["candidates"] for answer in answers] == [[{"value": "甲の荘", "note": ""}], []]
