"""字形のある文字だけの受付 — what a clerk types must be fit for paper: a character that the certificate's font lacks is refused by name, at its field.
標準30.2; design §7.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.conf import settings

from daicho.paper.errors import FontMissing
from daicho.paper.fonts import open_fonts
from daicho.paper.glyphs import Repertoire, repertoire
from daicho.residents.commands.typed import TypedForm
from daicho.residents.rules.definitions import EventDefinition, Field
from daicho.residents.rules.problems import Problem, problem


def unprintable(definition: EventDefinition, form: TypedForm) -> tuple[Problem, ...]:
    """Every text of the form with a character or a sequence without glyph; none while the fonts are not set up: certificates refuse by name then."""
    try:
        known = repertoire(open_fonts(settings.FONTS_DIR))
    except FontMissing:
        return ()
    found = [*_of(known, definition.fields, form.filing, None)]
    for index, member in enumerate(form.members):
        found += _of(known, definition.member_fields, member.texts, index)
    return tuple(found)


def _of(known: Repertoire, fields: Iterable[Field], texts: Mapping[str, str], member: int | None) -> Iterator[Problem]:
    for field in fields:
        if missing := known.missing(texts.get(field.name, "")):
            yield problem("F003", field.name, member, label=field.label, fault="".join(one.message for one in missing))
