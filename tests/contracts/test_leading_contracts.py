"""職員と設定の電文 — golden files of what the one source tells the others. G-29."""

from datetime import UTC, date, datetime

import pytest

from daicho.contracts.city_places_v1 import CertifierPeriod, CityPlacesV1, OfficePeriod, TerminalPeriod
from daicho.contracts.city_setting_v1 import CitySettingV1
from daicho.contracts.staff_account_v1 import StaffAccountV1, StaffMembership
from tests.contracts.golden import assert_golden

SINCE = date(2026, 4, 1)
ACCOUNT = StaffAccountV1(
    "h.otaru", "小樽\u3000花子", "オタル\u3000ハナコ", "S1", SINCE, None, "argon2$argon2id$v=19$m=102400,t=2,p=8$made$up", datetime(2026, 4, 1, tzinfo=UTC), False,
    (StaffMembership("1201", "戸籍住民課", SINCE, None),),
)  # fmt: skip
SETTING = CitySettingV1("approval_cap", "7", SINCE, None, "試験", "o.one", datetime(2026, 4, 1, 1, tzinfo=UTC), "o.two", datetime(2026, 4, 1, 2, tzinfo=UTC))
PLACES = CityPlacesV1(
    (OfficePeriod("honcho", "本庁", "戸籍住民課", "0478660", "北海道小樽市花園2丁目12番1号", 1, SINCE, None),),
    (TerminalPeriod("H01", "本庁1", "honcho", "", 1, SINCE, None),),
    (CertifierPeriod("mayor", "北海道小樽市長", "架空\u3000太郎", "", SINCE, None),),
)


@pytest.mark.parametrize("message", [ACCOUNT, SETTING, PLACES], ids=lambda m: type(m).__name__)
def test_電文は最初に送った形のままである(message):
    assert_golden(message)
