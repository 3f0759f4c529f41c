"""届出の帳票 — 住民異動届 of what was typed, its receipt with the procedures, 職権記録書, 処理結果確認票 and lists on paper. 標準仕様 4.0.5, 4.1.3.1.2, 4.2.0.1, 4.5.6."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from daicho.residents.commands import filings, registering
from daicho.residents.commands.form_papers import (
    put_out_filing_form,
    put_out_head_requests,
    put_out_move_in_errors,
    put_out_receipt,
    put_out_record,
    put_out_slip,
)
from daicho.residents.commands.handing_over import Click
from daicho.residents.commands.head_letters import leave_without_head
from daicho.residents.errors import CannotDo
from daicho.residents.models import CertificateIssue, SheetCurrent
from tests.cast import CLERK, EXAMINER, HANAKO, ICHIRO, SATO, TARO, Role
from tests.paper import tools
from tests.residents import counter
from tests.residents.counter import enter, move_in_form, register, relocation_form
from tests.residents.foreigners import commissioner, moved_in
from tests.residents.foreigners import receive as receive_commissioner

pytestmark = [pytest.mark.django_db, pytest.mark.font]


def click() -> Click:
    return Click(uuid4(), "試験")


def said(pile, folder: Path) -> str:
    return re.sub(r"\s", "", tools.text_of(pile.pdf, folder, "-raw"))


def family(*roles, **texts: str) -> list[UUID]:
    return [w.person.public_id for w in register("domestic_move_in", move_in_form(roles or (TARO, HANAKO, ICHIRO), **texts))]


def test_住民異動届は入力したとおりに出て番号は印字しない(tmp_path):
    """書かない窓口: newcomers whom the register does not know; the paper is on record all the same."""
    filing = enter("domestic_move_in", move_in_form([TARO, HANAKO]))
    pile = put_out_filing_form(CLERK, filing, click())
    paper = said(pile, tmp_path)
    for expected in (
        "届出の種類転入",
        "異動日令和8年4月1日",
        "届出日令和8年4月3日",
        "花園2丁目12番1号",
        "花園花子",
        "ハナゾノハナコ",
        "署名",
        "上の内容のとおり届け出ます",
        "続柄妻",
    ):
        assert expected in paper, expected
    assert paper.count("（記入あり）") == 4
    assert TARO.juminhyo_code not in paper and TARO.individual_number not in paper
    assert (pile.person, CertificateIssue.objects.get().kind) == (None, "filing_form")


def test_転居の住民異動届にはいまの住所と世帯主が並ぶ(tmp_path):
    taro, hanako, ichiro = family()
    filing = enter("relocation", relocation_form([taro, hanako, ichiro], effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    paper = said(put_out_filing_form(EXAMINER, filing, click()), tmp_path)
    assert paper.count("いまの住所北海道小樽市花園2丁目12番1号") == 3
    assert "新しい住所色内1丁目3番5号" in paper and "いまの世帯主花園太郎" in paper


def test_控えにはこの世帯に要る手続と窓口が並び_本登録の前には出ない(tmp_path):
    """domain §4.0: the list of the city; N-1.3.8-01: on record of everybody of the filing."""
    filing = enter("domestic_move_in", move_in_form([TARO, HANAKO, ICHIRO]))
    with pytest.raises(CannotDo, match="まだ本登録"):
        put_out_receipt(CLERK, filing, click())
    filings.examine(EXAMINER, filing)
    registering.register(EXAMINER, filing)
    paper = said(put_out_receipt(CLERK, filing, click()), tmp_path)
    assert "小学校・中学校の転入学" not in paper  # 一郎 is sixteen
    for expected in ("届出の種類転入", "受理した日令和8年4月10日", "国民健康保険の加入", "保険年金課", "児童手当の認定請求こども福祉課花園一郎", "花園花子"):
        assert expected in paper, expected
    assert "花園2丁目" not in paper.split("届出の控えと手続のご案内")[1].split("※")[0].replace("花園２丁目", "")
    issue = CertificateIssue.objects.get()
    assert (issue.kind, issue.subjects.count(), issue.visit is not None) == ("filing_receipt", 3, True)


def test_職権消除の職権記録書には消除した事項と理由が載る(tmp_path):
    """N-4.2.0.1-02."""
    taro, *_ = family()
    register("death", counter.death_form(taro))
    history_no = SheetCurrent.objects.get(person__public_id=taro).history_no
    paper = said(put_out_record(EXAMINER, taro, history_no, click()), tmp_path)
    for expected in (
        "職権記録書",
        "異動事由死亡",
        "記載等の別消除",
        "届出・職権等の別職権",
        "異動日令和8年4月8日",
        "消除日令和8年4月8日",
        f"入力者{CLERK.name}".replace("　", ""),
        "花園太郎",
    ):
        assert expected in paper, expected
    with pytest.raises(CannotDo, match="届出や請求による異動"):
        put_out_record(EXAMINER, taro, 1, click())


def test_番号を職権で直した職権記録書には番号の変わったことだけが載る(tmp_path):
    """N-4.2.0.1-02; F-1-13: that it changed is on the record, the number itself is not."""
    taro, *_ = family()
    register("individual_number_correction", counter.correction_form(taro, "individual_number", SATO.individual_number))
    paper = said(put_out_record(EXAMINER, taro, 2, click()), tmp_path)
    assert "個人番号●●●●●●（記録あり）新しい番号（記録あり）" in paper and "記載事項の変更はありません" not in paper
    assert TARO.individual_number not in paper and SATO.individual_number not in paper


def test_処理結果確認票には変更前と変更後の値が両方載る(tmp_path):
    """N-4.5.6-05: 在留期間; the number of a card is only said to be there."""
    person = moved_in()
    notice = receive_commissioner(commissioner())
    pile = put_out_slip(CLERK, notice.public_id, click())
    paper = said(pile, tmp_path)
    assert "処理結果確認票" in paper and "在留期間等年月日3年5年" in paper and "2028年4月30日2033年4月30日" in paper
    assert "AB12345678CD" not in paper and "CD87654321EF" not in paper and pile.person == person


def test_取り込めなかった転入通知だけがエラー一覧表に載る(tmp_path):
    """N-4.1.3.1.2-05: two errors, and nobody is named."""
    taro, *_ = family()
    register("move_out", counter.move_out_form([taro], on="令和8年4月5日"))
    fits = counter.receive(counter.move_in_received(TARO, date(2026, 4, 5)))
    strangers = [
        counter.receive(counter.move_in_received(role, date(2026, 4, 6), request_control_no=f"012041000000000000{role.index:04}"))
        for role in (Role(91, "見知　一", "ミチ　イチ", "昭和60年1月1日", "1", "世帯主"), Role(92, "見知　二", "ミチ　ニ", "昭和61年1月1日", "1", "世帯主"))
    ]
    assert fits.state == "accepted" and {one.state for one in strangers} == {"waiting"}
    pile = put_out_move_in_errors(CLERK, click())
    paper = said(pile, tmp_path)
    assert "転入通知情報取込エラー一覧表" in paper and "件数2件" in paper and paper.count("旭川市") == 2
    assert all(one.control_no in paper for one in strangers) and fits.control_no not in paper and "見知" not in paper


def test_対象者リストには定めないと選んだ世帯だけが載る(tmp_path):
    """N-4.0.5-04: two of three."""
    homes = []
    for index, street in enumerate(("色内1丁目1番", "色内1丁目2番", "色内1丁目3番")):
        roles = [Role(20 + 10 * index + i, f"乙{index}　{i}", "オツ", "昭和60年1月1日", "1", word) for i, word in enumerate(["世帯主", "子", "子"])]
        head, second, _ = family(*roles, address=street)
        register("death", counter.death_form(head))
        homes.append(second)
    for second in homes[:2]:
        leave_without_head(CLERK, second)
    paper = said(put_out_head_requests(CLERK, click()), tmp_path)
    assert "世帯の数2世帯" in paper and "乙01" in paper and "乙11" in paper and "乙21" not in paper
    assert paper.count("死亡（令和8年4月8日）") == 2
