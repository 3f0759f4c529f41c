"""届書の用紙 — the outsider fills what a label names and sends everything the page gave, no more and no less."""

import pytest

from scenarios.day.browser import Page
from scenarios.day.forms import NoSuchField

HTML = """
<html><body><header><a href="/banner/">受付中 1</a></header><main><h1>転入</h1>
<p><a href="/visit/"><kbd>F2</kbd><span>受付</span><span>次の来庁者</span></a></p>
<form method="post" action="/enter/"><input type="hidden" name="csrfmiddlewaretoken" value="mark">
 <section class="summary summary--alert"><h2>確認が必要です（1件）</h2><ul><li><p id="a1">14日を過ぎています</p><label for="o1">このまま進める理由</label><input id="o1" name="override-D102" value=""></li></ul></section>
 <label for="f-d">届出日</label><span class="required">必須</span><input type="text" id="f-d" name="f-filed_on" value="令和8年4月1日">
 <div role="radiogroup" aria-labelledby="g"><span id="g">世帯</span>
  <label class="choice"><input type="radio" name="f-h" value="new" checked><span>新しい世帯をつくる</span></label>
  <label class="choice"><input type="radio" name="f-h" value="existing"><span>すでにある世帯に入る</span></label></div>
 <section><h2>1人目<span>見本　一</span></h2><label for="m0">氏名</label><input type="text" id="m0" name="m0-name" value="見本　一">
  <label for="s0">性別</label><select id="s0" name="m0-sex"><option value="">選択してください</option><option value="1">男</option><option value="2" selected>女</option></select></section>
 <section><h2>2人目</h2><label for="m1">氏名</label><input type="text" id="m1" name="m1-name" value="葛&#xE0102;&amp;">
  <label for="c1"><input type="checkbox" id="c1" name="m1-c" value="yes">同意</label><input name="off" value="x" disabled></section>
 <button type="submit" name="do" value="go">仮登録<kbd>F9</kbd></button><button type="submit" formaction="/people/" name="do" value="add">人を追加</button><button type="button">写す</button>
</form>
<table><caption>世帯<span>2人</span></caption><thead><tr><th>続柄</th><th>氏名</th></tr></thead><tbody><tr><td>子</td><th><a href="/p/1/">見本　一</a></th></tr></tbody></table>
<dl><div><dt>世帯番号</dt><dd>123</dd></div></dl></main></body></html>
"""
PAGE = Page("http://127.0.0.1/filings/1/", 200, "text/html", HTML.encode())


def test_受け取った用紙はそのまま送り返される():
    assert PAGE.form("仮登録").sent_with("仮登録") == (
        "/enter/",
        [("csrfmiddlewaretoken", "mark"), ("override-D102", ""), ("f-filed_on", "令和8年4月1日"), ("f-h", "new"), ("m0-name", "見本　一"), ("m0-sex", "2"),
         ("m1-name", "葛\U000e0102&"), ("do", "go")],
    )  # fmt: skip


def test_欄は見出しと人で選び選択肢は言葉で選ぶ():
    form = PAGE.form("仮登録")
    form.fill({"届出日": "R8.4.2", "世帯": "すでにある世帯に入る"})
    form.fill({"氏名": "見本　二", "同意": "同意"}, within="2人目")
    form.fill({"性別": "男"}, within="1人目")
    sent = dict(form.sent_with("人を追加")[1])
    assert (sent["f-filed_on"], sent["f-h"], sent["m0-name"], sent["m0-sex"]) == ("R8.4.2", "existing", "見本　一", "1")
    assert (sent["m1-name"], sent["m1-c"], sent["do"]) == ("見本　二", "yes", "add")
    assert form.sent_with("人を追加")[0] == "/people/"


@pytest.mark.parametrize(("label", "words", "within"), [("氏名", "だれか", ""), ("年齢", "1", "1人目"), ("世帯", "どれでもない", "")])
def test_ない欄やない選択肢は使えない(label, words, within):
    with pytest.raises(NoSuchField):
        PAGE.form("仮登録").fill({label: words}, within)


def test_ないボタンは押せない():
    assert not PAGE.has_button("写す")
    with pytest.raises(NoSuchField):
        PAGE.form("本登録")


def test_画面の表と項目とリンクを読む():
    (row,) = PAGE.table("世帯")
    assert (row["続柄"].text, row["氏名"].text) == ("子", "見本　一")
    assert PAGE.fact("世帯番号") == "123"
    assert PAGE.link("受付") == "http://127.0.0.1/visit/"
    assert PAGE.heading == "転入"


def test_用紙の外にあるボタンもその用紙を送る():
    """As the button that fills the 転入 form with what the former city certified."""
    page = '<main><p><button form="a" formaction="/reflect/" name="do" value="blanks">反映する</button></p><form id="b" action="/b/"></form>'
    page += '<form method="post" id="a" action="/a/"><input type="hidden" name="people" value="1"></form></main>'
    assert Page("http://127.0.0.1/", 200, "text/html", page.encode()).form("反映する").sent_with("反映する") == (
        "/reflect/",
        [("people", "1"), ("do", "blanks")],
    )
