"""部品の見本 — every component on one page, for developers and for the accessibility tests. Demo and tests only; everything on it is made up."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from daicho.ui import errors
from daicho.ui.chrome import VisitBanner
from daicho.ui.forms import BoundForm, Choice, FieldGroup, FieldSpec, Kind, Problem, Width
from daicho.values.dates import JapaneseDate

_IDENTITY = tuple(
    Choice(str(place), label)
    for place, label in enumerate(("個人番号カード", "運転免許証", "旅券", "在留カード", "資格確認書", "年金手帳", "その他（官公署の書類）"))
)
_RELATIONSHIPS = tuple(Choice(label, label) for label in ("世帯主", "夫", "妻", "子", "父", "母", "子の妻", "子の子", "同居人"))


def _groups() -> tuple[FieldGroup, ...]:
    return (
        FieldGroup(
            "person",
            "転入する人",
            (
                FieldSpec("name", "氏名", Kind.NAME, required=True, hint="氏と名の間に空白を入れます。"),
                FieldSpec("kana", "振り仮名", Kind.KANA, required=True),
                FieldSpec("birth_date", "生年月日", Kind.DATE, required=True, hint="例：S60.4.1、昭和60年4月1日、1985-04-01"),
                FieldSpec("sex", "性別", Kind.RADIO, required=True, choices=(Choice("1", "男"), Choice("2", "女"))),
                FieldSpec("relationship", "続柄", Kind.RELATIONSHIP, required=True, choices=_RELATIONSHIPS),
                FieldSpec("individual_number", "個人番号", Kind.NUMBER, hint="項目を離れると隠れます。", max_length=14),
            ),
            "届出書に書かれたとおりに入力します。",
        ),
        FieldGroup(
            "address",
            "住所と届出",
            (
                FieldSpec(
                    "new_address", "新しい住所", Kind.ADDRESS, required=True, candidates_url=reverse("ui:candidates", args=["towns"]), present="小樽市稲穂１番"
                ),
                FieldSpec("building", "方書", Kind.ADDRESS, candidates_url=reverse("ui:candidates", args=["buildings"]), beside="new_address"),
                FieldSpec("moved_on", "住み始めた日", Kind.DATE, required=True),
                FieldSpec(
                    "filer",
                    "届出人",
                    Kind.SELECT,
                    required=True,
                    choices=(Choice("self", "本人"), Choice("head", "世帯主"), Choice("agent", "代理人")),
                    width=Width.SHORT,
                ),
                FieldSpec("documents", "本人確認書類", Kind.CHECKBOXES, required=True, choices=_IDENTITY),
                FieldSpec("wants_copy", "住民票の写しも請求する", Kind.CHECKBOX),
                FieldSpec("months", "滞在の予定", Kind.TEXT, width=Width.TINY, unit="か月", letters="digits"),
                FieldSpec("note", "連絡事項", Kind.TEXTAREA),
                FieldSpec("receipt_no", "受付番号", Kind.TEXT, width=Width.MEDIUM, read_only=True),
            ),
        ),
    )


_TYPED = {
    "name": "渡邉󠄐　花子",
    "kana": "ワタナベ　ハナコ",
    "birth_date": "S60.4.31",
    "sex": "2",
    "relationship": "妻",
    "individual_number": "123456789018",
    "new_address": "小樽市花園三丁目１番",
    "moved_on": "R8.11.1",
    "documents": ("0", "4"),
    "receipt_no": "08-0001234",
}
_PROBLEMS = (
    Problem("birth_date", "「昭和60年4月31日」は暦にない日です。届出書の生年月日を確認してください。", True),
    Problem("filer", "届出人を選択してください。", True),
    Problem("moved_on", "届出日が、住み始めた日から14日を過ぎています。理由を確認してください（第22条）。", False, "late"),
)
_COMPARED = (
    ("氏名", "渡邉　花子", "渡邉󠄐　花子", True),
    ("旧氏", "高橋", "髙橋", True),
    ("振り仮名", "ワタナベ　ハナコ", "ワタナベ　ハナコ", False),
    ("住所", "小樽市花園三丁目１番", "小樽市花園四丁目12番3号", True),
    ("住所を定めた日", JapaneseDate.parse("令和2年4月1日"), JapaneseDate.parse("令和8年11月1日"), False),
    ("方書", None, "コーポ花園　203", True),
    ("通称", "ハナ　ワタナベ", None, True),
)
_ROWS = (
    ("渡邉󠄐　花子", "ワタナベ　ハナコ", date(1985, 4, 1), "花園三丁目１番", "現", "success", "住民"),
    ("髙橋　太郎", "タカハシ　タロウ", date(1950, 12, 31), "稲穂二丁目１２番１号", "過去の氏名", "neutral", "除票"),
    ("葛󠄂城　一", "カツラギ　ハジメ", date(2019, 5, 1), "朝里川温泉一丁目３番", "現", "waiting", "仮登録中"),
    ("葛󠄀城　二", "カツラギ　フタバ", date(2021, 2, 28), "花園五丁目２番", "現", "warning", "字形未登録"),
)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Everything at once, also the frame with a visitor and a menu of several entries."""
    request.visit_banner = VisitBanner("08-0001234", "渡邉󠄐　花子（本人）", "#frame")  # type: ignore[attr-defined]
    groups = _groups()
    context = {
        "groups": groups,
        "form": BoundForm.of_groups(groups, _TYPED).with_problems(_PROBLEMS),
        "compared": _COMPARED,
        "rows": _ROWS,
        "badges": (("success", "本登録済み"), ("waiting", "審査待ち"), ("info", "記載"), ("warning", "期限切れ"), ("error", "拒否"), ("neutral", "除票")),
        "number": "123456789018",
        "count": 1000,
    }
    return render(request, "ui/gallery.html", context)


@require_POST
def keep_draft(request: HttpRequest) -> HttpResponse:
    """The gallery's form keeps nothing; it only answers as a room's own does."""
    return HttpResponse(status=204) if request.POST.get("field") else HttpResponse(status=400)


@require_safe
def error(request: HttpRequest, status: int) -> HttpResponse:
    """An error page as it is drawn."""
    texts = {text.status: text for text in (errors.BAD_REQUEST, errors.SIGNED_OFF, errors.FORBIDDEN, errors.NOT_FOUND, errors.SERVER_ERROR)}
    if status not in texts:
        raise Http404
    return errors.page(request, texts[status])
