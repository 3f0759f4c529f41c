"""住所の一括変更の画面 — from a new case to its 取消し, by keyboard and POST, with two officers. 標準9.7."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho import clock
from daicho.audit.models import AuditEntry
from daicho.jobs.models import Reservation
from daicho.residents.commands.renaming_work import work_all
from daicho.residents.models import Renaming, SheetCurrent
from daicho.residents.rules.problems import CATALOGUE
from tests.cast import FAMILY, SATO, TARO
from tests.residents import counter
from tests.residents.renaming import BY_FILE, JOB, TYPED
from tests.residents.screens import desks
from tests.residents.screens.desks import visible

pytestmark = pytest.mark.django_db

MANAGES = ("residents:renaming:manage",)


@pytest.fixture
def maker(made_up_city):
    return desks.officer("m.mado", MANAGES, "H01")


@pytest.fixture
def other(made_up_city):
    return desks.officer("s.shinsa", MANAGES, "E01")


@pytest.fixture
def family():
    return [w.person.public_id for w in counter.register("domestic_move_in", counter.move_in_form(FAMILY))]


def new_case(client, **texts):
    answer = client.post("/renamings/prepare/", {**TYPED, **texts})
    assert answer.status_code == 302, visible(answer)
    return answer.url


def test_作成から照合を経て本処理と取消しまで(maker, other, family):
    """N-9.7-01, -02, -07, -08; F-1-02."""
    assert "一括変更はありません" in visible(maker.get("/renamings/"))
    assert 'type="file"' in maker.get("/renamings/new/").content.decode()
    case = new_case(maker)
    page = visible(maker.get(case))
    assert "仮処理 4人" in page and "ほかの職員が照合します" not in page and "別の職員が照合します" in page and TARO.name in page
    assert "照合して本処理へ進める" not in page
    maker.post(f"{case}stage/")
    shown = other.get(case)
    assert "照合して本処理へ進める" in visible(shown)
    assert "北海道小樽市新花園2丁目12番1号" in "".join(visible(shown).split())
    seen = shown.content.decode().split('name="seen" value="')[1].split('"')[0]
    assert "まもなく本処理" in visible(other.post(f"{case}examine/", {"seen": seen}, follow=True))
    assert Reservation.objects.get().job == "renamings"
    assert "残り4人" in visible(maker.get(case))
    work_all(JOB, clock.today())
    done = visible(maker.get(case))
    assert "本処理済み 4人" in done and SheetCurrent.objects.filter(address__contains="新花園").count() == 4
    assert "理由を入力してください" in visible(maker.post(f"{case}cancel/", {"reason": " "}, follow=True))
    assert "取消しを求めました" in visible(maker.post(f"{case}cancel/", {"reason": "告示の取消し"}, follow=True))
    assert "照合して取り消す" not in visible(maker.get(case))
    assert "照合して取り消す" in visible(other.get(case))
    other.post(f"{case}keep/")
    maker.post(f"{case}cancel/", {"reason": "告示の取消し"})
    other.post(f"{case}examine-cancel/")
    work_all(JOB, clock.today())
    assert "取消し済み 4人" in visible(maker.get(case))
    assert not SheetCurrent.objects.filter(address__contains="新花園").exists()
    assert "取消し済み" in visible(maker.get("/renamings/"))


def test_処理結果の一覧は実際の結果と件数も内容も一致する(maker, other, family):
    """N-9.7-08: one household was done, the other is held by a 仮登録 and named."""
    neighbour = counter.register("domestic_move_in", counter.move_in_form([SATO], address="花園3丁目1番1号"))[0].person.public_id
    case = new_case(maker, old="花園", new="新花園")
    relocation = counter.relocation_form([neighbour], effective_on="令和8年4月9日", filed_on="令和8年4月10日", address="色内1丁目1番")
    counter.enter("relocation", relocation)
    seen = other.get(case).content.decode().split('name="seen" value="')[1].split('"')[0]
    other.post(f"{case}examine/", {"seen": seen})
    work_all(JOB, clock.today())
    page = visible(maker.get(f"{case}?print=yes"))
    assert "本処理済み 4人" in page and "除外 1人" in page and page.count("本処理済み") == 4 + 2
    left = visible(maker.get(f"{case}?state=left"))
    assert SATO.name in left and TARO.name not in left and "仮登録中の異動（届出番号" in left
    assert list(SheetCurrent.objects.filter(address__contains="新花園").values_list("person__public_id", flat=True).order_by("person")) == family


def test_取りやめは理由を求め住民票は変わらない(maker, family):
    case = new_case(maker)
    assert "理由を入力してください" in visible(maker.post(f"{case}drop/", {"reason": ""}, follow=True))
    assert "取りやめました" in visible(maker.post(f"{case}drop/", {"reason": "告示の延期"}, follow=True))
    assert "取りやめ：告示の延期" in visible(maker.get(case))


def test_CSVの誤りは行ごとに示され入力は残る(maker):
    """N-9.7-05: every line that is wrong, and what was typed stays."""
    file = SimpleUploadedFile("a.csv", "変更前住所,変更後住所\n花園1,\n,花園2\n".encode())
    answer = maker.post("/renamings/prepare/", {**BY_FILE, "file": file})
    page = visible(answer)
    assert (
        answer.status_code == 422
        and "CSVの誤り 2件" in page
        and CATALOGUE["Q028"].action.removesuffix("。") in page
        and "「変更後住所」が空欄です" in page
        and "取り込んだ行はありません" in page
    )
    assert f'value="{TYPED["title"]}"' in answer.content.decode()
    assert not Renaming.objects.exists()


def test_CSVの行に対象者がいなければその行が示される(maker, family):
    file = SimpleUploadedFile("a.csv", "変更前住所,変更後住所\n花園2丁目12番1号,花園4丁目1番\n花園9丁目1番,花園9丁目2番\n".encode("cp932"))
    case = maker.post("/renamings/prepare/", {**BY_FILE, "file": file}).url
    page = visible(maker.get(case))
    assert "対象者のいない指示 1件" in page and "北海道小樽市花園9丁目1番" in page and "仮処理 4人" in page


def test_大きすぎるファイルは取り込まずディスクにも置かない(maker, settings):
    """Nothing uploaded lies on a disk."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    file = SimpleUploadedFile("a.csv", b"x" * 2000)
    answer = maker.post("/renamings/prepare/", {**BY_FILE, "file": file})
    assert answer.status_code == 422 and "2メガバイトまで" in visible(answer)


def test_入力の誤りは項目ごとに示される(maker):
    answer = maker.post("/renamings/prepare/", {"source": "rule", "kind": "town", "old": "花園", "new": "花園"})
    page = visible(answer)
    assert answer.status_code == 422 and "件名が入力されていません" in page and "実施日が、暦にある" in page and "変更後が変更前と同じです" in page


def test_見た者はすべて操作履歴に残る(maker, family):
    """F-1-13: everybody who is shown, under the purpose; nobody in an address."""
    case = new_case(maker)
    maker.get(case)
    entry = AuditEntry.objects.filter(action="residents:renaming:manage", purpose="住所の一括変更").latest("pk")
    assert set(entry.subjects) == set(family)


def test_区域住民の六項目の一覧も期間内の異動の一覧もない(maker, family):
    """N-9.7-12, -13 (must_not): of a resident the page shows name, household and the address before and after, and no 生年月日, 本籍, 筆頭者, 世帯主."""
    case = new_case(maker)
    for page in (visible(maker.get(case)), visible(maker.get(f"{case}?print=yes"))):
        assert TARO.name in page
        assert not [word for word in ("昭和55年", "筆頭者", "本籍", "世帯主", "生年月日", "異動事由") if word in page]


def test_文の数は対象者の数によらない(maker, family):
    """style 14."""
    case = new_case(maker)
    few = queries(maker, case), queries(maker, "/renamings/")
    counter.register("domestic_move_in", counter.move_in_form([SATO], address="花園2丁目9番1号"))
    more = new_case(maker)
    assert (queries(maker, more), queries(maker, "/renamings/")) == few


def queries(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_一覧は状態ごとにも頁ごとにも見られる(maker, family):
    case = new_case(maker)
    assert "全員（4人）" in visible(maker.get(f"{case}?state=held&page=1"))
    assert TARO.name not in visible(maker.get(f"{case}?state=held"))
    assert TARO.name in visible(maker.get(f"{case}?state=nonsense&page=x"))
