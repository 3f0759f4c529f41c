"""軽微な修正 — 氏名 or 住所 is written in another way and means the same. 住民基本台帳法施行規則第11条第3項第2号; std 4.2.3.2.

Of many at once by 住居表示 and the like: address_renamed.py. 住所を定めた年月日 does not move, nor does anybody.
"""

from __future__ import annotations

from daicho.residents.rules.correcting import ADDRESS, Kind, correctable, correction
from daicho.residents.rules.definitions import Field, FieldKind
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, WHY
from daicho.residents.rules.vocabulary import MINOR_CORRECTIONS

MINOR_CORRECTION = correction(
    Kind(
        code="minor_correction",
        ja="軽微な修正",
        article="住民基本台帳法第8条、令第12条、規則第11条第3項第2号",
        fields=(EFFECTIVE_ON, Field("ground", "軽微な修正の別", FieldKind.CHOICE, required=True, choices=MINOR_CORRECTIONS, group="根拠"), WHY),
        member_fields=(
            *correctable("name_kanji", "former_surname", "foreign_name_alphabet", "foreign_name_kanji", "foreign_alias"),
            *ADDRESS,
        ),
        standard_code="軽微な修正",
        identity_reason=("minor_correction", None),
    )
)
