"""中間サーバーの設定 — settings of the chukan system. 番号法第19条第8号, 第21条."""

import os

os.environ["DAICHO_SYSTEM"] = "chukan"

from daicho.site.settings.base import *  # noqa: F403
from daicho.site.settings.base import DATABASES, INSTALLATION

# The one room whose database serves many municipalities (F-1-60; site/row_security.py). Each connection says for whom it works
# when it is made, so that no handler can forget it, and RESET ALL comes back to it.
ROWS_BY_MUNICIPALITY = "chukan.ServedMunicipality"
DATABASES["default"]["OPTIONS"]["options"] += f" -c daicho.municipality={INSTALLATION.municipality_code}"
