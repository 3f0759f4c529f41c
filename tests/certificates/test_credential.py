"""検証可能な証明データ: 本人が選んだ事項だけを示せ、独立した検証器が認め、書き換えは退けられる。決定0046; S1-05.

Held and verified by the package `sd-jwt` (the reference implementation of the standard), which did not make it; its key is the one that the check
page publishes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwcrypto.jwk import JWK
from sd_jwt.common import SDJWTCommon
from sd_jwt.holder import SDJWTHolder
from sd_jwt.verifier import SDJWTVerifier

from daicho.certificates.credential import claims_of
from daicho.certificates.document import Document
from daicho.certificates.juminhyo_household import JUMINHYO_HOUSEHOLD
from daicho.certificates.juminhyo_personal import JUMINHYO_PERSONAL
from daicho.certificates.record import Subjects
from daicho.certificates.request import CertificateRequest, Delivery, Omissible, OutputForm, Requester
from daicho.paper import sd_jwt
from daicho.paper.stamp import stamps_of
from tests.certificates.people import CITY, HANAKO, ISSUED_ON, NUMBER, household
from tests.paper.signed import City, made_up_city

OPEN = {"iss": "https://www.city.example.lg.jp", "iat": 1775174400, "vct": "https://www.city.example.lg.jp/check/vct/juminhyo_personal"}
NUMBERS = frozenset({Omissible.INDIVIDUAL_NUMBER, Omissible.JUMINHYO_CODE, Omissible.RELATIONSHIP})
OMITTED = (CITY.wording.omitted,)


@pytest.fixture(scope="module")
def otaru(tmp_path_factory: pytest.TempPathFactory) -> City:
    return made_up_city(tmp_path_factory.mktemp("otaru"))


def personal() -> Document:
    request = CertificateRequest(ISSUED_ON, Requester.SELF, NUMBERS, use_confirmed=True)
    return JUMINHYO_PERSONAL.compose(Subjects((HANAKO,)), request, CITY, NUMBER)


def issued(otaru: City, document: Document) -> str:
    claims = claims_of(document, OMITTED)
    return sd_jwt.sign({**OPEN, **dict(claims.open)}, claims.people, otaru.keys.check, otaru.keys.check_certificate)


def shown(credential: str, disclose: object) -> str:
    """What the holder hands to a verifier."""
    holder = SDJWTHolder(credential)
    holder.create_presentation(disclose)
    return str(holder.sd_jwt_presentation)


def verified(otaru: City, presentation: str) -> Mapping[str, object]:
    key = JWK.from_pem(otaru.keys.check_certificate.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return dict(SDJWTVerifier(presentation, lambda issuer, header: key).get_verified_payload())


def test_生年月日だけを示せば他は知られない(otaru: City):
    """S1-05: what is kept back is not in what the verifier gets, in no form."""
    credential = issued(otaru, personal())
    presentation = shown(credential, {"birth_date": True})
    said = verified(otaru, presentation)
    assert said["birth_date"] == "昭和60年3月9日"
    assert {"name", "address", "head_name", "relationship"} & set(said) == set()
    assert (said["iss"], said["vct"], said["tally"], said["issued_on"]) == (OPEN["iss"], OPEN["vct"], personal().tally, "2026-04-03")
    assert "花園" not in json.dumps([*map(_opened, presentation.split("~")[1:-1])], ensure_ascii=False)


def test_住所だけも全部も示せ紙面と同じ言葉で載る(otaru: City):
    credential, document = issued(otaru, personal()), personal()
    assert verified(otaru, shown(credential, {"address": True}))["address"] == document.text_of("address")
    everything = verified(otaru, credential)
    for key in ("name", "birth_date", "relationship", "address"):
        assert everything[key] == document.text_of(key)


def test_個人番号と住民票コードと省略した事項はどこにも入らない(otaru: City):
    """番号法20条, 法30条の38, 法12条5項: asked for and on the paper, but not in data that others would keep."""
    document = personal()
    assert document.text_of("individual_number") == "983205673214"
    claims = claims_of(document, OMITTED)
    keys = {key for key, _ in claims.people[0]}
    assert keys & {"individual_number", "juminhyo_code", "registered_domicile"} == set() and "name" in keys
    credential = issued(otaru, document)
    opened = [_opened(part) for part in credential.split("~")[1:-1]]
    assert len(opened) == len(keys) and "983205673214" not in json.dumps(opened)


def test_世帯では人ごとにも事項ごとにも選べる(otaru: City):
    family = household(3)
    document = JUMINHYO_HOUSEHOLD.compose(Subjects(family, whole_household=True), CertificateRequest(ISSUED_ON, Requester.SELF), CITY, NUMBER)
    credential = issued(otaru, document)
    token, *disclosures, last = credential.split("~")
    name = next(part for part in disclosures if _opened(part)[1:] == ["name", document.text_of("2.name")])
    digest = SDJWTCommon._base64url_encode(hashlib.sha256(name.encode()).digest())
    person = next(part for part in disclosures if len(_opened(part)) == 2 and digest in _opened(part)[1]["_sd"])
    said = verified(otaru, "~".join((token, name, person, last)))
    assert said["people"] == [{"name": document.text_of("2.name")}]


def test_書き換えた事項も別の鍵も足した事項も退けられる(otaru: City, tmp_path):
    """A disclosure that was altered, one that was made up, a payload that was altered, another city's key."""
    token, *disclosures, last = issued(otaru, personal()).split("~")
    told = _opened(disclosures[0])
    forged = SDJWTCommon._base64url_encode(json.dumps([told[0], told[1], "書き換え"]).encode())
    made_up = SDJWTCommon._base64url_encode(json.dumps(["salt", "name", "他人"]).encode())
    for altered in ([forged, *disclosures[1:]], [*disclosures, made_up]):
        try:
            said = verified(otaru, "~".join((token, *altered, last)))
        except Exception:  # noqa: BLE001  a verifier may refuse the whole, or pass over what the city did not sign; it is told of it in neither case
            continue
        assert not {"書き換え", "他人"} & set(said.values())
    header, payload, signature = token.split(".")
    other = json.loads(SDJWTCommon._base64url_decode(payload)) | {"issued_on": "2026-05-01"}
    with pytest.raises(Exception, match=r"(?i)verif|sign"):
        verified(otaru, "~".join((".".join((header, SDJWTCommon._base64url_encode(json.dumps(other).encode()), signature)), *disclosures, last)))
    with pytest.raises(Exception, match=r"(?i)verif|sign"):
        verified(made_up_city(tmp_path), "~".join((token, *disclosures, last)))


def test_刻印は開いた事項から読め最後の関所が内容を知る(otaru: City):
    """A-05: the last hop tells whose content a credential holds, as of a PDF."""
    document = personal()
    assert stamps_of(issued(otaru, document).encode("ascii")) == (document.stamp,)
    assert stamps_of(b"eyJhbGciOiJub25lIn0.e30.") == stamps_of(b"eyJ") == ()


def _opened(disclosure: str) -> list[Any]:  # JSON
    return list(json.loads(SDJWTCommon._base64url_decode(disclosure)))


@pytest.mark.parametrize("output", [OutputForm.ELECTRONIC, OutputForm.CREDENTIAL])
def test_電子の写しは郵送できない(output: OutputForm):
    request = CertificateRequest(ISSUED_ON, Requester.SELF, delivery=Delivery.MAIL_TO_RESIDENCE, output=output)
    assert [found.key for found in JUMINHYO_PERSONAL.check(Subjects((HANAKO,)), request, CITY)] == ["output"]
    assert JUMINHYO_PERSONAL.check(Subjects((HANAKO,)), CertificateRequest(ISSUED_ON, Requester.SELF, output=output), CITY) == ()
