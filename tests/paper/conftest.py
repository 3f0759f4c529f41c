"""Fixtures of paper's tests."""

from __future__ import annotations

import pytest

from daicho.paper.fonts import FontSet
from daicho.paper.glyphs import Repertoire, repertoire
from tests.paper import tools


@pytest.fixture(scope="session")
def fonts() -> FontSet:
    return tools.fonts()


@pytest.fixture(scope="session")
def glyphs(fonts: FontSet) -> Repertoire:
    return repertoire(fonts)
