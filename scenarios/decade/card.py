"""特例転入 — the child comes home with a card: the former city is asked for 転出証明書情報, and an answer that is none is shown to nobody. 住民基本台帳法第24条の2; S2-03, G-11."""

from __future__ import annotations

from datetime import timedelta
from typing import Any  # what is told is JSON of another's contract

from scenarios.day import outside, papers
from scenarios.day.browser import Page
from scenarios.day.forms import Field
from scenarios.decade.family import Family
from scenarios.decade.moving_notice import NEW_ADDRESS

CITY, CITY_CODE = "札幌市中央区", "011011"
GO_ON = "紙の転出証明書を見てそのまま続けられます"
SOMEBODY_ELSE = "架空　"  # the surname of whom the simulator answers with in their place (simulators/move_outs.json)
FAULTS = {
    "wrong_person": "別の人の転出証明書情報が届いたため、取り込みませんでした",
    "wrong_question": "取り込みませんでした",
    "ill_formed": "取り込みませんでした",
}  # fmt: skip


def fetched(family: Family, role: str) -> None:
    """Ask by the number of the card in the 転入 form that is open, and fill the form with the answer."""
    report, clerk = family.world.report, family.world.clerk
    outside.order(family.world.city.counterpart("other_city"), "/_known", {"certificates": [_certificate(family, role)]})
    with family.around_the_answer():
        report.says("転出証明書情報を受信する", "1人の転出証明書情報を受信しました", _ask(family, role).text)
    clerk.page = clerk.browser.press(clerk.page.form("空いている欄に反映する"), "空いている欄に反映する")
    form = clerk.page.form("仮登録")
    report.check("前住所が反映される", NEW_ADDRESS, form.value("転入前の住所"))


def spoilt(family: Family, role: str) -> None:
    """Each answer that is none: the clerk is told so, sees nothing of anybody, and may go on without it."""
    report = family.world.report
    for fault, words in FAULTS.items():
        outside.order(family.world.city.counterpart("other_city"), "/_scenario", {"faults": [{"kind": fault, "times": 1}]})
        text = _ask(family, role).root.text
        report.says(f"答えでない応答（{fault}）", words, text)
        report.says(f"それがなくても続けられる（{fault}）", GO_ON, text)
        report.silent(f"別の人を見せない（{fault}）", SOMEBODY_ELSE, text)


def _ask(family: Family, role: str) -> Page:
    clerk = family.world.clerk
    form = clerk.page.form("前住所地に照会する")
    form.fill(_typed(form.fields, family.codes[role]))
    clerk.page = clerk.browser.press(form, "前住所地に照会する")
    return clerk.page


def _typed(fields: list[Field], code: str) -> dict[str, str | list[str]]:
    """The two fields by the beginning of their labels, which go on with 「必須」."""
    words = {"カードから読み取った番号": code, "前住所地の市区町村": CITY}
    return {each.label: text for each in fields for begins, text in words.items() if each.label.startswith(begins)}


def _certificate(family: Family, role: str) -> dict[str, Any]:
    """What the former city certifies of one who left it two days ago."""
    nothing = (
        "former_surname", "former_surname_kana", "registered_domicile", "family_register_head_name", "foreign_name_alphabet", "foreign_name_katakana",
        "foreign_alias", "foreign_alias_kana", "nationality", "article_30_45_class_code", "residence_status", "residence_period", "residence_expiry_date",
        "residence_card_no",
    )  # fmt: skip
    words = family.words
    person = {
        "juminhyo_code": family.codes[role], "individual_number": words[f"{role}の個人番号"], "name_kanji": family.name(role),
        "name_kana": words[f"{role}の振り仮名"], "birth_date": words[f"{role}の生年月日"], "sex_code": {"男": "1", "女": "2"}[words[f"{role}の性別"]],
        "relationship": "世帯主", "is_foreign": False, **dict.fromkeys(nothing),
    }  # fmt: skip
    certificate = {
        "former_municipality_code": CITY_CODE, "former_address": NEW_ADDRESS, "former_address_building": None,
        "planned_move_out_date": f"{papers.today() - timedelta(days=2):%Y%m%d}", "planned_address": family.home,
    }  # fmt: skip
    return {"certificate": certificate, "people": [person]}
