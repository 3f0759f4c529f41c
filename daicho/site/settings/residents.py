"""住民記録の設定 — settings of the residents system. 住民基本台帳法第5条."""

import os

os.environ["DAICHO_SYSTEM"] = "residents"

from daicho.site.settings.base import *  # noqa: F403

if LISTENER != "wire":  # noqa: F405
    # Around all that could touch an answer; the pace of answers alone stands around it, and touches none.
    MIDDLEWARE = [MIDDLEWARE[0], "daicho.residents.screens.last_hop.LastHop", *MIDDLEWARE[1:]]  # noqa: F405
