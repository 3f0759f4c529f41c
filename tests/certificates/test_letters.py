"""通知書の定義と文面: what a city may write in a letter, and what is refused. 標準仕様 4章; spec/domain.md §13 (文面は設定)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from daicho.certificates.definitions import NotIssuable
from daicho.certificates.letters import ALL_LETTERS, letter
from daicho.certificates.letters.letter import LetterDefinition
from daicho.certificates.letters.wording import faults_of, filled
from daicho.city.defaults import DEFAULTS
from daicho.city.kinds import LetterText
from tests.certificates.letters import HANAKO_AT_HOME, composed, sample, texts
from tests.certificates.people import CITY, ISSUED_ON

EVERY = pytest.mark.parametrize("definition", ALL_LETTERS, ids=lambda each: each.code)


def test_通知書の符号は一つずつで_その日の定義が引ける():
    assert len({(each.code, each.in_force) for each in ALL_LETTERS}) == len(ALL_LETTERS)
    for each in ALL_LETTERS:
        assert letter(each.code, ISSUED_ON) is each
    with pytest.raises(KeyError):
        letter("no_such_letter", ISSUED_ON)


@EVERY
def test_初めの文面は市の設定にあり_差し込めない項目を含まない(definition: LetterDefinition):
    for key, words in ((definition.text_key, definition.body), (definition.note_key, definition.note)):
        if key:
            assert DEFAULTS[key].value == words
            assert DEFAULTS[key].accepts(words)


@EVERY
def test_事実と差込みはどれも紙面に出る(definition: LetterDefinition):
    said = "\n".join(composed(definition).paragraphs)
    used = definition.body + definition.note
    for value in (f"〔{name}〕" for name in definition.fills if f"{{{name}}}" in used):
        assert value in said
    for fact in definition.facts:
        assert f"{fact.ja}の値" in said


def test_知らない差込みを含む文面は入力のときに拒まれ_使えるものが示される():
    """A clerk who types {届出目} must not find it on paper."""
    kind = LetterText(("届出日", "異動事由"))
    assert kind.accepts("{届出日}に{異動事由}の届出を受理しました。")
    for wrong in ("{届出目}に受理しました。", "{届出日に受理しました。", "｛届出日｝に受理しました。", "{}", "{{届出日}}"):
        assert not kind.accepts(wrong), wrong
    assert "{届出日}、{異動事由}" in kind.accepts_ja
    assert faults_of("{届出目}と{届出日}と｛", ("届出日",)) == ("{届出目}", "｛")


def test_差し込まれた文は差込みとして読み直されない():
    """A name that holds braces is a name."""
    assert filled("{氏名}様", {"氏名": "{住所}"}) == "{住所}様"


@EVERY
def test_宛名も住所も公印も整わないときは理由を全て挙げて出さない(definition: LetterDefinition):
    nobody = replace(HANAKO_AT_HOME, name="　", address="")
    unsealable = replace(CITY.certifier, seal_problems=("電子公印の画像を読めません。",))
    with pytest.raises(NotIssuable) as refusal:
        composed(definition, sample(definition, nobody), unsealable)
    keys = {each.key for each in refusal.value.objections}
    assert keys == {"addressee", "address", *(("seal",) if definition.sealed else ())}


def test_市の文面に差し込めない項目が残っていれば出さない():
    """A text that was approved for another definition of the letter."""
    definition = ALL_LETTERS[0]
    assert [each.key for each in definition.check(sample(definition), replace(texts(definition), body="{前の差込み}"))] == ["text"]


@EVERY
def test_同じ内容からは同じ文書ができ_一字違えば契印も違う(definition: LetterDefinition):
    first, again = composed(definition), composed(definition)
    assert first == again
    assert first.tally == again.tally
    other = replace(sample(definition), addressee=replace(HANAKO_AT_HOME, name="葛\U000e0102城　花代"))
    assert composed(definition, other).tally != first.tally
