"""情報提供の求め — the national network hands chukan an inquiry of a 情報照会者, with its 情報提供許可証. 番号法第19条第8号, 第21条第2項; G-19, S3-03.

The person is named by 符号 alone. The permit repeats what was permitted and is signed by the core apart from the wire: what the question
says and what the permit says must be the same.
"""

from dataclasses import dataclass
from datetime import datetime

from daicho.contracts.base import contract


@dataclass(frozen=True)
class Permit:
    """情報提供許可証: what the core permits, to whom, until when. `signature` covers all other fields (`permit_text`)."""

    permit_no: str
    issued_at: datetime
    expires_at: datetime
    provider_municipality_code: str  # 情報提供者
    inquirer_code: str
    affair_code: str
    item_no: str
    procedure_code: str
    information_code: str
    linkage_code_digest: str  # SHA-256 of the 符号, hexadecimal
    asked_at: datetime
    route: str
    inquirer_key_digest: str  # SHA-256 of the asker's public key (its 32 bytes), hexadecimal
    signature: str  # Ed25519 of the core, base64


@contract("provision_question", version=1, category="question")
@dataclass(frozen=True)
class ProvisionQuestionV1:
    """One inquiry about one person. Codes are our own neutral ones: the real code tables are not public."""

    question_id: str
    purpose: str
    deadline: datetime
    provider_municipality_code: str  # 情報提供者: whose replica is asked for
    inquirer_code: str  # 照会者機関コード
    affair_code: str  # 事務コード
    item_no: str  # 項番 of the list in force on the day of `asked_at`
    procedure_code: str  # 事務手続コード
    information_code: str  # 特定個人情報名コード
    linkage_code: str  # 符号
    asked_at: datetime  # 照会日時
    route: str  # 経路情報: by which way the answer reaches the asker (F-1-57)
    inquirer_public_key: str  # X25519, 32 bytes in base64: the answer is readable for its owner alone (F-1-53)
    permit: Permit
