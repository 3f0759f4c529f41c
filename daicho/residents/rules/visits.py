"""受付の規則 — what must be recorded of a visitor before anything is done for them. 住民基本台帳法第12条, 第27条; F-1-01."""

from __future__ import annotations

from dataclasses import dataclass

from daicho.certificates.request import REQUESTER_JA
from daicho.residents.rules.representation import check_authority

STANDINGS = tuple((requester.value, ja) for requester, ja in REQUESTER_JA.items())
"""請求者・届出人の資格 (法12条, 12条の2, 12条の3, 27条): one list for filings and certificates."""

NOT_NEEDED = "not_needed"
IDENTITY_CHECKS = (
    ("one_document", "写真つきの公的な証明書 1点"),
    ("two_documents", "その他の証明書 2点"),
    ("interview", "聞き取り（証明書がないとき）"),
    (NOT_NEEDED, "確認のいらない用件"),
)
BY_SIGNATURE = "signature"
BY_COPIES, BY_OFFICE, BY_MEMBERSHIP = "copies", "office", "membership"
IDENTITY_WORDS = (
    *IDENTITY_CHECKS,
    (BY_SIGNATURE, "署名用電子証明書（マイナポータル）"),
    (BY_COPIES, "郵送された書類の写し"),
    (BY_OFFICE, "職員証・公印のある文書"),
    (BY_MEMBERSHIP, "資格者の身分証明書・補助者証"),
)
"""The checks with those that no counter makes: of an application that came online, signed by the applicant, and of a 交付請求 (rules/applications.py)."""
DOCUMENTS = (
    ("my_number_card", "個人番号カード"),
    ("driving_licence", "運転免許証"),
    ("passport", "旅券"),
    ("residence_card", "在留カード・特別永住者証明書"),
    ("health_insurance", "健康保険の資格確認書"),
    ("pension", "年金手帳・基礎年金番号通知書"),
    ("other", "その他"),
)
STAFF_ID, MEMBER_CARD, ASSISTANT_CARD = "staff_id", "member_card", "assistant_card"
DOCUMENT_WORDS = (
    *DOCUMENTS[:-1],
    (STAFF_ID, "職員証・公印のある文書"),
    (MEMBER_CARD, "資格者の身分証明書"),
    (ASSISTANT_CARD, "補助者証"),
    DOCUMENTS[-1],
)
"""The documents with those that offices and professionals show."""
_NEEDED = {"one_document": 1, "two_documents": 2}
_IDENTIFIES = frozenset({"one_document", "two_documents", "interview", BY_SIGNATURE, BY_COPIES, BY_OFFICE, BY_MEMBERSHIP})
"""The checks after which it is known who came; 確認のいらない用件 and none at all are not among them."""


@dataclass(frozen=True)
class VisitForm:
    """What the clerk enters at the beginning of a visit. `authority`: by what an agent or a legal representative shows their right (rules/representation.py)."""

    visitor_name: str
    standing: str
    identity_check: str
    identity_documents: tuple[str, ...]
    purpose: str
    authority: str = ""
    authority_note: str = ""


def check_visit(form: VisitForm) -> tuple[tuple[str, str], ...]:
    """All problems as (field, message)."""
    found = []
    if not form.visitor_name.strip():
        found.append(("visitor_name", "来庁した人の氏名が入力されていません。入力してください。"))
    if form.standing not in dict(STANDINGS):
        found.append(("standing", "来庁した人の資格を選んでください（法第12条・第27条）。"))
    if form.identity_check not in dict(IDENTITY_CHECKS):
        found.append(("identity_check", "本人確認の方法を選んでください（法第27条）。"))
    if set(form.identity_documents) - dict(DOCUMENTS).keys():
        found.append(("identity_documents", "確認した書類を、一覧から選んでください。"))
    needed = _NEEDED.get(form.identity_check, 0)
    if len(set(form.identity_documents)) < needed:
        found.append(("identity_documents", f"確認した書類を{needed}点以上選んでください（法第27条）。"))
    if not form.purpose.strip():
        found.append(("purpose", "用件が入力されていません。入力してください。"))
    found += check_authority(form.standing, form.authority, form.authority_note)
    return tuple(found)


def is_identified(identity_check: str) -> bool:
    """Whether the visit's check lets the visitor file or be handed a certificate (法27条2項, 12条3項); what needs none is neither."""
    return identity_check in _IDENTIFIES


def check_asking(identity_check: str, purpose: str) -> tuple[tuple[str, str], ...]:
    """What a certificate is never issued without, as (field, message): the visitor's identity and the use (法12条2項, 3項)."""
    found = []
    if not is_identified(identity_check):
        found.append(("visit", "受付で本人確認をしていないため、交付できません。受付をやり直し、本人確認を記録してください（法第12条第3項）。"))
    if not purpose.strip():
        found.append(("purpose", "使用目的が入力されていません。入力してください（法第12条第2項）。"))
    return tuple(found)
