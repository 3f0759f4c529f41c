"""通称の削除 — the other name is taken off the sheet, on petition or ex officio. 住民基本台帳法施行令第30条の16; std 1.2.2."""

from __future__ import annotations

from daicho.residents.rules.alias_on_petition import check_deletion, said_of_deletion
from daicho.residents.rules.correcting import Kind, correction
from daicho.residents.rules.definitions import Basis
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, PETITIONED_ON
from daicho.residents.rules.vocabulary import FOREIGNERS

ALIAS_DELETION = correction(
    Kind(
        code="alias_deletion",
        ja="通称の削除",
        article="住民基本台帳法施行令第30条の16",
        fields=(EFFECTIVE_ON, PETITIONED_ON),
        member_fields=(),
        standard_code="通称の削除",
        basis=Basis.PETITION,
        group=FOREIGNERS,
        offered_to=lambda entries: entries.foreign_alias is not None,
        check_more=check_deletion,
        said_by=said_of_deletion,
    )
)
