"""画面の言葉 — what clerks read for kinds and counterparts. 標準7.1.1.1."""

from collections.abc import Mapping

KINDS: Mapping[str, str] = {}
DESTINATIONS: Mapping[str, str] = {"chukan": "中間サーバー", "departments": "庁内各課の業務システム"}
