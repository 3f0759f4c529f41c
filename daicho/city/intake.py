"""受付口 — the only door for the city's settings from the system where they are entered. G-29."""

from __future__ import annotations

from daicho import audit
from daicho.city.permissions import CityPermission
from daicho.city.provisioning import take_over_places, take_over_setting
from daicho.contracts.city_places_v1 import CityPlacesV1
from daicho.contracts.city_setting_v1 import CitySettingV1
from daicho.outbox.envelope import Envelope


def handle_setting(message: object, envelope: Envelope) -> None:
    """市の設定, inside the transaction of the receipt."""
    assert isinstance(message, CitySettingV1)  # the post room decoded it by its kind
    take_over_setting(audit.Actor.system("city.intake", CityPermission.SETTING_APPROVE), message)


def handle_places(message: object, envelope: Envelope) -> None:
    """入力場所・端末・認証者, inside the transaction of the receipt."""
    assert isinstance(message, CityPlacesV1)  # as above
    take_over_places(audit.Actor.system("city.intake", CityPermission.OFFICE_REGISTER), message)
