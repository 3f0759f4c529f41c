"""不交付決定通知書 — a request for certificates that is not granted, with the reason and how to object. 住民基本台帳法第12条第6項, 第12条の3; 行政不服審査法第82条; 行政事件訴訟法第46条."""

from __future__ import annotations

from datetime import date

from daicho.certificates.letters.letter import Fact, LetterDefinition

APPLICATION_REFUSED = LetterDefinition(
    code="application_refused",
    ja="不交付決定通知書",
    title="証明書の不交付決定通知書",
    article="住民基本台帳法第12条第6項、第12条の2、第12条の3",
    in_force=(date(2025, 5, 26), None),
    text_key="letter_application_refused",
    body="{受付した日}に受け付けた証明書の交付の請求（申出）については、次の理由により交付しないことに決定しましたので、通知します。\n理由　{理由}",
    note_key="letter_application_refused_note",
    note=(
        "※この決定に不服があるときは、この通知書を受け取った日の翌日から起算して3か月以内に、市長に対して審査請求をすることができます。\n"
        "※この決定の取消しの訴えは、この通知書を受け取った日の翌日から起算して6か月以内に、市を被告として（訴訟において市を代表する者は市長となります。）"
        "提起することができます。審査請求をしたときは、これに対する裁決を受け取った日の翌日から起算して6か月以内に提起することができます。"
    ),
    addressee_ja="請求者（申出者）",
    fills=("受付した日", "理由"),
    facts=(Fact("application_no", "請求番号"), Fact("ground", "請求の根拠"), Fact("asked", "請求された証明書")),
)
