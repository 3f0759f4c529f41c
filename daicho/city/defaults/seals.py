"""公印の設定 — who certifies each certificate, and whether and which seal it bears. 標準1.3.7, 1.3.9, 5.6 (N-5.6-01 to -05).

A seal belongs to the city, never to an office (N-5.6-11). Who certifies has a seal of their own; beside those there is one for certificates alone.
"""

from daicho.certificates.catalogue import ALL_CERTIFICATES
from daicho.certificates.signing import SEAL_FOR_CERTIFICATES, certifier_key, seal_key
from daicho.city.defaults.declaration import OWN, Default, Topic, one_of, text


def seal_settings(code: str, ja: str) -> tuple[Default, Default]:
    """The two settings of one certificate or letter that bears a seal."""
    return (
        one_of(
            certifier_key(code),
            f"{ja}の認証者",
            "of_the_day",
            "標準5.6（証明書ごとに選べる）。初めは標準1.3.9（職務代理者期間で自動に替わる）",
            of_the_day="職務代理者期間は職務代理者、ほかの日は市区町村長",
            mayor="いつも市区町村長",
            deputy="職務代理者",
        ),
        one_of(
            seal_key(code),
            f"{ja}の公印",
            "certifier",
            "標準5.6（有無と種類を証明書ごとに選べる）",
            certifier="認証者の印",
            mayor="市区町村長の印",
            deputy="職務代理者の印",
            certificates="証明書専用の印",
            none="印字しない",
        ),
    )


TOPIC = Topic(
    "seals",
    "公印・認証者",
    (
        text(SEAL_FOR_CERTIFICATES, "証明書専用の印の名（登録した電子公印の名。無ければ空）", "", OWN, may_be_empty=True),
        *(each for definition in ALL_CERTIFICATES for each in seal_settings(definition.code, definition.ja)),
    ),
)
