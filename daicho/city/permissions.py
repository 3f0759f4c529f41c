"""市の設定の権限 — what an officer may do with settings and masters; granted by dated data. 標準10.3-13."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class CityPermission(StrEnum):
    SETTING_READ = "city:setting:read"
    SETTING_ENTER = "city:setting:enter"
    SETTING_APPROVE = "city:setting:approve"
    OFFICE_REGISTER = "city:office:register"
    CERTIFIER_APPOINT = "city:certifier:appoint"
    DICTIONARY_IMPORT = "city:dictionary:import"


LABELS_JA: Mapping[str, str] = MappingProxyType(
    {
        CityPermission.SETTING_READ: "市の設定を見る",
        CityPermission.SETTING_ENTER: "設定値の変更の申請",
        CityPermission.SETTING_APPROVE: "市の設定の変更の承認",
        CityPermission.OFFICE_REGISTER: "入力場所・端末の変更の申請",
        CityPermission.CERTIFIER_APPOINT: "認証者の変更の申請",
        CityPermission.DICTIONARY_IMPORT: "住所辞書・方書の辞書・コード表の取込み",
    }
)
