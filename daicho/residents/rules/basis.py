"""届出・職権・申出の別 — every 異動 that is filed is also made ex officio where nobody files it, or upon a 申出. 令第12条; std 4.2.0.2, 4.2.0.5.

One choice on the form; what the form asks otherwise stays as it is. A 届出日 is a 届出's alone (N-4.2.0.2-02); in its place a 申出 has its 申出日,
in the same column, told apart by the event's basis (N-4.2.0.5-04).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from daicho.residents.rules.definitions import Basis, Field, FieldKind
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import FILED_ON, FILER, FILER_NAME
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import EX_OFFICIO, FILED, FILING_BASES, PETITION

BASIS = Field(
    "basis", "届出・職権等の別", FieldKind.CHOICE, choices=FILING_BASES, hint="届出がないときは職権、申出を受けたときは申出", group="届出", default=FILED
)
_UNLESS_EX_OFFICIO = (BASIS.name, EX_OFFICIO)
_FILED_ON = replace(
    FILED_ON, label="届出日・申出日", hint="窓口で届書を受けた日、又は申出を受けた日。職権のときは残りません", not_asked_when=_UNLESS_EX_OFFICIO
)
WHO_FILES = (_FILED_ON, replace(FILER, not_asked_when=_UNLESS_EX_OFFICIO), FILER_NAME, BASIS)
"""The fields of a 届出 that say on what it rests, when it came and who brought it."""

_LABELS = {Basis.FILING: "届出日", Basis.PETITION: "申出日"}
_BASES = {EX_OFFICIO: Basis.EX_OFFICIO, PETITION: Basis.PETITION}


def chosen_basis(filing: Filing) -> Basis:
    """As chosen on the form; where nothing was, it is a 届出."""
    return _BASES.get(filing.text(BASIS.name) or FILED, Basis.FILING)


def filed_label(field: Field, basis: Basis) -> str:
    """What the day is called on which it came: 届出日, 申出日, or what the event's own form calls it."""
    return _LABELS.get(basis, field.label) if field == _FILED_ON else field.label


def notified_on(situation: Situation, filing: Filing) -> date:
    """届出の年月日 as the sheet keeps it: 届出日; of what is recorded without a 届出 the day of the entry (法7条8号)."""
    if chosen_basis(filing) is Basis.FILING and filing.filed_on is not None:
        return filing.filed_on
    return situation.today


def is_dated(filing: Filing) -> bool:
    """Whether it is said since when, and when it came, as far as its basis asks that."""
    return filing.effective_on is not None and (filing.filed_on is not None or chosen_basis(filing) is Basis.EX_OFFICIO)
