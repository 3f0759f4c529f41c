"""証明書の選択肢 — which sheets this person has, which certificates can be made of the one chosen, and which entries may be asked for; what may not says why. std 5.1; 住民基本台帳法第12条, 第15条の4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from daicho import clock
from daicho.certificates.catalogue import certificates_of
from daicho.certificates.definitions import CertificateDefinition, OmissibleItem
from daicho.certificates.fees import OFFICIAL
from daicho.certificates.removed_rules import why_not_kept, withheld
from daicho.certificates.request import REQUESTER_JA, Omissible
from daicho.residents.queries.certificate_preview import Preview
from daicho.residents.queries.certificates import kinds_of
from daicho.residents.queries.current import CurrentRow
from daicho.residents.rules.fold import is_open
from daicho.residents.rules.on_certificate import OpenNumbers, certificate_record
from daicho.residents.rules.vocabulary import REASONS, RENEWED
from daicho.residents.screens import certificate_form
from daicho.ui.forms import Choice, FieldSpec
from daicho.values.dates import wareki

EVERYBODY = {True: "世帯全員を載せる", False: "ともに消除された全員を載せる"}


@dataclass(frozen=True)
class Drawn:
    """What the form offers. `drawn_for`: the certificate and the sheet that it was drawn for. `not_offered`: a line for each reason why entries cannot be had.

    `barred`: certificates of this sheet that this visitor may not ask for. `sheet`: the one chosen, in words; `sheets` when there are several. `everybody`: what F6 does.
    """

    specs: tuple[FieldSpec, ...]
    definition: CertificateDefinition
    drawn_for: str
    sheet: Choice
    sheets: tuple[Choice, ...]
    not_offered: tuple[str, ...]
    barred: tuple[str, ...]
    everybody: str


def drawn(seen: Preview) -> Drawn:
    """Everything that may be chosen on this screen."""
    chosen, definition, today = seen.chosen, seen.definition, clock.today()
    offered, refused = _entries(seen)
    kinds = kinds_of(chosen.household)
    sheets = tuple(_sheet_choice(row) for row in chosen.sheets)
    certificates = certificates_of(chosen.state, today)
    specs = certificate_form.specs([certificate_form.choice_of(c, kinds) for c in offered], sheets, certificates, definition, _exemptions(seen))
    asks = seen.request.requester
    barred = tuple(each.ja for each in certificates if asks not in each.may_be_asked_by)
    own = next(choice for row, choice in zip(chosen.sheets, sheets, strict=True) if row.sheet_id == chosen.asked_for.sheet_id)
    return Drawn(specs, definition, definition.code, own, sheets if len(sheets) > 1 else (), refused, barred, EVERYBODY[chosen.is_living])


def _exemptions(seen: Preview) -> list[Choice]:
    """The grounds without fee of the city's table of today; 公用 goes with its own box."""
    return [Choice(one.code, one.text, one.basis) for one in seen.remissions if one.code != OFFICIAL]


def as_chosen(data: Mapping[str, str | Sequence[str]], seen: Preview) -> dict[str, str | Sequence[str]]:
    """What was sent, with what was settled since: the certificate that is one of such a sheet, the sheet, the entries with which it opens."""
    sent = dict(data.lists()) if hasattr(data, "lists") else dict(data)
    settled = {"certificate": seen.definition.code, "sheet": str(seen.chosen.asked_for.juminhyo_no), "shown": sorted(seen.request.shown)}
    return {**sent, **settled, "without_building": "yes" if seen.request.without_building else ""}


def _sheet_choice(row: CurrentRow) -> Choice:
    """A sheet by what it is, since when, and whether it is still kept (令34条)."""
    today, entries = clock.today(), row.entries
    if is_open(entries, today) or entries.closed_on is None or entries.closed_on > today:
        return Choice(str(row.juminhyo_no), "現在の住民票")
    kind = "改製原" if entries.removal_reason_code == RENEWED else "除票"
    reason = REASONS.get(entries.removal_reason_code or "", "")
    gone = "　保存期間を過ぎて廃棄済み（廃棄済証明）" if why_not_kept(entries.closed_on, today) else ""
    return Choice(str(row.juminhyo_no), f"{kind}　{wareki(entries.closed_on)}", f"{reason}{gone}")


def _entries(seen: Preview) -> tuple[list[OmissibleItem], tuple[str, ...]]:
    """What this requester may ask for of this sheet, and what not, with why. Of the whole household: whoever is chosen, the choices stay where they were."""
    asks, today = seen.request.requester, clock.today()
    never: dict[Omissible, str] = {}
    for row in seen.chosen.people:
        never |= withheld(certificate_record(row.entries, OpenNumbers()), today)
    offered, refused, barred = [], [], []
    for choice in seen.definition.choices_for(kinds_of(seen.chosen.household)):
        if choice.omissible in never:
            refused.append(f"記載できない事項：{choice.ja}（{never[choice.omissible]}）")
        elif asks not in choice.who_may_ask:
            barred.append(choice.ja)
        else:
            offered.append(choice)
    if barred:
        refused.append(f"{REQUESTER_JA[asks]}の請求では記載できない事項：{'、'.join(barred)}")
    return offered, tuple(refused)
