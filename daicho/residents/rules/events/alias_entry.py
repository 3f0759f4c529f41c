"""通称の記載 — a foreign resident is known by another name, on petition. 住民基本台帳法施行令第30条の16; std 1.2.2."""

from __future__ import annotations

from daicho.residents.rules.alias_on_petition import ALIAS, check_entry, said_of_entry
from daicho.residents.rules.correcting import Kind, correction
from daicho.residents.rules.definitions import Basis, Field, FieldKind
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, PETITIONED_ON
from daicho.residents.rules.vocabulary import FOREIGN, FOREIGNERS

ALIAS_ENTRY = correction(
    Kind(
        code="alias_entry",
        ja="通称の記載",
        article="住民基本台帳法施行令第30条の16",
        fields=(EFFECTIVE_ON, PETITIONED_ON, Field("papers_seen", "通称の使用を示す資料を確かめた", FieldKind.FLAG, group="申出")),
        member_fields=ALIAS,
        standard_code="通称の記載",
        basis=Basis.PETITION,
        group=FOREIGNERS,
        offered_to=lambda entries: entries.resident_kind == FOREIGN and entries.foreign_alias is None,
        check_more=check_entry,
        said_by=said_of_entry,
    )
)
