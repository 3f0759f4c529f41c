"""照合ページのアドレス — where the public asks about a sheet: a dated setting, for a city may move to another name. decision 0046."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from daicho import city
from daicho.paper.errors import SigningFailed


def check_address(on: date) -> str:
    """The address in front of a code, with its closing slash. One query. Raises SigningFailed: in production none before the city has set one."""
    said = str(city.setting("check_page_address", on))
    if said:
        return said
    if settings.INSTALLATION.environment == "production":
        raise SigningFailed("照合ページのアドレスが設定されていません。市の設定で「照合ページのアドレス」を定めてから交付してください。")
    page = settings.DAICHO.check_page
    return f"http://localhost:{page.port}/check/" if page else "http://localhost/check/"
