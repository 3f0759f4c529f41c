"""スケジュール管理の製品 — what starts the jobs: this program itself and no other product, named with its version as it runs here. N-9.1-05."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib.metadata import version

from django.db import connection


@dataclass(frozen=True)
class Product:
    """A product by the name, maker and version that a city asks for."""

    role: str
    name: str
    maker: str
    version: str


def products() -> tuple[Product, ...]:
    """The scheduler, and what it stands on, as they run now. No query beyond the connection's own greeting."""
    major, minor = divmod(connection.pg_version, 10000)  # type: ignore[attr-defined]
    return (
        Product("スケジュール管理", "daicho（このシステム自身。ほかの製品は使わない）", "daichoの開発者", version("daicho")),
        Product("データベース", "PostgreSQL", "PostgreSQL Global Development Group", f"{major}.{minor}"),
        Product("実行環境", "Python", "Python Software Foundation", platform.python_version()),
    )


def machine() -> str:
    """The 処理端末 of what starts by itself: the server's own name (N-9.1-10)."""
    return platform.node()[:60] or "サーバ"
