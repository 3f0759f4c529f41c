"""転出証明書情報の請求 — asks the former city on behalf of residents' counter, and hands the answer on; nothing of it is kept here. 住民基本台帳法第24条の2; G-11, S2-11."""

from __future__ import annotations

from daicho import audit
from daicho.contracts.move_out_certificate_v1 import MoveOutCertificateAnswerV1, MoveOutCertificateQuestionV1
from daicho.juki_net.commands.asking import Asking
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.ports import MoveOutRequest, MunicipalityPort
from daicho.juki_net.rules.move_out import certificate_problems, question_problems

_FORMER_CITY = Asking(
    JukiNetPermission.MOVE_OUT_ASK,
    MoveOutRequest,
    MoveOutCertificateAnswerV1,
    "move_out_certificate",
    wrong=question_problems,
    unfit=certificate_problems,
    silent_ja="前住所地の市区町村から、期限までに回答がありませんでした。",
    untrusted_ja="前住所地の市区町村の応答を信頼できないため、取り込みませんでした。システム管理者に連絡してください。",
)


def ask_former_city(question: MoveOutCertificateQuestionV1, actor: audit.Actor, port: MunicipalityPort) -> MoveOutCertificateAnswerV1:
    """Within the question's deadline, as `Asking.ask`."""
    return _FORMER_CITY.ask(question, actor, port.ask_move_out)
