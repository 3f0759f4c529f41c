"""署名欄の追記 — room for a signature, appended to a PDF of our press as an incremental update: its bytes stay as they were, in front. ISO 32000-1, 7.5.6, 12.8.

Written for what our typesetter makes (a plain cross-reference table, no object streams, no annotations); anything else is refused by name.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from daicho.paper.errors import SigningFailed

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\Z")
_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref", re.DOTALL)
_SUBSECTION = re.compile(rb"xref\s+0 (\d+)\s+")
_ENTRY = 20  # bytes of a line of the table
FIELD_NAME = "CitySignature"


@dataclass(frozen=True)
class Placeholder:
    """A document with room for its signature, `room` bytes of it, between `before` and `after`."""

    before: bytes
    room: int
    after: bytes

    def digest(self) -> bytes:
        """SHA-256 of all but the room."""
        whole = hashlib.sha256(self.before)
        whole.update(self.after)
        return whole.digest()

    def filled(self, signature: bytes) -> bytes:
        """The finished file."""
        if len(signature) > self.room:
            raise SigningFailed("電子署名が用意した場所に収まりません。運用担当者に連絡してください。")
        return b"".join((self.before, b"<", signature.hex().encode("ascii").ljust(2 * self.room, b"0"), b">", self.after))


@dataclass(frozen=True)
class Said:
    """What a reader of the signature is told beside it. No text about a person."""

    signer: str
    reason: str
    field_label: str
    at: datetime


def with_room(pdf: bytes, room: int, said: Said) -> Placeholder:
    """The document, the signature's field on its first page, and `room` bytes for the signature, which allows no change after it (DocMDP 1).

    Raises `SigningFailed` for a file that our press did not make.
    """
    found = _Table.of(pdf)
    catalog, page = found.catalog, found.first_page()
    field, signature = found.size, found.size + 1
    written = _Written(len(pdf) + 1)
    written.object(page, _inserted(found.content(page), b"/Annots[%d 0 R]" % field))
    written.object(
        catalog,
        _inserted(
            found.content(catalog),
            b"/AcroForm<</Fields[%d 0 R]/SigFlags 3>>/Perms<</DocMDP %d 0 R>>/Extensions<</ESIC<</BaseVersion/1.7/ExtensionLevel 1>>>>" % (field, signature),
        ),
    )
    # A field without extent needs no appearance in PDF/A, and lies outside of what PDF/UA reads aloud.
    written.object(
        field,
        b"<</Type/Annot/Subtype/Widget/FT/Sig/T(%s)/TU%s/F 132/Rect[0 0 0 0]/P %d 0 R/V %d 0 R>>"
        % (FIELD_NAME.encode("ascii"), _text(said.field_label), page, signature),
    )
    tail = b"/M(%s)/Name%s/Reason%s/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/V/1.2/P 1>>>>]>>\nendobj\n" % (
        _moment(said.at),
        _text(said.signer),
        _text(said.reason),
    )
    written.opens(signature)
    return _placed(found, written, tail, room)


def _placed(found: _Table, written: _Written, tail: bytes, room: int) -> Placeholder:
    """The bytes on both sides of the room; the four numbers of ByteRange have a fixed width, so that they are known before they are written."""
    head = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[%s]/Contents"
    width = 4 * 11 - 1
    opens = written.at + len(head) - 2 + width
    closes = opens + 2 * room + 2
    table_at = closes + len(tail)
    after = tail + written.table() + found.trailer(written.highest + 1, table_at)
    numbers = b" ".join(b"%-10d" % each for each in (0, opens, closes, len(after)))
    return Placeholder(found.pdf + b"\n" + written.bytes + head % numbers, room, after)


class _Written:
    """The objects of the update as they are put one behind the other, and where each begins."""

    def __init__(self, start: int) -> None:
        self.at = start
        self.bytes = b""
        self.places: dict[int, int] = {}

    def opens(self, number: int) -> None:
        self.places[number] = self.at
        self._put(b"%d 0 obj\n" % number)

    def object(self, number: int, content: bytes) -> None:
        self.opens(number)
        self._put(content + b"\nendobj\n")

    def _put(self, piece: bytes) -> None:
        self.bytes += piece
        self.at += len(piece)

    @property
    def highest(self) -> int:
        return max(self.places)

    def table(self) -> bytes:
        """The cross-reference section: one subsection an object (ascending), as a reader of any age understands it."""
        return b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % (number, self.places[number]) for number in sorted(self.places))


@dataclass(frozen=True)
class _Table:
    """Where the objects of a document lie."""

    pdf: bytes
    start: int
    first_entry: int
    size: int
    catalog: int
    info: bytes
    file_id: bytes

    @classmethod
    def of(cls, pdf: bytes) -> _Table:
        start = _number(_START.search(pdf, max(0, len(pdf) - 64)))
        section, trailer = _SUBSECTION.match(pdf, start), _TRAILER.search(pdf, start)
        if section is None or trailer is None or b"/Prev" in trailer[1]:
            raise _not_ours()
        entries = trailer[1]
        return cls(
            pdf, start, section.end(), _number(re.search(rb"/Size (\d+)", entries)), _number(re.search(rb"/Root (\d+) 0 R", entries)),
            _first(re.search(rb"/Info \d+ 0 R", entries)), _first(re.search(rb"(?<=/ID\[)\([^()\\]*\)", entries)),
        )  # fmt: skip

    def content(self, number: int) -> bytes:
        """What stands between `obj` and `endobj`."""
        entry = self.pdf[self.first_entry + _ENTRY * number :][:_ENTRY]
        begins = re.compile(rb"%d 0 obj\s*" % number).match(self.pdf, _number(re.match(rb"(\d{10}) 00000 n", entry)))
        if begins is None:
            raise _not_ours()
        return self.pdf[begins.end() : self.pdf.index(b"endobj", begins.end())].rstrip()

    def first_page(self) -> int:
        """The number of its object."""
        number = _number(re.search(rb"/Pages (\d+) 0 R", self.content(self.catalog)))
        while kids := re.search(rb"/Kids\[\s*(\d+) 0 R", self.content(number)):
            number = _number(kids)
        return number

    def trailer(self, size: int, table_at: int) -> bytes:
        changed = hashlib.sha256(self.pdf).hexdigest()[:32].encode("ascii")
        return b"trailer\n<</Size %d/Root %d 0 R%s/ID[%s<%s>]/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
            size, self.catalog, self.info, self.file_id, changed, self.start, table_at,
        )  # fmt: skip


def _inserted(content: bytes, entries: bytes) -> bytes:
    """A dictionary with further entries; none of them may be there already."""
    if not content.startswith(b"<<") or not content.endswith(b">>") or any(name in content for name in (b"/Annots", b"/AcroForm", b"/Perms", b"/Extensions")):
        raise _not_ours()
    return content[:-2] + entries + b">>"


def _text(words: str) -> bytes:
    return b"<FEFF" + words.encode("utf-16-be").hex().upper().encode("ascii") + b">"


def _moment(at: datetime) -> bytes:
    """A moment with its distance from UTC, as PDF writes it."""
    minutes = (at.utcoffset() or timedelta()) // timedelta(minutes=1)
    return f"D:{at:%Y%m%d%H%M%S}{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}'{abs(minutes) % 60:02}'".encode("ascii")


def _number(found: re.Match[bytes] | None) -> int:
    if found is None:
        raise _not_ours()
    return int(found[1])


def _first(found: re.Match[bytes] | None) -> bytes:
    if found is None:
        raise _not_ours()
    return found[0]


def _not_ours() -> SigningFailed:
    return SigningFailed("この文書には電子署名の場所を設けられません。運用担当者に連絡してください。")
