"""画面の言葉 — what clerks read for kinds and counterparts. 標準7.1.1.1."""

from collections.abc import Mapping

KINDS: Mapping[str, str] = {}
DESTINATIONS: Mapping[str, str] = {"departments": "庁内各課の業務システム", "residents": "住民記録"}
