"""導入構成の書出し — the installation's TOML file, written whole and readable by its owner alone. 住民基本台帳法第36条の2."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

from daicho.site.config import Database, Installation, System


def write(installation: Installation, path: Path) -> None:
    """Write `installation` to `path` (mode 600), replacing what was there in one step."""
    lines = [
        f"environment = {_text(installation.environment)}",
        f"municipality_code = {_text(installation.municipality_code)}",
        f"municipality_name = {_text(installation.municipality_name)}",
        f"prefecture_name = {_text(installation.prefecture_name)}",
        f"var_dir = {_text(installation.var_dir)}",
        f"clock_file = {_text(installation.clock_file)}",
        f"audit_retention_years = {installation.audit_retention_years}",
    ]
    if installation.eras_file is not None:
        lines.append(f"eras_file = {_text(installation.eras_file)}")
    for system in installation.systems.values():
        lines += ["", *_system(system)]
    write_private(path, "\n".join(lines) + "\n")


def write_for_processes(installation: Installation, system_name: str, path: Path) -> None:
    """The file for one system's listeners and worker: that system alone, and no password of its owner role."""
    system = installation.system(system_name)
    alone = replace(system, database=replace(system.database, owner_password=None, check_password=None))
    write(replace(installation, systems={system_name: alone}), path)


def write_for_check_page(installation: Installation, system_name: str, path: Path) -> None:
    """The file for the public's page: what it needs and nothing else, no key, no other role's password (daicho/check_page/config.py reads it)."""
    system = installation.system(system_name)
    database, listener = system.database, system.check_page
    assert listener is not None and database.check is not None and database.check_password is not None
    said = {
        "municipality_code": installation.municipality_code, "municipality_name": installation.municipality_name,
        "certificates": str(installation.var_dir / "city-certificates"), "host": listener.host, "database_host": database.host,
        "database_name": database.name, "role": database.check, "password": database.check_password,
    }  # fmt: skip
    lines = [f"{key} = {_text(value)}" for key, value in said.items()]
    proxied = "true" if installation.environment == "production" else "false"
    write_private(path, "\n".join([*lines, f"port = {listener.port}", f"database_port = {database.port}", f"behind_proxy = {proxied}"]) + "\n")


def write_private(path: Path, content: str | bytes) -> None:
    """Put `content` at `path` with mode 600; nobody ever sees half a file, nor a readable one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content.encode("utf-8") if isinstance(content, str) else content)
    draft.replace(path)


def _text(value: str | Path) -> str:
    # A JSON string is a TOML basic string, once DEL is written out.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _system(system: System) -> list[str]:
    table = f"systems.{system.name}"
    lines = [f"[{table}]", f"secret_key = {_text(system.secret_key)}"]
    if system.public_origin is not None:
        lines.append(f"public_origin = {_text(system.public_origin)}")
    if system.alarm_url is not None:
        lines.append(f"alarm_url = {_text(system.alarm_url)}")
    for key in ("vault_key_file", "signing_key_file", "tls_cert_file", "tls_key_file", "tls_ca_file"):
        lines.append(f"{key} = {_text(getattr(system, key))}")
    lines += ["", f"[{table}.database]", *_database(system.database)]
    for key, listener in (("screens", system.screens), ("wire", system.wire), ("check_page", system.check_page)):
        if listener is not None:
            lines += ["", f"[{table}.{key}]", f"host = {_text(listener.host)}", f"port = {listener.port}"]
    for peer in system.peers.values():
        lines += ["", f"[{table}.peers.{peer.name}]", f"url = {_text(peer.url)}"]
        lines += [f"public_key_file = {_text(peer.public_key_file)}", f"kind = {_text(peer.kind)}"]
    return lines


def _database(database: Database) -> list[str]:
    lines = [f"host = {_text(database.host)}", f"port = {database.port}", f"name = {_text(database.name)}", f"owner = {_text(database.owner)}"]
    if database.owner_password is not None:
        lines.append(f"owner_password = {_text(database.owner_password)}")
    lines += [f"web = {_text(database.web)}", f"web_password = {_text(database.web_password)}"]
    if database.check is not None:
        lines.append(f"check = {_text(database.check)}")
    if database.check_password is not None:
        lines.append(f"check_password = {_text(database.check_password)}")
    return lines
