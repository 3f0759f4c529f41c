"""画面の型紙 — what is typed never becomes markup, and a name that nobody passed never becomes an empty place. docs/decisions/0008."""

from datetime import date
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from jinja2 import TemplateSyntaxError, UndefinedError

from daicho.ui import drawing, environment, gallery
from daicho.ui.chrome import VisitBanner, chrome_of
from daicho.ui.forms import BoundForm, Choice, FieldGroup, FieldSpec, Kind, Problem
from tests.ui.elements import Elements

pytestmark = pytest.mark.urls("tests.ui.urls")

HOSTILE = """"'><script>alert(1)</script>&amp;<b onclick='x'>{{ 7 * 7 }}"""
DAICHO = Path(environment.__file__).parents[1]
TEMPLATES = {str(path.relative_to(folder)): path for folder in DAICHO.glob("*/templates") for path in folder.rglob("*.html")}
NAMES = sorted(drawing.FILTERS)


def template(text):
    (templates,) = engines.all()
    return templates.from_string(text)


def draw(text, **context):
    return template(text).render(context)


class Texts(Elements):
    """The texts between the elements too."""

    def __init__(self, text):
        self.texts = []
        super().__init__(text)

    def handle_data(self, data):
        self.texts.append(data)


def page_of_hostile_people(**more):
    """The gallery's page, on which everything that comes from outside is hostile: names, values, choices, messages, addresses for scripts."""
    request = RequestFactory().get("/ui/gallery")
    request.session = {"flash": [["info", HOSTILE]]}
    request.visit_banner = VisitBanner(HOSTILE, HOSTILE, HOSTILE)
    specs = tuple(
        FieldSpec(kind.value, HOSTILE, kind, required=True, hint=HOSTILE, choices=(Choice(HOSTILE, HOSTILE, HOSTILE),), unit=HOSTILE, candidates_url=HOSTILE,
                  copy_from="text", copy_label=HOSTILE, copy_part=HOSTILE)
        for kind in Kind
    )  # fmt: skip
    groups = (FieldGroup("g", HOSTILE, specs, HOSTILE),)
    problems = [Problem("text", HOSTILE), Problem("date", HOSTILE, False, HOSTILE)]
    context = {
        "groups": groups,
        "form": BoundForm.of_groups(groups, {spec.name: HOSTILE for spec in specs}).with_problems(problems),
        "compared": ((HOSTILE, HOSTILE, None, True), (HOSTILE, "", HOSTILE, False), (HOSTILE, HOSTILE, HOSTILE + "邉\U000e0110", True)),
        "rows": ((HOSTILE, HOSTILE, date(2026, 4, 1), HOSTILE + "邉\U000e0110", HOSTILE, HOSTILE, HOSTILE),),
        "badges": (("info", HOSTILE),),
        "number": HOSTILE,
        "count": 1,
    }
    return render_to_string("ui/gallery.html", {**context, **more}, request)


def test_打たれた記号は氏名でも属性でもスクリプトの読む番地でも記号のまま出る(monkeypatch):
    """design §7: text is stored as given, so whatever was typed comes back on pages; it is a text wherever it stands."""
    monkeypatch.setitem(drawing._MARKS, HOSTILE, "●")
    page = Texts(page_of_hostile_people())
    tags = [tag for tag, _ in page.all]
    assert all(each.get("src") for tag, each in page.all if tag == "script")
    assert "b" not in tags
    assert not any(name.startswith("on") for _, each in page.all for name in each)
    assert page.with_id("id-text")[1]["value"] == HOSTILE
    assert page.with_id("id-address")[1]["value"] == HOSTILE
    read_by_scripts = {name: each[name] for _, each in page.all for name in ("data-candidates-url", "data-copy-part", "data-value") if name in each}
    assert read_by_scripts == dict.fromkeys(("data-candidates-url", "data-copy-part", "data-value"), HOSTILE)
    assert next(each for tag, each in page.all if each.get("class") == "header__visit")["href"] == HOSTILE
    shown = "".join(page.texts)
    assert shown.count(HOSTILE) > 40


def test_JSONを載せる属性は引用符でも破れない():
    """htmx reads hx-headers; the attribute stands in single quotes."""
    page = Elements(draw('{% extends "ui/base.html" %}', request=None, csrf_token=HOSTILE))
    body = next(each for tag, each in page.all if tag == "body")
    assert body["hx-headers"] == '{"X-CSRFToken": "' + HOSTILE + '"}'
    assert set(body) == {"hx-headers", "class"}


@pytest.mark.parametrize(
    "text",
    [
        "{{ visitr }}",
        "{{ visit.nam }}",
        "{% if visitr %}x{% endif %}",
        "{% if visit.nam %}x{% endif %}",
        "{% if visitr == 'x' %}x{% endif %}",
        "{% for each in visitr %}x{% endfor %}",
        "{{ visitr|length }}",
        "{{ visitr|join('、') }}",
        "{{ badge('info', visitr) }}",
        "{{ badge(visitr, 'x') }}",
        "{{ url(visitr) }}",
        "{{ static(visitr) }}",
        "{{ compared(visitr, '') }}",
        '{% from "ui/field.html" import field %}{{ field(form, "visitr") }}',
        '{% from "ui/field.html" import fields %}{{ fields(visitr) }}',
        '{% from "ui/problems.html" import problems %}{{ problems(visitr) }}',
        '{% from "ui/compare_row.html" import compare_row %}{{ compare_row("x", visitr, "") }}',
        '{% from "ui/compare_row.html" import compare_rwo %}{{ compare_rwo("x", "", "") }}',
        *(f"{{{{ visitr|{name} }}}}" for name in NAMES),
    ],
)
def test_名の書き違いは空欄にならず誤りになる(text):
    with pytest.raises(UndefinedError):
        draw(text, visit={"name": "山田"}, form=BoundForm((FieldSpec("visitor", "氏名"),), {}))


@pytest.mark.parametrize("name", ["default", "d", "safe"])
def test_書き違いを隠す型札と記号を通す型札はない(name):
    with pytest.raises(TemplateSyntaxError):
        template(f"{{{{ x|{name} }}}}")


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_どの型紙も組み立てられ記号の扱いを変えない(name):
    text = TEMPLATES[name].read_text(encoding="utf-8")
    assert template(text)
    assert "autoescape" not in text


def test_画面の枠は一度だけ作られ一度きりの知らせは一度だけ出る(monkeypatch):
    made = []
    monkeypatch.setattr(environment, "chrome_of", lambda request: made.append(request) or chrome_of(request))
    request = RequestFactory().get("/ui/gallery")
    request.session = {"flash": [["success", "パスワードを変更しました。"]]}
    pages = [gallery.gallery(request).content.decode() for _ in range(2)]
    assert [page.count("パスワードを変更しました。") for page in pages] == [1, 0]
    assert made == [request, request]


def test_送信の合言葉は画面ごとに一つで隠し項目のまま出る():
    """The mask is new for each page, not for each form."""
    request = RequestFactory().get("/ui/gallery")
    first, second = (Elements(template("<p>{{ csrf_token }}</p>{{ csrf_input }}{{ csrf_input }}").render({}, request)) for _ in range(2))
    inputs = [each for tag, each in first.all if tag == "input"]
    assert [(each["type"], each["name"]) for each in inputs] == [("hidden", "csrfmiddlewaretoken")] * 2
    assert inputs[0]["value"] == inputs[1]["value"] != ""
    assert second.all[1][1]["value"] != inputs[0]["value"]
