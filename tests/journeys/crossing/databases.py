"""試験の街のデータベース — an instance for each system (F-2-31), filled from the tests' migrated templates: migrating takes ten times as long. 設計2章."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping

from daicho.site.config import Installation
from daicho.site.launch import roles
from daicho.site.launch.postgres import SUPERUSER, Cluster
from tests import harness


def prepare(made: Installation, clusters: Mapping[str, Cluster]) -> None:
    """Clusters, roles, databases; and in them what `daicho migrate` made in the template, owners and grants and policies too."""
    for system, cluster in clusters.items():
        cluster.create()
        cluster.start()
        database = made.system(system).database
        with cluster.connect() as superuser:
            roles.close_to_public(superuser)
            roles.ensure_roles(superuser, database)
            roles.ensure_database(superuser, database)
        with cluster.connect(database.name) as inside:
            roles.close_schema(inside, database)
        with harness.clone(system) as clone:
            _copy(harness.cluster(), clone.name, cluster, database.name)


def _copy(source: Cluster, name: str, to: Cluster, as_name: str) -> None:
    """Everything that lies in one database, into another that has the roles; all of it, or an error."""
    dump = subprocess.Popen([source.bin / "pg_dump", *_at(source, name)], env=_password(source), stdout=subprocess.PIPE)
    words = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
    subprocess.run([to.bin / "psql", *words, *_at(to, as_name)], env=_password(to), stdin=dump.stdout, check=True)
    assert dump.stdout is not None
    dump.stdout.close()
    assert dump.wait() == 0


def _at(cluster: Cluster, name: str) -> list[str]:
    return [f"--host={cluster.host}", f"--port={cluster.port}", f"--username={SUPERUSER}", f"--dbname={name}", "--no-password"]


def _password(cluster: Cluster) -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "PGPASSWORD": cluster.password()}
