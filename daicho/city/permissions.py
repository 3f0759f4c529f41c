"""市の設定の権限 — what an officer may do with settings and masters; granted by dated data. 標準10.3-13."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class CityPermission(StrEnum):
    SETTING_ENTER = "city:setting:enter"
    SETTING_APPROVE = "city:setting:approve"
    OFFICE_REGISTER = "city:office:register"
    CERTIFIER_APPOINT = "city:certifier:appoint"
    DICTIONARY_IMPORT = "city:dictionary:import"


LABELS_JA: Mapping[str, str] = MappingProxyType(
    {
        CityPermission.SETTING_ENTER: "設定値の入力",
        CityPermission.SETTING_APPROVE: "設定値の承認",
        CityPermission.OFFICE_REGISTER: "入力場所・端末の登録",
        CityPermission.CERTIFIER_APPOINT: "認証者の登録",
        CityPermission.DICTIONARY_IMPORT: "住所辞書・コード表の取込み",
    }
)
