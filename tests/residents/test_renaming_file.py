"""一括変更の指示 — a CSV or a form: what of it is read, and how everything that is wrong is named. 標準9.7 (N-9.7-05, -06)."""

from __future__ import annotations

import pytest

from daicho.residents.commands import renaming
from daicho.residents.errors import HasProblems
from daicho.residents.models import Renaming, SheetVersion
from daicho.residents.queries.renamings import get_renaming
from tests.cast import CLERK, FAMILY, SATO
from tests.residents.renaming import HANAZONO, TYPED, moved_in, prepared, prepared_by_file, sheet, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    return moved_in(*FAMILY)


@pytest.fixture
def neighbour():
    return moved_in(SATO, address="花園3丁目1番1号")[0]


def test_世帯番号と変更前後のCSVで世帯の住所が変わる(family, neighbour):
    """N-9.7-05: the households of the file, and no other; a line that met nobody is named."""
    number = sheet(family[0]).household_no
    text = f"世帯番号,変更前住所,変更後住所,変更後郵便番号\n{number},花園2丁目12番1号,花園4丁目9番,0470024\n999999999999999,花園3丁目1番1号,花園5丁目1番,\n"
    row = prepared_by_file(text, kind="residence_indication")
    assert [stored["no"] for stored in get_renaming(CLERK, row.public_id).unmet] == [3]
    worked(row)
    assert {(sheet(p).address, sheet(p).address_postal_code) for p in family} == {("北海道小樽市花園4丁目9番", "0470024")}
    assert sheet(neighbour).address == "北海道小樽市花園3丁目1番1号"


def test_宛名番号と変更前後のCSVで本籍だけが変わる(family):
    """N-9.7-06: of that person and of nobody else of the household."""
    person = sheet(family[1])
    old = person.registered_domicile
    text = f"宛名番号,変更前本籍,変更後本籍\n{person.person.atena_no},{old},北海道札幌市中央区南一条西一丁目1番地の2\n"
    worked(prepared_by_file(text, kind="domicile"))
    assert sheet(family[1]).registered_domicile == "北海道札幌市中央区南一条西一丁目1番地の2"
    assert {sheet(p).registered_domicile for p in (family[0], family[2])} == {old}
    assert set(SheetVersion.objects.filter(person__public_id=family[1]).latest("pk").asserts) == {"registered_domicile"}


def test_世帯の一部だけの住所の変更は世帯の規則により除外される(family):
    """法6条; H004: a household has one address."""
    text = f"宛名番号,変更前住所,変更後住所\n{sheet(family[0]).person.atena_no},花園2丁目12番1号,花園4丁目9番\n"
    row = prepared_by_file(text)
    worked(row)
    [line] = row.lines.all()
    assert line.state == "left" and "世帯員の住所が同じではありません" in line.why
    assert {sheet(p).address for p in family} == {HANAZONO}


def test_二つの行に当たる者は除外され行が示される(family):
    person = sheet(family[0])
    text = f"世帯番号,宛名番号,変更前住所,変更後住所\n{person.household_no},,花園2丁目12番1号,花園4丁目9番\n,{person.person.atena_no},花園2丁目12番1号,花園4丁目8番\n"
    row = prepared_by_file(text)
    [line] = row.lines.filter(state="left")
    assert "2つの行（" in line.why and "2行目" in line.why and "3行目" in line.why


def test_CSVの誤りは行ごとにすべて示され何も作られない():
    """N-9.7-05: validated line by line; nothing is lost and nothing half done."""
    text = (
        "世帯番号,宛名番号,変更前住所,変更後住所,変更後郵便番号\n1,2,花園1,花園2,\n,,,花園2,\n,,花園1,花園2\n１,,花園3,花園4,\n,,花園5,花園6,123\n,,花園7,花園7,\n,,花園8,花園9,\n"
        ",,花園8,花園10,\n"
    )
    with pytest.raises(HasProblems) as raised:
        prepared_by_file(text)
    assert [(p.member, p.code) for p in raised.value.problems] == [
        (2, "Q025"), (3, "Q024"), (4, "Q023"), (5, "Q026"), (6, "Q014"), (7, "Q013"), (9, "Q027"),
    ]  # fmt: skip
    assert not Renaming.objects.exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("変更前住所\n花園1\n", "Q022"),
        ("変更前住所,変更後住所,氏名\n花園1,花園2,花子\n", "Q033"),
        ("変更前住所,変更後住所,変更後住所\n花園1,花園2,花園3\n", "Q034"),
        ("変更前住所,変更後住所,変更前方書\n花園1,花園2,A\n", "Q035"),
        ("変更前住所,変更後住所\n", "Q021"),
        ('変更前住所,変更後住所\n"花園1,花園2', "Q020"),
        ("", "Q017"),
        ("変更前住所,変更後住所\n花園1\x00,花園2\n", "Q018"),
    ],
)
def test_読めないCSVは理由を示して断る(content, code):
    with pytest.raises(HasProblems) as raised:
        prepared_by_file(content)
    assert code in {p.code for p in raised.value.problems}


def test_シフトJISのCSVも読める(family):
    """What spreadsheets in Japan save."""
    text = "変更前住所,変更後住所\r\n花園2丁目12番1号,花園4丁目9番\r\n"
    row = renaming.prepare(CLERK, {"title": "町名", "kind": "lot", "effective_on": "R8.4.9", "ground": "告示", "source": "file"}, text.encode("cp932"))
    assert row.lines.count() == 4


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ({"title": "", "ground": ""}, {("Q015", "title"), ("Q015", "ground")}),
        ({"kind": ""}, {("Q015", "kind")}),
        ({"effective_on": "令和8年2月30日"}, {("Q016", "effective_on")}),
        ({"old": "", "first_lot": "x"}, {("Q010", "old"), ("Q031", "first_lot")}),
        ({"first_lot": "9", "last_lot": "8"}, {("Q012", "last_lot")}),
        ({"old_building": "青空荘"}, {("Q011", "new_building")}),
        ({"kind": "building", "new": ""}, {("Q029", "old_building"), ("Q013", "new")}),
        ({"kind": "domicile", "postal_code": "0470024"}, {("Q030", "old_building")}),
        ({"postal_code": "047"}, {("Q014", "postal_code")}),
    ],
)
def test_入力の誤りはすべて示される(texts, found):
    with pytest.raises(HasProblems) as raised:
        prepared(**texts)
    assert {(p.code, p.field) for p in raised.value.problems} == found


def test_規則とCSVの両方は断る():
    """Nothing that was typed is passed over in silence."""
    with pytest.raises(HasProblems) as raised:
        prepared_by_file("変更前住所,変更後住所\n花園1,花園2\n", old="花園")
    assert [(p.code, p.field) for p in raised.value.problems] == [("Q019", "old")]
    with pytest.raises(HasProblems) as raised:
        renaming.prepare(CLERK, TYPED, "変更前住所,変更後住所\n花園1,花園2\n".encode())
    assert [(p.code, p.field) for p in raised.value.problems] == [("Q032", "file")]
