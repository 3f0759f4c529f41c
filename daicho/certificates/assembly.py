"""組上げ — a composed document from its pages: what stands around the boxes on every certificate, from the city and the request. 標準仕様 5.1, 5.5–5.7."""

from __future__ import annotations

from daicho.certificates.city_texts import CityTexts, IssueNumber
from daicho.certificates.definitions import CertificateDefinition
from daicho.certificates.document import Document, Leaf
from daicho.certificates.record import Subjects
from daicho.certificates.request import CertificateRequest
from daicho.values.dates import wareki

_OUTSIDE_JA = {
    "title": "標題",
    "document_title": "文書名",
    "municipality": "市区町村名",
    "official": "公用表示",
    "certification": "認証文",
    "issued_on": "交付年月日",
    "certifier_title": "認証者の職名",
    "certifier_name": "認証者の氏名",
    "note": "固定文言",
    "tally_label": "契印の見出し",
}


def assembled(
    definition: CertificateDefinition,
    subjects: Subjects,
    request: CertificateRequest,
    texts: CityTexts,
    number: IssueNumber,
    leaves: tuple[Leaf, ...],
    mark: str = "",
) -> Document:
    """The document of these pages. What forbids the issue was asked before (`definition.check`). `mark`: stands framed where 公用 would (再交付)."""
    outside = {
        "title": definition.title,
        "document_title": definition.ja,
        "municipality": f"{texts.prefecture_name}{texts.municipality_name}",
        "official": mark or (texts.wording.official_use if request.for_official_use else ""),
        "certification": texts.certifications[definition.certified_as(subjects)],
        "issued_on": wareki(request.issued_on),
        "certifier_title": texts.certifier.title,
        "certifier_name": texts.certifier.name,
        "note": texts.wording.fixed_note,
        "tally_label": "契印",
    }
    drawings = {
        "seal": texts.certifier.seal_svg,
        "seal_mm": texts.certifier.seal_mm,
        "ground": texts.ground_svg,
        "tally_seal": texts.tally_svg,
    }
    return Document(
        code=definition.code,
        definition_digest=definition.digest,
        template=definition.template,
        dated=request.issued_on,
        leaves=leaves,
        page_mark=number.page_mark,
        plain=tuple((_OUTSIDE_JA[key], text) for key, text in outside.items() if text),
        furniture={**outside, **drawings},
    )
