"""転出証明書情報の通知の電文 — golden files of what residents certifies and takes back. 住民基本台帳法第24条の2; G-11."""

from datetime import date

import pytest

from daicho.contracts.base import definition_of
from daicho.contracts.move_out_certificate_info_v1 import MoveOutCertificateInfoV1, MoveOutCertificateWithdrawnV1
from tests.contracts.golden import assert_golden
from tests.contracts.move_out_samples import CERTIFICATE, CODE, OTHER_CODE

ID = "6c0f4f7e-2a1d-4f0a-8f0d-0c2b5d1e9a11"
INFO = MoveOutCertificateInfoV1(ID, date(2026, 7, 28), CERTIFICATE)
WITHDRAWN = MoveOutCertificateWithdrawnV1(ID, (CODE, OTHER_CODE))


@pytest.mark.parametrize("message", [INFO, WITHDRAWN])
def test_通知と取消しは最初に送った形のままである(message):
    assert definition_of(message).category == "notice"
    assert_golden(message)
