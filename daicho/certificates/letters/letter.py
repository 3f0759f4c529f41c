"""通知書の定義 — a letter or form that the city sends or hands out, as data: its words (which a city edits), facts, table, seal. 標準仕様 4章.

The way is that of the certificates: a room's query makes a `Letter` of what it read, `definition.check()` names what forbids it,
`definition.compose()` gives a `Document`, the press a PDF. Pure: equal data give an equal document, byte for byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from daicho.certificates.city_texts import Certifier, IssueNumber
from daicho.certificates.definitions import NotIssuable, Objection
from daicho.certificates.document import Document, Leaf
from daicho.certificates.letters.layout import Column, Sheet, Table, contact_block, corner_block, sender_block, story_of, window_block
from daicho.certificates.letters.wording import faults_of, filled
from daicho.values.dates import wareki

__all__ = ["Addressee", "Column", "Contact", "Fact", "Letter", "LetterDefinition", "LetterTexts", "Table"]


@dataclass(frozen=True)
class Fact:
    """One line of 記: `key` names it in `Letter.facts`."""

    key: str
    ja: str


@dataclass(frozen=True)
class Addressee:
    """To whom it goes. `name` as it shall be read, without 様; `office`: an office or company, which is called 御中."""

    name: str
    address: str
    building: str = ""
    postal_code: str = ""  # seven digits, or ""
    office: bool = False


@dataclass(frozen=True)
class Letter:
    """What one letter says. `fills`: by name, what its text has in braces; `facts`: by key; `lines`: of the table, as many texts as columns."""

    addressee: Addressee
    fills: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Contact:
    """Whom to ask: the desk, where it is, its telephone."""

    desk: str
    address: str
    telephone: str

    @property
    def one_line(self) -> str:
        return "　".join(part for part in (self.desk, self.address, f"電話 {self.telephone}" if self.telephone else "") if part)


@dataclass(frozen=True)
class LetterTexts:
    """The city's part of a letter on the day it bears. `body`, `note`: the definition's texts as the city has them, names in braces.

    `document_no`: 文書番号, "" for a letter without. `blank`: what stands where a fact has no value.
    """

    municipality_name: str
    certifier: Certifier
    contact: Contact
    body: str
    note: str = ""
    document_no: str = ""
    blank: str = "－"


@dataclass(frozen=True)
class LetterDefinition:
    """One letter under one state of the law: `in_force` from the first day to the last (None = still).

    `text_key`: the city's dated setting of `body`, and `note_key` of `note` (注意書 below; "" = it has none). `fills`: the names that these texts
    may have in braces. `facts`, `table`: what stands under 記. `sealed`: it bears the seal that the city chose for it; else, or where the city
    chose none, （公印省略）. `numbered`: it bears a 文書番号.
    `sender_is_city`: it is signed by the certifier; False = only the office stands on it (lists, receipts). `addressee_ja`: to whom, in words.
    """

    code: str
    ja: str
    title: str
    article: str
    in_force: tuple[date, date | None]
    text_key: str
    body: str
    addressee_ja: str
    fills: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    table: Table | None = None
    note_key: str = ""
    note: str = ""
    sealed: bool = True
    numbered: bool = True

    def is_in_force(self, day: date) -> bool:
        first, last = self.in_force
        return first <= day and (last is None or day <= last)

    def check(self, letter: Letter, texts: LetterTexts) -> tuple[Objection, ...]:
        """All objections against putting it out, or none."""
        return tuple(self._objections(letter, texts))

    def _objections(self, letter: Letter, texts: LetterTexts) -> Iterator[Objection]:
        if not letter.addressee.name.strip():
            yield Objection("addressee", f"「{self.ja}」の宛名となる人の氏名が空欄のため、出力できません。宛先を確認してください。")
        if not letter.addressee.address.strip():
            yield Objection("address", f"「{self.ja}」の宛先の住所が空欄のため、出力できません。宛先を確認してください。")
        if self.sealed:
            yield from (Objection("seal", problem) for problem in texts.certifier.seal_problems)
        for text in (texts.body, texts.note):
            if faults := faults_of(text, self.fills):
                yield Objection("text", f"「{self.ja}」の文に、差し込めない項目があります（{'、'.join(faults)}）。市の設定で文を直してください。")

    def compose(self, letter: Letter, texts: LetterTexts, number: IssueNumber, on: date) -> Document:
        """The document that bears this day. Raises NotIssuable with all objections; KeyError when a fact or fill of the definition is not given."""
        if found := self.check(letter, texts):
            raise NotIssuable(found)
        fills = {name: letter.fills[name] for name in self.fills}
        sheet = Sheet(
            body=filled(texts.body, fills),
            facts=tuple((fact.key, fact.ja, letter.facts[fact.key] or texts.blank) for fact in self.facts),
            table=self.table,
            lines=letter.lines,
            note=filled(texts.note, fills),
        )
        to = letter.addressee
        seal_svg = texts.certifier.seal_svg if self.sealed else ""
        blocks = (
            window_block(to.postal_code, to.address, to.building, f"{to.name}　{'御中' if to.office else '様'}"),
            corner_block(texts.document_no, wareki(on)),
            sender_block(f"{texts.certifier.title}　{texts.certifier.name}"),
            contact_block(texts.contact.one_line),
        )
        outside = {
            "title": self.title,
            "document_title": self.ja,
            "unsealed": "" if seal_svg else "（公印省略）",
            "contact_label": "お問い合わせ先",
            "continued": f"{self.title}（続き）",
        }
        return Document(
            code=self.code,
            definition_digest=self.digest,
            template="letter.typ",
            dated=on,
            leaves=(Leaf(blocks, story=story_of(sheet)),),
            page_mark=number.page_mark,
            plain=tuple((_OUTSIDE_JA[key], text) for key, text in outside.items() if text),
            furniture={**outside, "seal": seal_svg, "seal_mm": texts.certifier.seal_mm if seal_svg else 0.0},
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of what the definition says. The words of the day are not in it: the paper's stamp has them."""
        said = (self.code, self.ja, self.title, self.article, self.in_force, self.fills, self.facts, self.table, self.sealed, self.numbered)
        return hashlib.sha256(repr(said).encode()).hexdigest()


_OUTSIDE_JA = {"title": "標題", "document_title": "文書名", "unsealed": "公印の表示", "contact_label": "問い合わせ先の見出し", "continued": "続きの標題"}
