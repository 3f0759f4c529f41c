"""CSVの届書への取込み — the lines of a paper's CSV as texts of a form's fields, for the people they are about. 標準仕様10.8 (N-10.8-01, -02, -04).

What can be read is taken; each cell that cannot be is named by its row and heading, and each heading that the form has no field for. Nothing is judged here
that the form itself judges.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from daicho.residents.rules import csv_papers
from daicho.residents.rules.birth import birth_text
from daicho.residents.rules.csv_papers import BIRTH, FILING_FORM, KIND_OF_FILING, NAME, NOW, Paper, Whose
from daicho.residents.rules.csv_reading import NO_FILE, Line, Table, UnreadableFile, heading_key, read_table, yes_or_no
from daicho.residents.rules.definitions import EventDefinition, Field, FieldKind
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.filing import CLEARED
from daicho.residents.rules.filling import DraftPerson, Texts, Told, places
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.reading import read_field
from daicho.residents.rules.vocabulary import NO, YES
from daicho.values.dates import BadDate, JapaneseDate
from daicho.values.search_key import SearchKind, search_key

_NOTHING = frozenset({"空欄", "省略", "以下余白"})
"""What a paper of a city prints, in brackets, where nothing stands."""
_NAMES = ("name_kanji", "foreign_name_alphabet", "foreign_name_kanji", "foreign_name_katakana", "foreign_alias")


@dataclass(frozen=True)
class Taken:
    """What a file says of a form. `at`: the place in the form of each person; `untaken`: headings that this form has no field for."""

    paper: Paper
    told: Told
    at: tuple[int, ...]
    untaken: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """The form that is filled: its people as typed, with the sheet of each whom the register knows; the city's name; how many people it can have."""

    definition: EventDefinition
    members: Sequence[DraftPerson]
    known: Mapping[str, SheetEntries]
    city: str
    most: int


def take(content: bytes | None, code: str, form: Form) -> Taken:
    """UnreadableFile, with every reason, where nothing can be taken: no file, no CSV, of another paper, of another 異動, of too many people."""
    papers = csv_papers.papers_of(form.definition)
    paper = next((each for each in papers if each.code == code), None)
    if paper is None:
        raise UnreadableFile("書式を選んでください。")
    if content is None:
        raise UnreadableFile(NO_FILE)
    table = read_table(content)
    csv_papers.must_be(paper, table.headings, (*papers, *csv_papers.every_paper()))
    _must_be_of(form.definition, table)
    reader = _Reader(form, paper, table)
    told = [reader.texts(line) for line in table.lines]
    at, lines = _found(form, told) if form.definition.newcomers else _known(form, paper, table, told, reader.problems)
    people = tuple(told[line] for line in lines)
    return Taken(paper, Told(reader.own, people), at, tuple(reader.untaken), tuple(reader.problems))


def _must_be_of(definition: EventDefinition, table: Table) -> None:
    for line in table.lines:
        kind = line.cells.get(KIND_OF_FILING, "")
        if kind and _folded(kind).removesuffix("届") != _folded(definition.ja):
            raise UnreadableFile(
                f"{line.no}行目：「{kind}」の住民異動届です。この届出は「{definition.ja}」です。ファイルを選び直すか、その届出を始めてください。"
            )


class _Reader:
    """Reads line after line, and keeps what is wrong. `own`: what the filing's own part is told."""

    def __init__(self, form: Form, paper: Paper, table: Table) -> None:
        self._form, self._paper, self._table = form, paper, table
        self._own_fields, self._member_fields = form.definition.all_fields(), form.definition.all_member_fields()
        self._from: dict[str, int] = {}
        self.own: dict[str, str] = {}
        self.problems: list[str] = [
            f"「{ja}」という項目は、{paper.ja}にありません。取り込んでいません。" for key, ja in table.headings.items() if key not in paper.reads
        ]
        self.untaken: dict[str, None] = {}

    def texts(self, line: Line) -> Texts:
        """What the line says of its person."""
        found: dict[str, str] = {}
        whose = Whose(self._paper.code != FILING_FORM and csv_papers.is_foreign(line.cells), self._form.city)
        for key, heading in self._table.headings.items():
            cell = line.cells[key]
            if not cell or key not in self._paper.reads or (self._paper.code != FILING_FORM and _is_nothing(cell)):
                continue
            read = self._paper.reads[key]
            if read is None:
                self._leave(key, heading)
                continue
            try:
                for name, text in read(cell, whose).items():
                    self._put(found, line.no, heading, name, text)
            except ValueError as bad:
                self.problems.append(f"{line.no}行目の「{heading}」：{bad}")
        return found

    def _leave(self, key: str, heading: str) -> None:
        if key not in _USED:
            self.untaken[heading] = None

    def _put(self, found: dict[str, str], no: int, heading: str, name: str, text: str) -> None:
        text = text.strip()
        if not text:
            return
        if name in self._own_fields:
            self._put_own(no, heading, self._own_fields[name], text)
        elif name in self._member_fields:
            found[name] = as_typed(self._member_fields[name], text)
        else:
            self.untaken[heading] = None

    def _put_own(self, no: int, heading: str, field: Field, text: str) -> None:
        """Of the whole filing: it may stand on every line, or on the first alone."""
        typed = as_typed(field, text)
        if not typed:
            return
        if self.own.setdefault(field.name, typed) != typed:
            raise ValueError(f"{self._from[field.name]}行目と違います。届出で一つの事項です。")
        self._from.setdefault(field.name, no)


_USED = frozenset({KIND_OF_FILING, NAME, BIRTH, NOW + NAME, NOW + BIRTH})
"""Of a 住民異動届: taken to see whose line it is, where the form has no field for them."""


def as_typed(field: Field, text: str) -> str:
    """A cell's text as a clerk would type it or choose it. ValueError with a sentence that never repeats a number."""
    if _is_nothing(text):
        return CLEARED.value if field.clearable and CLEARED.value in text else ""
    if field.choices:
        return _chosen(field, text)
    if field.kind is FieldKind.FLAG:
        answer = yes_or_no(text)
        if answer is None:
            raise ValueError("はい・いいえのどちらかにしてください。")
        return YES if answer else ""
    read_field(field, text)
    return text


def _is_nothing(text: str) -> bool:
    return text.strip("【】 　") in _NOTHING


def _chosen(field: Field, text: str) -> str:
    code = next((code for code, word in field.choices if _folded(text) in (_folded(word), code)), None)
    if code is None and {YES, NO} == {code for code, _ in field.choices}:
        code = {True: YES, False: NO}.get(yes_or_no(text))  # type: ignore[arg-type]  # None: neither
    if code is None:
        raise ValueError(f"「{text}」は選べません。{'・'.join(word for _, word in field.choices)}のどれかにしてください。")
    return code


def _folded(text: str) -> str:
    return heading_key(text).lower()


def _found(form: Form, told: Sequence[Texts]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The place of each newcomer, and their lines: found again in what was typed, or added."""
    lines = tuple(line for line, texts in enumerate(told) if texts)
    at = places(form.definition, form.members, [told[line] for line in lines])
    if max(at, default=0) >= form.most:
        raise UnreadableFile(f"届出の人が{form.most}人を超えます。届出を分けてください。")
    return at, lines


def _known(form: Form, paper: Paper, table: Table, told: Sequence[Texts], problems: list[str]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The place of each person of the register, by the name and the birth date on the line, and their lines."""
    who = [key for key in (NOW + NAME, NAME, NOW + BIRTH, BIRTH) if paper.reads[key] is None]  # else the form has a field of that name
    name = next((key for key in who if key in table.headings and NAME in key), "")
    birth = next((key for key in who if key in table.headings and BIRTH in key), "")
    at: dict[int, int] = {}
    for number, line in enumerate(table.lines):
        of_whom = line.cells.get(name, ""), line.cells.get(birth, "")
        if not told[number] and not any(of_whom):
            continue
        matching = [place for place, person in enumerate(form.members) if _is(form.known.get(person.person or ""), *of_whom)]
        if len(matching) != 1:
            problems.append(f"{line.no}行目：{_why_nobody(of_whom, matching, NAME if NAME in who else NOW + NAME)}")
        elif matching[0] in at:
            problems.append(f"{line.no}行目：{table.lines[at[matching[0]]].no}行目と同じ人です。取り込んでいません。一つの行にまとめてください。")
        else:
            at[matching[0]] = number
    return tuple(at), tuple(at.values())


def _is(entries: SheetEntries | None, name: str, birth: str) -> bool:
    """Whether the line can be about this person: what it does not say speaks against nobody."""
    if entries is None:
        return False
    keys = {search_key(text, SearchKind.NAME) for text in (*(getattr(entries, each) for each in _NAMES), shown_name(entries)) if text}
    if name and search_key(name, SearchKind.NAME) not in keys:
        return False
    try:
        return not birth or entries.birth_date is None or JapaneseDate.parse(birth).same_bounds(JapaneseDate.parse(birth_text(entries)))
    except BadDate:
        return False


def _why_nobody(of_whom: tuple[str, str], matching: Iterable[int], heading: str) -> str:
    if not any(of_whom):
        return f"だれの記載事項か分かりません。「{heading}」の項目を加えてください。"
    if any(True for _ in matching):
        return f"「{of_whom[0]}」に当たる人が2人以上います。生年月日の項目を加えてください。"
    return f"「{'　'.join(filter(None, of_whom))}」に当たる人が、この届出にいません。人を加えるか、氏名と生年月日を確かめてください。取り込んでいません。"
