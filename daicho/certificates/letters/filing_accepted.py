"""住民異動届受理通知 — that a 届出 was accepted, to where the filer lived before. 住民基本台帳法第27条; 標準仕様 4.1.0.3 (N-4.1.0.3-01…-06).

It tells five things and no address: whoever opens it at the former address learns nothing of the new one.
"""

from __future__ import annotations

from datetime import date

from daicho.certificates.letters.letter import Fact, LetterDefinition

FILING_ACCEPTED = LetterDefinition(
    code="filing_accepted",
    ja="住民異動届受理通知",
    title="住民異動届の受理について（通知）",
    article="住民基本台帳法第27条、標準仕様4.1.0.3",
    in_force=(date(2025, 5, 26), None),
    text_key="letter_filing_accepted",
    body=(
        "{届出日}に、次のとおり{異動事由}の届出を受理しましたので、お知らせします。\n"
        "この通知は、本人になりすました届出を防ぐため、届出をした方の本人確認ができなかったときなどにお送りしています。"
        "お心当たりのないときは、すぐに下の問い合わせ先にご連絡ください。"
    ),
    fills=("届出日", "異動事由", "届出人氏名"),
    addressee_ja="異動前の住所の届出人。異動前の住所がない、又はそこへ送ることが適当でないときは、異動後の住所の異動者本人（N-4.1.0.3-04、-05）",
    facts=(
        Fact("filed_on", "届出日"),
        Fact("event", "異動事由"),
        Fact("filer_name", "届出人の氏名"),
        Fact("people", "異動者の氏名"),
        Fact("accepted", "受理"),
    ),
    sealed=False,
)
