"""画面の言葉 — what clerks read for kinds, counterparts, certificates and what they may bear. 標準7.1.1.1."""

from collections.abc import Iterable, Mapping

from daicho.certificates.catalogue import ALL_CERTIFICATES

KINDS: Mapping[str, str] = {"convenience_issued": "コンビニ交付の履歴"}
DESTINATIONS: Mapping[str, str] = {"residents": "住民記録"}
CERTIFICATES: Mapping[str, str] = {definition.code: definition.ja for definition in ALL_CERTIFICATES}
CHOICES: Mapping[str, str] = {each.omissible.value: each.ja for definition in ALL_CERTIFICATES for each in definition.omissible}


def chosen_ja(shown: Iterable[str]) -> str:
    """What was to be shown, in words."""
    return "、".join(CHOICES.get(code, code) for code in shown) or "すべて省略"
