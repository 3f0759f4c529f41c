"""入力項目の宣言 — what a field is, before anything is typed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """How a field is entered; the value is the name of its macro in templates/ui/controls.html."""

    TEXT = "text"
    NAME = "name"  # 氏名: drawn in the certificate's glyphs
    KANA = "kana"  # hiragana and half-width kana become katakana on leaving
    DATE = "date"  # 和暦 or 西暦 as text; the reading is shown beside it
    SELECT = "select"
    RADIO = "radio"
    CHECKBOX = "checkbox"  # one yes/no; its value is "yes"
    CHECKBOXES = "checkboxes"  # several of a list, e.g. 本人確認書類
    ADDRESS = "address"  # with candidates of 町字 from a dictionary
    RELATIONSHIP = "relationship"  # 続柄, with candidates from its choices
    NUMBER = "number"  # 個人番号 and the like: hidden on leaving
    TEXTAREA = "textarea"
    PASSWORD = "password"
    FILE = "file"  # what the browser sends of it is in request.FILES; it is chosen anew each time


class Width(Enum):
    """The width of the control: as wide as what goes in, so that the width itself is a hint."""

    TINY = "tiny"
    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"
    FULL = "full"


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Offer:
    """Under what name a text is offered to other fields, what it is called there, what stands before it."""

    name: str
    note: str
    prefix: str = ""


@dataclass(frozen=True)
class FieldSpec:
    """One field. `candidates_url` answers the candidates of an ADDRESS, whose notes (郵便番号) go `note_into` the field of that name. They hang on
    what stands in the field `beside` it, when that is named (of a 方書 its 住所).
    `letters="latin"` switches the input method off.

    `offer`: its text is among the candidates of every field of the page that `takes` offers of that name.

    A DATE is read back in 和暦; in 西暦 when it is `western`, or `western_when` the field of that name holds that value (N-1.1.9-06, -07).

    `present`: what stands in the register now, where the field says what shall stand there instead.

    `summary_label` names the field in the summary of problems, where its group is not seen (「2人目の続柄」). `copy_from` is another
    field of the form whose text a button (F4) puts here; with `copy_part="surname"` only what stands before the first space.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = False
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    width: Width = Width.LONG
    max_length: int | None = None
    unit: str = ""
    autocomplete: str = "off"
    letters: str = ""
    candidates_url: str = ""
    note_into: str = ""
    beside: str = ""
    offer: Offer | None = None
    takes: str = ""
    read_only: bool = False
    summary_label: str = ""
    present: str = ""
    copy_from: str = ""
    copy_label: str = ""
    copy_part: str = ""
    western: bool = False
    western_when: tuple[str, str] | None = None

    @property
    def takes_many(self) -> bool:
        return self.kind is Kind.CHECKBOXES

    @property
    def is_group(self) -> bool:
        """Whether the field is a fieldset of several controls rather than one control with a label."""
        return self.kind in (Kind.RADIO, Kind.CHECKBOXES)


@dataclass(frozen=True)
class FieldGroup:
    """Fields under one heading. `name` makes the anchor; `note` says what the group is for."""

    name: str
    legend: str
    fields: tuple[FieldSpec, ...]
    note: str = ""
