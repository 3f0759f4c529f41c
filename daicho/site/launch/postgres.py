"""組込みPostgreSQL — one database cluster of our own: made, started, asked, stopped. 設計2章.

Passwords (scram) everywhere, also on the socket; nothing is trusted. As root the cluster belongs to a system user.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from daicho.site.config_write import write_private
from daicho.site.launch import binaries
from daicho.site.launch.binaries import Account, LaunchError

SUPERUSER = "postgres"

# What fails must not carry a row into the log: no DETAIL, no statement, no parameter.
QUIET_LOG = {"log_error_verbosity": "terse", "log_min_error_statement": "panic", "log_parameter_max_length_on_error": "0", "log_statement": "none"}
PG_HBA = "local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\nhost all all ::1/128 scram-sha-256\n"


@dataclass
class Cluster:
    """`folder` holds data, log and the superuser's password. Served on a socket in `folder`, and on `port` of 127.0.0.1 when `tcp`."""

    folder: Path
    port: int
    tcp: bool = True
    settings: dict[str, str] = field(default_factory=dict)
    programs: Path | None = None

    def __post_init__(self) -> None:
        self.who: Account = binaries.account()
        self.bin: Path = binaries.reachable(self.programs or binaries.find(), self.who, self.folder.parent)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def socket_dir(self) -> Path:
        return self.folder / "s"

    @property
    def has_socket(self) -> bool:
        """A socket's path has room for 107 bytes."""
        return len(os.fsencode(self.socket_dir)) <= 90

    @property
    def host(self) -> str:
        """Where the processes of this machine find it: the socket, which is the shorter way (a statement takes a fifth less)."""
        return str(self.socket_dir) if self.has_socket else "127.0.0.1"

    @property
    def log(self) -> Path:
        return self.folder / "postgresql.log"

    def exists(self) -> bool:
        return (self.data / "PG_VERSION").is_file()

    def create(self) -> None:
        """initdb, unless it was done. A half-made cluster (interrupted) is made anew."""
        if self.exists() and (self.folder / "complete").exists():
            self._same_version()
            return
        shutil.rmtree(self.data, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711 if self.who.switched else 0o700)
        self.data.mkdir(mode=0o700)
        self.who.own(self.data)
        self.log.touch(mode=0o600)
        self.who.own(self.log)
        write_private(self.folder / "password", secrets.token_urlsafe(24))
        password_file = self.folder / "initdb.password"
        write_private(password_file, (self.folder / "password").read_text())
        self.who.own(password_file)
        try:
            self._run(
                "initdb", "-D", self.data, "--username", SUPERUSER, "--pwfile", password_file, "--auth", "scram-sha-256",
                "--encoding", "UTF8", "--locale", "C.UTF-8", "--data-checksums", "--no-instructions",
            )  # fmt: skip
        finally:
            password_file.unlink()
        (self.folder / "complete").touch()

    def start(self) -> None:
        """Start and wait until it answers. Raises LaunchError with the log's last lines."""
        if self.running():
            return
        if not self.tcp and not self.has_socket:
            raise LaunchError(f"{self.socket_dir} is too long for a socket's path (107 bytes); choose a shorter folder")
        self._remove_stale_lock()
        self.socket_dir.mkdir(exist_ok=True)
        self.who.own(self.socket_dir)
        self._configure()
        self.log.write_text("")
        try:
            self._run("pg_ctl", "-D", self.data, "-l", self.log, "-w", "-t", "60", "start")
        except LaunchError as error:
            tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
            raise LaunchError(f"PostgreSQL in {self.folder} did not start: {error}\n{tail}") from None

    def stop(self, mode: str = "fast") -> None:
        if self.exists() and self.running():
            self._run("pg_ctl", "-D", self.data, "-w", "-t", "60", "-m", mode, "stop")

    def running(self) -> bool:
        """As pg_ctl sees it, except that pg_ctl takes a dead postmaster that nobody has reaped for a living one."""
        return self.postmaster_lives() and self._call("pg_ctl", "-D", self.data, "status") == 0

    def postmaster_lives(self) -> bool:
        """A cheap look at its process (no program is started); a zombie does not live."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
        except (OSError, ValueError, IndexError):
            return False

    def password(self) -> str:
        return (self.folder / "password").read_text()

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """A connection as superuser, for making roles and databases and nothing else."""
        return psycopg.connect(host=self.host, port=self.port, dbname=database, user=SUPERUSER, password=self.password(), autocommit=True, connect_timeout=10)

    def _configure(self) -> None:
        settings = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1" if self.tcp else "",
            "unix_socket_directories": str(self.socket_dir) if self.has_socket else "",
            "unix_socket_permissions": "0777" if self.who.switched else "0700",  # the password is asked there too
            "password_encryption": "scram-sha-256",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "max_connections": "200",
            "shared_buffers": "256MB",
            **QUIET_LOG,
            **self.settings,
        }
        lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in settings.items()]
        for name, content in (("postgresql.conf", "\n".join(lines) + "\n"), ("pg_hba.conf", PG_HBA)):
            path = self.data / name
            write_private(path, content)
            self.who.own(path)

    def _same_version(self) -> None:
        stored, ours = int((self.data / "PG_VERSION").read_text()), binaries.version(self.bin)
        if stored != ours:
            raise LaunchError(
                f"the data in {self.folder} belong to PostgreSQL {stored}, the programs are {ours}: set PGBIN to version {stored}, or begin anew with RESET=1"
            )

    def _remove_stale_lock(self) -> None:
        """After a power cut or a kill the lock may name a process that is dead, or by now somebody else's.

        PostgreSQL's own look at it is bypassed then, so what it guards against is looked for here: servers still at work.
        """
        lock = self.data / "postmaster.pid"
        try:
            pid = int(lock.read_text().splitlines()[0])
        except (OSError, ValueError, IndexError):
            return
        if self.postmaster_lives() and _command_of(pid) in ("postgres", "postmaster"):
            return
        until = time.monotonic() + 10
        while _working_in(self.data):
            if time.monotonic() > until:
                raise LaunchError(f"processes of a dead PostgreSQL still work in {self.data}; end them first")
            time.sleep(0.1)
        lock.unlink(missing_ok=True)

    def _run(self, program: str, *arguments: str | Path) -> None:
        code = self._call(program, *arguments)
        if code:
            raise LaunchError(f"{program} ended with {code}\n{self._said()}")

    def _call(self, program: str, *arguments: str | Path) -> int:
        # Into a file, not a pipe: the server that pg_ctl starts would keep a pipe open for ever.
        with open(self.folder / "last-command.log", "wb") as output:
            return subprocess.run(
                [str(self.bin / program), *map(str, arguments)],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, cwd="/", env=self._environment(), **self.who.popen_arguments(),
            ).returncode  # fmt: skip

    def _said(self) -> str:
        return (self.folder / "last-command.log").read_text(errors="replace")[-2000:]

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG") and name not in ("LANG", "LC_ALL")}
        return {**kept, "LC_ALL": "C.UTF-8"}


def _command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def _working_in(folder: Path) -> bool:
    """Whether some process has `folder` as its own; every process of a PostgreSQL has its data folder."""
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if entry.readlink() == folder:
                return True
    return False
