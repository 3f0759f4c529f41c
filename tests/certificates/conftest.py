"""Fixtures of the certificates' tests: the press with the certificate's font."""

from __future__ import annotations

from dataclasses import replace

import pytest

from daicho.certificates import TEMPLATES
from daicho.certificates.city_texts import CityTexts
from daicho.paper.ground import draw_ground
from daicho.paper.press import Press, open_press
from daicho.paper.seal import draw_made_up_seal, seal_size_mm
from daicho.paper.tally import draw_tally
from tests.certificates.people import CITY
from tests.paper import tools


@pytest.fixture(scope="session")
def press() -> Press:
    return open_press(tools.fonts().directory, TEMPLATES)


@pytest.fixture(scope="session")
def city() -> CityTexts:
    """The city with its seal, its tally and its ground pattern drawn."""
    seal = draw_made_up_seal("北海道小樽市長之印", tools.fonts())
    certifier = replace(CITY.certifier, seal_svg=seal, seal_mm=seal_size_mm(seal))
    return replace(CITY, certifier=certifier, ground_svg=draw_ground("複写", tools.fonts()), tally_svg=draw_tally("契", tools.fonts()))
