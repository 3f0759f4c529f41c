"""住基ネット・市町村CSの設定 — settings of the juki_net system. 住民基本台帳法第30条の5."""

import os

os.environ["DAICHO_SYSTEM"] = "juki_net"

from daicho.site.settings.base import *  # noqa: F403

STAFF_SECOND_FACTOR = "daicho.staff.adapters.webauthn.WebAuthn"  # F-2-08, F-3-08
