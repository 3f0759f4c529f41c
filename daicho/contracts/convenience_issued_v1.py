"""コンビニ交付の履歴 — konbini tells residents what it handed out or refused, for the person's 交付履歴. std 1.3.8; S5-03, G-21."""

from dataclasses import dataclass
from datetime import datetime

from daicho.contracts.base import contract


@contract("convenience_issued", version=1)
@dataclass(frozen=True)
class ConvenienceIssuedV1:
    """One answer to one request. A refusal has `code` other than A00, and neither number, pages nor digests."""

    request_no: str
    atena_no: str  # of the card's holder
    history_no: int  # the 履歴番号 that was answered from
    certificate_kind: str  # our own name of the certificate
    shown: tuple[str, ...]
    code: str
    answered_at: datetime
    shop_code: str
    terminal_code: str
    on_paper: tuple[str, ...]  # 宛名番号 of everybody on the paper
    certificate_no: str | None
    pages: int | None
    fee_yen: int | None
    document_digest: str | None
    definition_digest: str | None
    template_digest: str | None
    font_digest: str | None
