"""外の世界の構成 — the file that tells the simulators their ports, keys and peers. They import nothing of daicho."""

from __future__ import annotations

import json
from pathlib import Path

from daicho.site.config import Installation
from daicho.site.config_write import write_private
from daicho.site.launch.bootstrap import counterpart_port, wire_url
from daicho.site.launch.keys import PartyFiles


def write(path: Path, folder: Path, made: Installation, first_port: int) -> None:
    """Describe every counterpart that some system of `made` speaks with."""
    names = sorted({peer.name for system in made.systems.values() for peer in system.peers.values() if peer.kind == "counterpart"})
    lines = [f"store_dir = {json.dumps(str(folder / 'simulators'))}", f"clock_file = {json.dumps(str(made.clock_file))}"]
    for name in names:
        files = PartyFiles(folder / "keys" / name)
        lines += ["", f"[counterparts.{name}]", f"port = {counterpart_port(name, first_port)}"]
        for key, file in (
            ("signing_key_file", files.signing_key),
            ("tls_cert_file", files.tls_cert),
            ("tls_key_file", files.tls_key),
            ("tls_ca_file", files.trusted),
        ):
            lines.append(f"{key} = {json.dumps(str(file))}")
        for system in made.systems.values():
            if name in system.peers:
                public_key = PartyFiles(folder / "keys" / system.name).public_key
                lines += ["", f"[counterparts.{name}.peers.{system.name}]", f"public_key_file = {json.dumps(str(public_key))}"]
                lines.append(f"url = {json.dumps(wire_url(system.wire.port))}")
    write_private(path, "\n".join(lines) + "\n")
