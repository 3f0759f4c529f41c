"""従うシステムの市の設定 — 統合宛名 shows what residents told it, from its day on, and has no address to change it. G-29; decision 0018."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.http import HttpResponse

from daicho.city.intake import handle_places, handle_setting
from daicho.city.permissions import CityPermission
from daicho.contracts.city_places_v1 import CertifierPeriod, CityPlacesV1, OfficePeriod, TerminalPeriod
from daicho.contracts.city_setting_v1 import CitySettingV1
from tests.atena.desks import signed_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 9, 1, tzinfo=UTC)
TOLD = CitySettingV1("atena_replica_kept_days", "5", date(2026, 5, 1), None, "保管の見直し", "d.ishida", AT, "t.honma", AT)


def words(answer: HttpResponse) -> str:
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def officer(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    return signed_in(*CityPermission, "staff:account:read", "staff:account:create")


def test_住民記録で承認された設定がその日から示される(officer):
    """Given a setting that two officers of residents made, When it was told, Then it is shown here from its day on."""
    handle_setting(TOLD, None)
    label = "統合宛名で、中継した副本の控えを消すまでの日数"
    today, may = (words(officer.get(path)) for path in ("/city/", "/city/?on=R8.5.1"))
    assert f"{label} 3" in today and "令和8年5月1日から" in today
    assert f"{label} 5 市が設定した値" in may
    assert "住民記録のシステムで変更します" in today


def test_伝えられた場所と端末と認証者が示される(officer):
    since = date(2026, 4, 1)
    places = CityPlacesV1(
        (OfficePeriod("ekimae", "駅前サービスセンター", "", "", "", 2, since, None),),
        (TerminalPeriod("E01", "駅前1", "ekimae", "プリンタ003", 4, since, None),),
        (CertifierPeriod("mayor", "北海道小樽市長", "見本　太郎", "市長印", since, None),),
    )
    handle_places(places, None)
    page = words(officer.get("/city/places/"))
    assert "駅前サービスセンター" in page and "駅前1 E01" in page and "見本" in page
    assert "を申請" not in page and "を登録" not in page


@pytest.mark.parametrize(
    "path", ["/city/changes/", "/city/new/office/", "/city/setting/atena_replica_kept_days/change/", "/city/certifier/mayor/end/", "/staff/accounts/new/"]
)
def test_変更の画面はない(officer, path):
    assert officer.get(path).status_code == 404
