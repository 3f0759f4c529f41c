"""庁内連携の設定 — settings of the transfers system. 番号法第9条第1項."""

import os

os.environ["DAICHO_SYSTEM"] = "transfers"

from daicho.site.settings.base import *  # noqa: F403
