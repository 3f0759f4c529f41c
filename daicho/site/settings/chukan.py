"""中間サーバーの設定 — settings of the chukan system. 番号法第19条第8号, 第21条."""

import os

os.environ["DAICHO_SYSTEM"] = "chukan"

from daicho.site.settings.base import *  # noqa: F403
