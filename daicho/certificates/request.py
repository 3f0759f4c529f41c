"""請求 — who asks for a certificate, how it is handed over, and which of the omissible entries it shall show. 住基法12条, 12条の2, 12条の3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from daicho.certificates.fees import OFFICIAL


class Requester(StrEnum):
    """請求者の資格, as the 受付 recorded it."""

    SELF = "self"
    SAME_HOUSEHOLD = "same_household"
    LEGAL_REPRESENTATIVE = "legal_representative"  # 法定代理人
    AGENT = "agent"  # 任意代理人 (本人等の請求を代わってする者)
    PUBLIC_OFFICE = "public_office"  # 法12条の2 国・地方公共団体の機関
    THIRD_PARTY = "third_party"  # 法12条の3 本人等以外の者


REQUESTER_JA = {
    Requester.SELF: "本人",
    Requester.SAME_HOUSEHOLD: "同一世帯の者",
    Requester.LEGAL_REPRESENTATIVE: "法定代理人",
    Requester.AGENT: "任意代理人",
    Requester.PUBLIC_OFFICE: "国・地方公共団体の機関",
    Requester.THIRD_PARTY: "第三者",
}
OWN = frozenset({Requester.SELF, Requester.SAME_HOUSEHOLD, Requester.LEGAL_REPRESENTATIVE, Requester.AGENT})
"""法12条 requests: by the person or the household, also through a representative."""
EVERYONE = frozenset(Requester)


class Delivery(StrEnum):
    """How the paper leaves the office."""

    COUNTER = "counter"
    MAIL_TO_RESIDENCE = "mail_to_residence"  # 住民票の住所あての郵送
    MAIL_ELSEWHERE = "mail_elsewhere"  # 確かめたほかの場所あての郵送 (法12条7項)


class OutputForm(StrEnum):
    """As what the copy is made: for the city's security paper, as a signed PDF, or as data of which its holder shows a part (SD-JWT VC)."""

    PAPER = "paper"
    ELECTRONIC = "electronic"
    CREDENTIAL = "credential"


class Omissible(StrEnum):
    """Entries that are omitted unless asked for (法12条5項ほか; N-5.1-04, N-5.1-06; domain §4.3).

    The second part is omitted on no copy; a 記載事項証明書 alone bears of it only what was chosen.
    """

    HEAD_NAME = "head_name"
    RELATIONSHIP = "relationship"
    REGISTERED_DOMICILE = "registered_domicile"
    JUMINHYO_CODE = "juminhyo_code"
    INDIVIDUAL_NUMBER = "individual_number"
    NATIONALITY = "nationality"
    RESIDENCE_CLASS = "residence_class"
    RESIDENCE_STATUS = "residence_status"
    RESIDENCE_PERIOD = "residence_period"
    RESIDENCE_EXPIRY = "residence_expiry"
    CARD_NO = "card_no"
    ALIAS_HISTORY = "alias_history"
    INDIVIDUAL_ENTRIES = "individual_entries"
    HISTORY = "history"
    SPECIAL_HISTORY = "special_history"
    CONFIRMED_DESTINATION = "confirmed_destination"

    NAME = "name"
    FURIGANA = "furigana"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    ADDRESS = "address"
    BECAME_RESIDENT = "became_resident"
    ADDRESS_FIXED_ON = "address_fixed_on"
    FILED_ON = "filed_on"
    PREVIOUS_ADDRESS = "previous_address"
    REMOVAL = "removal"


@dataclass(frozen=True)
class BroughtForm:
    """持参様式 — a form of somebody else's that was brought along to be attested: what it is called and of how many pages it is."""

    title: str
    pages: int


@dataclass(frozen=True)
class CertificateRequest:
    """One copy to be made: `shown` are the omissible entries that it shall bear; start from `CertificateDefinition.shown_by_default`.

    `use_confirmed`: the use of 個人番号 together with 住民票コード was asked for and recorded with the 受付. `without_building`: 方書 shall be left
    out, which a 記載事項証明書 alone allows (N-5.4-02). `brought`: the form that is attested (奥書). `is_reissue`: 再交付, said on the
    paper. `exemption`: by which ground of the city's table no fee is taken.
    """

    issued_on: date
    requester: Requester
    shown: frozenset[Omissible] = frozenset()
    delivery: Delivery = Delivery.COUNTER
    for_official_use: bool = False
    use_confirmed: bool = False
    without_building: bool = False
    brought: BroughtForm | None = None
    is_reissue: bool = False
    output: OutputForm = OutputForm.PAPER
    exemption: str = ""

    @property
    def free_by(self) -> str:
        """The code of the exemption, "" where the fee is taken: what bears 「公用」 is free as such (certificates/fees.py)."""
        return self.exemption or (OFFICIAL if self.for_official_use else "")

    @property
    def chosen(self) -> tuple[str, ...]:
        """What 交付履歴 keeps of the choice (N-1.3.8-07): the entries, and that 方書 was left out."""
        return (*sorted(each.value for each in self.shown), *((WITHOUT_BUILDING,) if self.without_building else ()))


WITHOUT_BUILDING = "without_building"
WITHOUT_BUILDING_JA = "方書は省略"
