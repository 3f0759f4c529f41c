"""架空の氏名 — made-up names with readings, by weight of surname and by the fashion of the birth year. No real person.

Surnames and given names: PyPI japanese-personal-name-dataset (MIT). Foreign names are put together from common parts.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from random import Random

IVS_SURNAMES = (
    ("葛󠄂西", "カサイ"), ("渡邉󠄏", "ワタナベ"), ("渡邉󠄐", "ワタナベ"), ("渡邊󠄈", "ワタナベ"), ("辻󠄂", "ツジ"), ("齋󠄃藤", "サイトウ"), ("斎󠄂藤", "サイトウ"),
    ("榊󠄂原", "サカキバラ"), ("芦󠄂田", "アシダ"), ("葛󠄃城", "カツラギ"), ("𠮷田", "ヨシダ"), ("髙橋", "タカハシ"), ("山﨑", "ヤマザキ"), ("𣘺本", "ハシモト"), ("桒原", "クワバラ"),
)  # fmt: skip
"""Surnames with variation sequences and 外字 of the certificate's font (Moji_Joho); a test asks the font."""


@dataclass(frozen=True)
class Name:
    """A name as it stands on a sheet, and its kana."""

    kanji: str
    kana: str


@dataclass(frozen=True)
class _Table:
    values: tuple[tuple[str, str], ...]
    weights: tuple[float, ...]  # added up

    def draw(self, rng: Random) -> tuple[str, str]:
        return rng.choices(self.values, cum_weights=self.weights)[0]


def _folder() -> Path:
    spec = find_spec("japanese_personal_name_dataset")
    if spec is None or spec.origin is None:
        raise RuntimeError("the package japanese-personal-name-dataset is not installed: no made-up names")
    return Path(spec.origin).parent / "dataset"


_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}


def _katakana(hiragana: str) -> str:
    return hiragana.translate(_KATAKANA)


def _table(values: list[tuple[str, str]], weights: list[float]) -> _Table:
    return _Table(tuple(values), tuple(accumulate(weights)))


@cache
def _surnames() -> _Table:
    with (_folder() / "last_name_org.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row[0], _katakana(row[2].split("/")[0]), int(row[1])) for row in csv.reader(file) if len(row) > 2 and row[1].isdigit() and row[2]]
    return _table([(kanji, kana) for kanji, kana, _ in rows], [count for *_, count in rows])


_OLD_ENDINGS = {"1": ("お", "じ", "いち", "ろう", "し", "ぞう", "よし"), "2": ("こ", "え", "よ", "み")}


@cache
def _given(sex: str, old: bool) -> _Table:
    """`old` favours the endings of before 1965, young the others."""
    name = "first_name_man_opti.csv" if sex == "1" else "first_name_woman_opti.csv"
    values, weights = [], []
    with (_folder() / name).open(encoding="utf-8", newline="") as file:
        for kana, _, *written in csv.reader(file):
            favoured = kana.endswith(_OLD_ENDINGS[sex]) == old
            for kanji in written:
                if len(kanji) <= 3:
                    values.append((kanji, _katakana(kana)))
                    weights.append((5.0 if favoured else 0.4) / len(written) ** 0.5)
    return _table(values, weights)


def surname(rng: Random) -> Name:
    """A surname; one in 120 is written with a variation sequence or a 外字."""
    kanji, kana = rng.choice(IVS_SURNAMES) if rng.random() < 1 / 120 else _surnames().draw(rng)
    return Name(kanji, kana)


def full_name(rng: Random, family: Name, sex: str, birth_year: int) -> Name:
    """氏　名 of someone of that family."""
    kanji, kana = _given(sex, birth_year < 1965).draw(rng)
    return Name(f"{family.kanji}\u3000{kanji}", f"{family.kana}\u3000{kana}")


@dataclass(frozen=True)
class ForeignName:
    """ローマ字氏名, where known 漢字氏名, カタカナ表記, and a 通称 if one is used."""

    nationality: str
    alphabet: str
    katakana: str
    kanji: str | None = None
    alias: Name | None = None


_FOREIGN = {
    "VNM": (("NGUYEN", "グエン"), ("TRAN", "チャン"), ("LE", "レ"), ("PHAM", "ファム")),
    "CHN": (("WANG", "ワン", "王"), ("LI", "リ", "李"), ("ZHANG", "ジャン", "張"), ("CHEN", "チェン", "陳"), ("LIU", "リュウ", "劉")),
    "KOR": (("KIM", "キム", "金"), ("LEE", "イ", "李"), ("PARK", "パク", "朴"), ("CHOI", "チェ", "崔")),
    "PHL": (("SANTOS", "サントス"), ("REYES", "レイエス"), ("CRUZ", "クルス")),
    "NPL": (("SHRESTHA", "シュレスタ"), ("TAMANG", "タマン"), ("GURUNG", "グルン")),
    "MMR": (("AUNG", "アウン"), ("THANT", "タント"), ("WIN", "ウィン")),
    "USA": (("SMITH", "スミス"), ("O'BRIEN", "オブライエン"), ("GARCÍA", "ガルシア")),
    "RUS": (("IVANOVA", "イワノワ"), ("PETROV", "ペトロフ")),
}  # fmt: skip
_GIVEN = {
    "VNM": (("VAN AN", "ヴァン　アン"), ("THI HOA", "ティ　ホア"), ("MINH", "ミン"), ("THI LAN", "ティ　ラン")),
    "CHN": (("WEI", "ウェイ", "偉"), ("YULIN", "ユーリン", "玉琳"), ("FANG", "ファン", "芳"), ("MING", "ミン", "明")),
    "KOR": (("MINJUN", "ミンジュン", "民俊"), ("YEONGHUI", "ヨンヒ", "英姫"), ("SUJIN", "スジン", "秀珍")),
    "PHL": (("MARIA CLARA", "マリア　クララ"), ("JOSE", "ホセ"), ("ANGEL", "エンジェル")),
    "NPL": (("SITA", "シタ"), ("BIKASH", "ビカス"), ("PRAKASH", "プラカシュ")),
    "MMR": (("KYAW", "チョー"), ("THIDA", "ティダ"), ("ZAW", "ゾー")),
    "USA": (("JOHN", "ジョン"), ("EMILY", "エミリー"), ("ANDRÉ", "アンドレ")),
    "RUS": (("ANNA", "アンナ"), ("SERGEI", "セルゲイ")),
}  # fmt: skip
_NATIONALITY_WEIGHTS = {"VNM": 30, "CHN": 24, "KOR": 14, "PHL": 10, "NPL": 8, "MMR": 7, "USA": 4, "RUS": 3}


def foreign_name(rng: Random) -> ForeignName:
    """A foreign resident's names; most Koreans and some Chinese use a 通称."""
    nationality = rng.choices(list(_NATIONALITY_WEIGHTS), list(_NATIONALITY_WEIGHTS.values()))[0]
    family, given = rng.choice(_FOREIGN[nationality]), rng.choice(_GIVEN[nationality])
    kanji = f"{family[2]}\u3000{given[2]}" if len(family) > 2 and len(given) > 2 else None
    alias = full_name(rng, surname(rng), rng.choice("12"), 1975) if kanji and rng.random() < (0.7 if nationality == "KOR" else 0.1) else None
    return ForeignName(nationality, f"{family[0]} {given[0]}", f"{family[1]}\u3000{given[1]}", kanji, alias)
