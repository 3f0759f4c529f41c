"""法第30条の47の届出 — a foreigner who has an address here has become one of the table of 法30条の45. 住民基本台帳法第30条の47; std 4.5.2.

外国人住民となった年月日 is the day they became so; 住所を定めた年月日 lies before it (domain §2.1).
"""

from __future__ import annotations

from daicho.residents.rules.definitions import Field, FieldKind
from daicho.residents.rules.filed_entry import filed_entry
from daicho.residents.rules.vocabulary import ENTERED_30_47

ENTRY_30_47 = filed_entry(
    code=ENTERED_30_47,
    ja="法第30条の47の届出",
    article="住民基本台帳法第30条の47",
    day="中長期在留者等となった日（異動日）",
    own=(Field("address_fixed_on", "いまの住所を定めた年月日", FieldKind.UNCERTAIN_DATE, hint="異動日より前から住んでいるとき", group="新しい住所"),),
)
