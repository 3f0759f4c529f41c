"""通知書の割付け — an A4 letter: the addressee where a window envelope shows him, text, 記, table. 標準仕様 5.8.

Chapter 20 of the standard (forms) is not to be had: this is the usual layout of a city's letter. 長形3号, folded in three: the window lies 20 mm from
the left and 12 mm from the top. What stands at a fixed place shrinks into its box; the rest takes the height that it needs.
"""

from __future__ import annotations

from dataclasses import dataclass

from daicho.certificates.document import Block, Box, Cell
from daicho.certificates.story import Part, Piece, Story

WIDTH_MM = 170.0  # of the text, from 20 mm
FIRST_MM = 156.0  # from the title to the contact
FURTHER_MM = 252.0
WINDOW_MM = 84.0
_LABEL_MM = 46.0


@dataclass(frozen=True)
class Column:
    """A column of a table: its head and its share of the width."""

    ja: str
    share: float = 1.0


@dataclass(frozen=True)
class Table:
    """Lines of people or things. `ja` stands above it; `numbered`: a narrow first column tells their places."""

    columns: tuple[Column, ...]
    ja: str = ""
    numbered: bool = False


@dataclass(frozen=True)
class Sheet:
    """All that stands between title and contact. `facts`: (key, label, value); `lines` of the table."""

    body: str
    facts: tuple[tuple[str, str, str], ...] = ()
    table: Table | None = None
    lines: tuple[tuple[str, ...], ...] = ()
    note: str = ""


def _placed(key: str, called: str, text: str, box: Box) -> tuple[Cell]:
    return (Cell(key, "", text, Box(0.0, box.height_mm, 8.0), box, box.width_mm, called),)


def window_block(postal_code: str, address: str, building: str, name: str) -> Block:
    """郵便番号, 住所, 方書, 氏名 様: all that the window shows."""
    postal = f"〒{postal_code[:3]}-{postal_code[3:]}" if postal_code else ""
    return Block(
        (
            _placed("postal_code", "宛先の郵便番号", postal, Box(WINDOW_MM, 6.0, 10.5)),
            _placed("address", "宛先の住所", address, Box(WINDOW_MM, 10.5, 10.5)),
            _placed("building", "宛先の方書", building, Box(WINDOW_MM, 9.5, 10.5)),
            _placed("addressee", "宛名", name, Box(WINDOW_MM, 12.5, 13.0)),
        )
    )


def corner_block(document_no: str, day: str) -> Block:
    """文書番号 and 年月日, top right."""
    return Block(
        (
            _placed("document_no", "文書番号", document_no, Box(62.0, 5.5, 10.0)),
            _placed("dated", "年月日", day, Box(62.0, 5.5, 10.0)),
        )
    )


def sender_block(sender: str) -> Block:
    """職名 and 氏名; the seal stands beside them."""
    return Block((_placed("sender", "発信者", sender, Box(78.0, 13.0, 12.5)),))


def contact_block(contact: str) -> Block:
    return Block((_placed("contact", "問い合わせ先", contact, Box(136.0, 9.0, 9.0)),))


def story_of(sheet: Sheet) -> Story:
    """Body, 記 with its facts, table, 注意書, in this order."""
    table = table_pieces(sheet.table, sheet.lines, WIDTH_MM) if sheet.table else ()
    return Story((*paragraphs_of("本文", sheet.body), *_facts(sheet), *table, *paragraphs_of("注意書", sheet.note, 9.5, 4.0)), FIRST_MM, FURTHER_MM)


def paragraphs_of(called: str, text: str, size_pt: float = 11.0, before_mm: float = 0.0, width_mm: float = WIDTH_MM) -> tuple[Piece, ...]:
    """Each line as it was written is a paragraph; an empty one leaves white. A paragraph begins one letter in."""
    paragraphs = text.split("\n") if text.strip() else []
    return tuple(Piece(called, (Part(_indented(each), width_mm, size_pt, 1.7),), before_mm if at == 0 else 0.0) for at, each in enumerate(paragraphs))


def _indented(paragraph: str) -> str:
    paragraph = paragraph.rstrip()
    return paragraph if not paragraph or paragraph[0] in "　（「・※１２３４５６７８９0123456789" else f"　{paragraph}"


def _facts(sheet: Sheet) -> tuple[Piece, ...]:
    if not sheet.facts:
        return ()
    heading = Piece("記", (Part("記", WIDTH_MM, 11.0, 1.4, align="center"),), 5.0, 1.0, keeps=True)
    rows = tuple(
        Piece(
            label,
            (
                Part(label, _LABEL_MM, 10.0, 1.35, inset_mm=2.5, ruled=True, tinted=True),
                Part(value, WIDTH_MM - _LABEL_MM, 10.5, 1.35, inset_mm=2.5, ruled=True),
            ),
            2.0 if at == 0 else 0.0,
            1.7,
        )
        for at, (_, label, value) in enumerate(sheet.facts)
    )
    return (heading, *rows)


def table_pieces(table: Table, lines: tuple[tuple[str, ...], ...], width_mm: float, size_pt: float = 9.5, before_mm: float = 4.0) -> tuple[Piece, ...]:
    """A ruled table as wide as that; the heads of its columns stand again at the head of each further page. () without lines.

    ValueError for a line that has not as many texts as the table has columns.
    """
    if not lines:
        return ()
    shares = [column.share for column in table.columns]
    heads = [column.ja for column in table.columns]
    if table.numbered:
        shares, heads = [sum(shares) * 0.06, *shares], ["番号", *heads]
        lines = tuple((str(at), *line) for at, line in enumerate(lines, 1))
    widths = [width_mm * share / sum(shares) for share in shares]
    head_parts = tuple(Part(text, width, size_pt - 0.5, 1.3, "center", 1.0, ruled=True, tinted=True) for text, width in zip(heads, widths, strict=True))
    head = Piece("表の見出し", head_parts, 0.0 if table.ja else before_mm, 1.2, keeps=True)
    title = (Piece("表の標題", (Part(table.ja, width_mm, 10.5, 1.4),), 5.0, 0.8, keeps=True),) if table.ja else ()
    rows = tuple(
        Piece(
            f"{at}行目",
            tuple(Part(text, width, size_pt, 1.3, inset_mm=1.4, ruled=True) for text, width in zip(line, widths, strict=True)),
            0.0,
            1.2,
            under=head,
        )
        for at, line in enumerate(lines, 1)
    )
    return (*title, head, *rows)
