"""統合宛名の設定 — settings of the atena system. 番号法第9条."""

import os

os.environ["DAICHO_SYSTEM"] = "atena"

from daicho.site.settings.base import *  # noqa: F403
