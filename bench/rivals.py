"""検索の比べ — what the same queries find by plain SQL on the sheets' columns, and by a full-text library (tantivy), on the same city.

Both are used as one would use them who has read their manuals and not the standard's rules: SQL with ILIKE and equality, kana brought into one
alphabet first; the library with an index of one and two characters over all names and addresses, present and past, ranked by BM25.
"""

from __future__ import annotations

import importlib.util
import re
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any  # tantivy brings no types

import psycopg

from bench.queries import Query
from daicho.residents.rules.search_birth import read_birth
from daicho.values.kana import to_katakana

Found = tuple[list[str], float]
"""宛名番号 of whom it found, best first, and its seconds."""
Finder = Callable[[Query], Found]

_NAMES = ("name_kana", "foreign_name_katakana", "foreign_alias_kana", "former_surname_kana", "name_kanji", "foreign_name_kanji", "foreign_alias", "former_surname", "foreign_name_alphabet")  # fmt: skip
_SHOWN = 51


def plain_sql(connection: psycopg.Connection) -> Finder:
    """ILIKE and equality on the current sheets."""

    def find(query: Query) -> Found:
        began = time.perf_counter()
        where, parameters = ["c.municipality_code = '012033'"], []
        if query.name:
            said = "%" + "%".join(re.split(r"\s+", to_katakana(query.name).strip())) + "%"
            where.append("(" + " OR ".join(f"c.{name} ILIKE %s" for name in _NAMES) + ")")
            parameters += [said] * len(_NAMES)
        if query.birth:
            asked = read_birth(query.birth)
            where.append("c.birth_first <= %s AND c.birth_last >= %s")
            parameters += [asked.last, asked.first]  # type: ignore[list-item]
        if query.address:
            where.append("(c.address ILIKE %s OR c.previous_address ILIKE %s)")
            parameters += [f"%{query.address.translate(_DIGITS)}%"] * 2
        rows = connection.execute(
            f"SELECT p.atena_no FROM residents_sheetcurrent c JOIN residents_person p ON p.id = c.person_id WHERE {' AND '.join(where)} "  # type: ignore[arg-type]
            f"ORDER BY c.name_kana, c.birth_first, p.atena_no LIMIT {_SHOWN}",
            parameters,
        ).fetchall()
        return [atena_no for (atena_no,) in rows], time.perf_counter() - began

    return find


_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_SAID = f"""
    SELECT p.atena_no, min(c.birth_first), max(c.birth_last), array_agg(DISTINCT concat_ws(' ', {", ".join(f"v.{name}" for name in _NAMES)})),
           array_agg(DISTINCT concat_ws(' ', v.address, v.address_building, v.previous_address))
      FROM residents_sheetversion v JOIN residents_person p ON p.id = v.person_id JOIN residents_sheetcurrent c ON c.sheet_id = v.sheet_id
     GROUP BY p.atena_no
"""


def has_library() -> bool:
    return importlib.util.find_spec("tantivy") is not None


def full_text(connection: psycopg.Connection, folder: Path) -> tuple[Finder, float]:
    """The library over this city, and the seconds that its index took."""
    import tantivy  # type: ignore[import-not-found, import-untyped, unused-ignore]

    def built() -> Any:
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("atena_no", stored=True, tokenizer_name="raw")
        for name in ("name", "address"):
            schema.add_text_field(name, tokenizer_name="grams")
        for name in ("first", "last"):
            schema.add_integer_field(name, indexed=True, fast=True)
        made = tantivy.Index(schema.build(), path=str(folder))
        made.register_tokenizer("grams", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(1, 2, False)).filter(tantivy.Filter.lowercase()).build())
        return made

    folder.mkdir(parents=True, exist_ok=True)
    began, index = time.perf_counter(), built()
    writer = index.writer(300_000_000, 1)
    for atena_no, first, last, names, addresses in _people(connection):
        said = {"name": to_katakana(" ".join(names)).lower(), "address": " ".join(addresses)}
        writer.add_document(tantivy.Document(atena_no=atena_no, first=_number(first), last=_number(last), **said))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    seconds, searcher, schema = time.perf_counter() - began, index.searcher(), index.schema

    def find(query: Query) -> Found:
        began = time.perf_counter()
        parts = []
        for field, text in (("name", to_katakana(query.name).lower()), ("address", query.address.translate(_DIGITS))):
            grams = dict.fromkeys(gram for word in text.split() for gram in (word[at : at + 2] for at in range(max(1, len(word) - 1))))
            if grams:
                terms = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, field, gram)) for gram in grams]
                parts.append((tantivy.Occur.Must, tantivy.Query.boolean_query(terms)))
        if query.birth:
            asked = read_birth(query.birth)
            integer = tantivy.FieldType.Integer
            parts.append((tantivy.Occur.Must, tantivy.Query.range_query(schema, "first", integer, 0, _number(asked.last))))
            parts.append((tantivy.Occur.Must, tantivy.Query.range_query(schema, "last", integer, _number(asked.first), 99999999)))
        hits = searcher.search(tantivy.Query.boolean_query(parts), _SHOWN).hits
        return [searcher.doc(address)["atena_no"][0] for _, address in hits], time.perf_counter() - began

    return find, seconds


def _people(connection: psycopg.Connection) -> Iterator[tuple[str, date | None, date | None, list[str], list[str]]]:
    with connection.transaction(), connection.cursor("people") as cursor:
        cursor.itersize = 20_000
        cursor.execute(_SAID)
        yield from cursor


def _number(day: date | None) -> int:
    return day.year * 10_000 + day.month * 100 + day.day if day else 0
