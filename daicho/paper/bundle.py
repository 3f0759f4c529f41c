"""束 — several papers as one file to be printed at once, each page bound to its paper. Issue 6 (大量発行); decision 0052.

The same papers in the same order give the same bytes. A bundle is printed and thrown away: it claims neither PDF/A nor a signature, which its papers have.
Every page tells in its own dictionary which paper it belongs to and that paper's stamp; the table of contents names each by its 発行番号.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter

from daicho.paper.stamp import stamp_of

_OURS = pdf_name("/daicho")
_KEPT = ("/Type", "/MediaBox", "/Resources", "/Contents", "/Group")
"""What of a page is taken over: all that is drawn. The tree for reading aloud belongs to the whole paper."""


class NotBound(ValueError):
    """A paper without its one stamp, or a bundle that is not what it was made of."""


@dataclass(frozen=True)
class Part:
    """A paper of the bundle, and how the table of contents names it. Nothing about a person stands there."""

    pdf: bytes
    label: str


@dataclass(frozen=True)
class Bound:
    """A paper as a bundle holds it: its pages from `first` (1 is the first of the bundle), its stamp, the digest of all that its pages draw."""

    first: int
    pages: int
    stamp: str
    drawn: str


class _Writer(PdfFileWriter):
    """Writes what it is given and no clock."""

    def _update_meta(self) -> None:
        return


def bundle(parts: Sequence[Part]) -> bytes:
    """One file of them, in their order. NotBound for none, for a paper without its stamp, and when the file read back does not draw what the papers draw."""
    if not parts:
        raise NotBound("a bundle of no papers")
    writer = _Writer(stream_xrefs=False)
    expected: list[Bound] = []
    named: list[tuple[str, generic.IndirectObject]] = []
    first = 1
    for no, part in enumerate(parts, 1):
        stamp = stamp_of(part.pdf)
        if stamp is None:
            raise NotBound(f"paper {no} is not one whole paper with its stamp")
        pages = _pages(PdfFileReader(BytesIO(part.pdf)))
        expected.append(Bound(first, len(pages), stamp, _drawn(pages)))
        whole = generic.ArrayObject([_taken(page, no, stamp) for page in pages])
        whole.container_ref = pages[0].container_ref  # all of one paper at once: what its pages share is taken over once
        taken = writer.import_object(whole)
        for at, page in enumerate(taken):
            reference = writer.insert_page(page)
            if at == 0:
                named.append((part.label, reference))
        first += len(pages)
    _contents(writer, named)
    _identify(writer, expected)
    made = BytesIO()
    writer.write(made)
    pdf = made.getvalue()
    if papers_in(pdf) != tuple(expected):
        raise NotBound("the bundle does not draw what its papers draw")
    return pdf


def papers_in(pdf: bytes) -> tuple[Bound, ...]:
    """The papers of a bundle in their order, as its pages tell. NotBound for a page that tells nothing, or whose paper is torn apart."""
    found: list[Bound] = []
    of_paper: list[generic.DictionaryObject] = []
    last: tuple[int, str] | None = None
    for page in [*_pages(PdfFileReader(BytesIO(pdf))), None]:
        told = _told(page) if page is not None else None
        if of_paper and told != last and last is not None:
            if last[0] != len(found) + 1:
                raise NotBound("a paper of the bundle is out of its place")
            before = found[-1].first + found[-1].pages if found else 1
            found.append(Bound(before, len(of_paper), last[1], _drawn(of_paper)))
            of_paper = []
        if page is not None:
            of_paper, last = [*of_paper, page], told
    return tuple(found)


def _pages(reader: PdfFileReader) -> list[generic.DictionaryObject]:
    return [reader.find_page_for_modification(no)[0].get_object() for no in range(int(reader.root["/Pages"]["/Count"]))]


def _taken(page: generic.DictionaryObject, no: int, stamp: str) -> generic.DictionaryObject:
    kept = generic.DictionaryObject({pdf_name(name): page.raw_get(name) for name in _KEPT if name in page})
    private = generic.DictionaryObject({pdf_name("/Paper"): generic.NumberObject(no), pdf_name("/Stamp"): generic.TextStringObject(stamp)})
    kept[pdf_name("/PieceInfo")] = generic.DictionaryObject({_OURS: generic.DictionaryObject({pdf_name("/Private"): private})})
    return kept


def _told(page: generic.DictionaryObject) -> tuple[int, str]:
    try:
        private = page["/PieceInfo"]["/daicho"]["/Private"]
        return int(private["/Paper"]), str(private["/Stamp"])
    except KeyError:
        raise NotBound("a page of the bundle does not tell which paper it belongs to") from None


def _drawn(pages: Sequence[generic.DictionaryObject]) -> str:
    """Over the pages' own drawing, page by page, and how much each draws with."""
    whole = hashlib.sha256()
    for page in pages:
        contents = page["/Contents"]
        streams = [each.get_object() for each in contents] if isinstance(contents, generic.ArrayObject) else [contents]
        for stream in streams:
            whole.update(stream.data)
        whole.update(f"\0{[float(side) for side in page['/MediaBox']]}\0".encode())
    return whole.hexdigest()


def _contents(writer: PdfFileWriter, named: Sequence[tuple[str, generic.IndirectObject]]) -> None:
    """The table of contents: each paper by its label."""
    root = writer.add_object(generic.DictionaryObject({pdf_name("/Type"): pdf_name("/Outlines")}))
    items = []
    for label, page in named:
        target = generic.ArrayObject([page, pdf_name("/Fit")])
        item = {pdf_name("/Title"): generic.TextStringObject(label), pdf_name("/Parent"): root, pdf_name("/Dest"): target}
        items.append(writer.add_object(generic.DictionaryObject(item)))
    for before, after in pairwise(items):
        before.get_object()[pdf_name("/Next")], after.get_object()[pdf_name("/Prev")] = after, before
    ends = {pdf_name("/First"): items[0], pdf_name("/Last"): items[-1], pdf_name("/Count"): generic.NumberObject(len(items))}
    root.get_object().update(ends)
    writer.root[pdf_name("/Outlines")] = root


def _identify(writer: PdfFileWriter, papers: Sequence[Bound]) -> None:
    """A name that follows from what it holds: no chance, no clock."""
    digest = hashlib.sha256("\1".join(f"{one.stamp}\0{one.drawn}" for one in papers).encode()).digest()[:16]
    writer._document_id = generic.ArrayObject([generic.ByteStringObject(digest), generic.ByteStringObject(digest)])
