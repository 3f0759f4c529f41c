"""入力画面 — made from declarations: nothing typed is lost, nothing undeclared gets in, every error leads to its field. F-1-04."""

import pytest
from django.http import QueryDict

from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, clean

NAME = FieldSpec("name", "氏名", Kind.NAME, required=True, hint="氏と名の間に空白を入れます。")
KANA = FieldSpec("kana", "振り仮名", Kind.KANA, required=True)
BORN = FieldSpec("born", "生年月日", Kind.DATE)
SEX = FieldSpec("sex", "性別", Kind.RADIO, required=True, choices=(Choice("1", "男"), Choice("2", "女")))
SHOWN = FieldSpec("shown", "本人確認書類", Kind.CHECKBOXES, choices=(Choice("a", "旅券"), Choice("b", "免許証"), Choice("c", "その他")))
SPECS = (NAME, KANA, BORN, SEX, SHOWN)


def form(**data):
    return BoundForm(SPECS, data)


@pytest.mark.parametrize(
    ("kind", "typed", "read"),
    [
        (Kind.KANA, "わたなべ はなこ", "ワタナベ　ハナコ"),
        (Kind.KANA, "ﾜﾀﾅﾍﾞ  ﾊﾅｺ", "ワタナベ　ハナコ"),
        (Kind.KANA, " ヴァレリー　", "ヴァレリー"),
        (Kind.NUMBER, "１２３４ 5678-9018", "123456789018"),
        (Kind.TEXT, "　小樽　", "小樽"),
        (Kind.NAME, "渡邉󠄂　花子", "渡邉󠄂　花子"),
        (Kind.NAME, "ﾊﾅ　髙", "ﾊﾅ　髙"),
        (Kind.PASSWORD, " two spaces ", " two spaces "),
    ],
)
def test_入力は決まった形で読まれ氏名は打たれたままに残る(kind, typed, read):
    """Names are stored as given: no folding (design §7)."""
    assert clean(FieldSpec("x", "x", kind), typed) == read


def test_必須の項目が空なら項目の順に全部知らせる():
    bound = form(name=" 　", sex="").with_missing()
    assert [(one.field_id, one.message) for one in bound.errors] == [
        ("id-name", "氏名を入力してください。"), ("id-kana", "振り仮名を入力してください。"), ("id-sex-0", "性別を選択してください。"),
    ]  # fmt: skip
    assert bound.has_errors
    assert not form(name="a", kana="b", sex="1").with_missing().has_errors


def test_長すぎる入力は今の文字数とともに知らせる():
    """F-1-04: maxlength is only the browser's; a program sends what it likes."""
    note = (FieldSpec("note", "理由", required=True, max_length=5),)
    assert [one.message for one in BoundForm(note, {"note": "六文字の理由"}).with_missing().errors] == ["理由は5文字以内で入力してください（今は6文字です）。"]
    assert not BoundForm(note, {"note": " 五文字理由 "}).with_missing().has_errors


def test_誤りがあっても打ったものは残る():
    bound = form(name="渡邉󠄂　花子", shown=("a", "c")).with_missing().with_problems([Problem("name", "字形がありません。")])
    assert bound["name"].value == "渡邉󠄂　花子"
    assert [chosen for *_, chosen in bound["shown"].options()] == [True, False, True]
    assert [one.message for one in bound["name"].errors] == ["字形がありません。"]
    assert bound.without_value("name")["name"].value == ""


def test_宣言にない項目は読まれず名前が挙がる():
    """F-1-04: the form offers only the event's fields."""
    sent = QueryDict("p-name=A&p-individual_number=1&csrfmiddlewaretoken=x&override-late=y&q-name=Z")
    bound = BoundForm(SPECS, sent, prefix="p-")
    assert "individual_number" not in bound.cleaned()
    assert bound.unknown_names() == ("p-individual_number",)
    assert bound.value("name") == "A"


def test_説明と誤りは読み上げの順に項目に結ばれる():
    bound = form(born="S60.4.31").with_problems([Problem("born", "暦にない日です。"), Problem("born", "確認してください。", False)])
    assert bound["born"].described_by == "id-born-echo id-born-error id-born-alert"
    assert bound["name"].described_by == "id-name-hint"


def test_警告は理由を添えて越えられ誤りは越えられない():
    late, blocked = Problem("born", "14日を過ぎています。", False, "late"), Problem("name", "空です。", True, "empty")
    data = {"override-late": " 入院していたため ", "override-empty": "いいえ"}
    bound = BoundForm(SPECS, data).with_problems([late, blocked])
    assert bound.overrides() == {"late": "入院していたため"}
    assert [(alert.input_name, alert.reason) for alert in bound.alerts] == [("override-late", "入院していたため")]
    assert bound.has_errors


def test_ほかの部屋の問題もそのまま受ける():
    class Elsewhere:
        field, message, blocks = "sex", "選んでください。", False

    assert form().with_problems([Elsewhere()]).alerts[0].code == "sex"


def test_繰り返す人の項目は前置きで分かれる():
    sent = {"m0-name": "A", "m1-name": "B"}
    assert [BoundForm(SPECS, sent, prefix=f"m{place}-").value("name") for place in (0, 1)] == ["A", "B"]
    assert BoundForm(SPECS, sent, prefix="m1-").with_missing()["kana"].id == "id-m1-kana"


def test_日付は読み返しとともに出る():
    assert form(born="S60.4.1")["born"].echo == "昭和60年4月1日（月）"
    assert form(born="あした")["born"].echo_is_ok is False
    assert form(born="")["born"].echo == ""
