"""紙の名 — what every kind of paper of 交付履歴 is called: certificates, letters, forms and lists. 標準仕様 1.3.8 (N-1.3.8-01, -06)."""

from __future__ import annotations

from collections.abc import Mapping

from daicho.certificates.catalogue import ALL_CERTIFICATES
from daicho.certificates.letters import ALL_LETTERS
from daicho.certificates.letters.forms import ALL_FORMS

CERTIFICATE_NAMES: Mapping[str, str] = {definition.code: definition.ja for definition in ALL_CERTIFICATES}
LETTER_NAMES: Mapping[str, str] = {**{letter.code: letter.ja for letter in ALL_LETTERS}, **{form.code: form.ja for form in ALL_FORMS}}
PAPER_NAMES: Mapping[str, str] = {**CERTIFICATE_NAMES, **LETTER_NAMES}
"""By code. A kind that is no longer made keeps its name here with its definition."""
