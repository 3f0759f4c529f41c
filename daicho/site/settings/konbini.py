"""コンビニ交付の設定 — settings of the konbini system. 住民基本台帳法第12条."""

import os

os.environ["DAICHO_SYSTEM"] = "konbini"

from daicho.site.settings.base import *  # noqa: F403
