"""公印の設定 — who certifies each certificate and signs each letter, and whether and which seal it bears. 標準1.3.7, 1.3.9, 5.6 (N-5.6-01 to -05).

A seal belongs to the city, never to an office (N-5.6-11). Who certifies has a seal of their own; beside those there is one for certificates alone.
"""

from daicho.certificates.catalogue import ALL_CERTIFICATES
from daicho.certificates.letters import ALL_LETTERS
from daicho.certificates.letters.letter import LetterDefinition
from daicho.certificates.signing import SEAL_FOR_CERTIFICATES, certifier_key, seal_key
from daicho.city.defaults.declaration import OWN, Default, Topic, one_of, text


def certificate_seals(code: str, ja: str) -> tuple[Default, Default]:
    """The two settings of one certificate."""
    return _certifier(code, f"{ja}の認証者"), _seal(code, ja, certificates="証明書専用の印")


def letter_seals(letter: LetterDefinition) -> tuple[Default, ...]:
    """Those of one letter: who signs it and, where it bears a seal, which. One that is （公印省略） by its definition has no seal to choose."""
    signer = _certifier(letter.code, f"{letter.ja}の発信者")
    return (signer, _seal(letter.code, letter.ja)) if letter.sealed else (signer,)


def _certifier(code: str, ja: str) -> Default:
    return one_of(
        certifier_key(code),
        ja,
        "of_the_day",
        "標準5.6（証明書等ごとに選べる）。初めは標準1.3.9（職務代理者期間で自動に替わる）",
        of_the_day="職務代理者期間は職務代理者、ほかの日は市区町村長",
        mayor="いつも市区町村長",
        deputy="職務代理者",
    )


def _seal(code: str, ja: str, **more: str) -> Default:
    return one_of(
        seal_key(code),
        f"{ja}の公印",
        "certifier",
        "標準5.6（有無と種類を証明書等ごとに選べる）",
        certifier="認証者の印",
        mayor="市区町村長の印",
        deputy="職務代理者の印",
        **more,
        none="印字しない",
    )


TOPIC = Topic(
    "seals",
    "公印・認証者",
    (
        text(SEAL_FOR_CERTIFICATES, "証明書専用の印の名（登録した電子公印の名。無ければ空）", "", OWN, may_be_empty=True),
        *(each for definition in ALL_CERTIFICATES for each in certificate_seals(definition.code, definition.ja)),
    ),
)
LETTERS_TOPIC = Topic("letter_seals", "通知書の公印・発信者", tuple(each for letter in ALL_LETTERS for each in letter_seals(letter)))
