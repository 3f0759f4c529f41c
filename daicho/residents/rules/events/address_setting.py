"""住所設定 — somebody who was nowhere registered has their address here, and files nothing: entered ex officio. 令第12条; std 4.2.1.1.

Where a former address is not known it says 「不明」, where there never was one it stays 空欄 (N-4.2.1.1-02, -03).
"""

from __future__ import annotations

from daicho.residents.rules.entering import entry_ex_officio
from daicho.residents.rules.vocabulary import ADDRESS_SET

ADDRESS_SETTING = entry_ex_officio(code=ADDRESS_SET, ja="住所設定", article="住民基本台帳法第8条、令第12条", detail="unregistered")
