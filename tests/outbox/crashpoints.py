"""倒れる所 — named points around connections and ports at which a real process is killed; no hook in the product knows of them. Issue step 5.

Each point has two sides: `before` the call begins, and `after` it returned. At the n-th time SIGKILL hits the process, once:

    python -m tests.outbox.crashpoints courier.deliver:after 1 MARKER -- daicho.site.cli worker        one process
    environment_for("commit:before", 3, marker, argv="worker", system="juki_net")                      processes started by others

The second form works through `crash_site/sitecustomize.py` on PYTHONPATH: every Python process below it reads the variables,
and those whose arguments and DAICHO_SYSTEM fit are killed. MARKER is the file that says that it happened (restarted processes live).

`STARTING_POINTS` lists (point, side) for the loops of the journeys. This module imports nothing of daicho before it is told to run.
"""

import functools
import importlib.abc
import importlib.util
import os
import runpy
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

CRASH_SITE = Path(__file__).with_name("crash_site")
SIDES = ("before", "after")


@dataclass(frozen=True)
class CrashPoint:
    """`module`.`owner`.`method` is wrapped; `ports` are the Protocol methods (module:Protocol.method) that it stands for.

    `on_the_way`: from the counter to the prefecture, which the journeys in tests/journeys/crossing pass in full.
    """

    name: str
    module: str
    owner: str
    method: str
    ports: tuple[str, ...] = ()
    on_the_way: bool = True


COURIER = ("daicho.outbox.courier:Courier.deliver",)
PREFECTURE = ("daicho.juki_net.ports:PrefecturePort.send_update",)
MUNICIPALITY = ("daicho.juki_net.ports:MunicipalityPort.send_move_in",)
FUHYO = ("daicho.juki_net.ports:MunicipalityPort.send_fuhyo",)
OWN_FUHYO = ("daicho.residents.ports:FamilyRegisterPort.send_fuhyo",)
QUESTION = ("daicho.outbox.courier:Questioner.ask",)
MOVE_OUTS = ("daicho.juki_net.ports:MunicipalityPort.ask_move_out",)
WIDE_AREA = ("daicho.juki_net.ports:MunicipalityPort.ask_wide_area",)
STOCK = ("daicho.juki_net.ports:NationalPort.request_codes",)
NUMBERS = ("daicho.juki_net.ports:NationalPort.request_number",)
CODES = ("daicho.chukan.ports:NetworkCorePort.request_code",)
RELEASES = ("daicho.chukan.ports:NetworkCorePort.send_release",)
PORTAL = ("daicho.residents.ports:PortalPort.send_answer",)
IMMIGRATION = ("daicho.residents.ports:ImmigrationPort.send_notice",)
DEPARTMENTS = "daicho.transfers.ports:DepartmentsPort"

POINTS = (
    # Every commit of every process: of the event, of a claim, of a settling, of the receiver's receipt and effects.
    CrashPoint("commit", "django.db.backends.base.base", "BaseDatabaseWrapper", "_commit"),
    CrashPoint("courier.wire", "daicho.outbox.wire", "WireCourier", "deliver", COURIER),
    CrashPoint("courier.prefecture", "daicho.juki_net.adapters.couriers", "PrefectureCourier", "deliver", COURIER),
    CrashPoint("courier.municipality", "daicho.juki_net.adapters.couriers", "MunicipalityCourier", "deliver", COURIER),
    CrashPoint("prefecture.send_update", "daicho.juki_net.adapters.wire", "WirePrefecture", "send_update", PREFECTURE),
    CrashPoint("municipality.send_move_in", "daicho.juki_net.adapters.wire", "WireMunicipality", "send_move_in", MUNICIPALITY),
    CrashPoint("municipality.send_fuhyo", "daicho.juki_net.adapters.wire", "WireMunicipality", "send_fuhyo", FUHYO, on_the_way=False),
    CrashPoint("courier.family_register", "daicho.residents.adapters.couriers", "FamilyRegisterCourier", "deliver", COURIER, on_the_way=False),
    CrashPoint("family_register.send_fuhyo", "daicho.residents.adapters.wire", "WireFamilyRegister", "send_fuhyo", OWN_FUHYO, on_the_way=False),
    CrashPoint("courier.wire.ask", "daicho.outbox.wire", "WireCourier", "ask", QUESTION, on_the_way=False),
    CrashPoint("municipality.ask_move_out", "daicho.juki_net.adapters.wire", "WireMunicipality", "ask_move_out", MOVE_OUTS, on_the_way=False),
    CrashPoint("municipality.ask_wide_area", "daicho.juki_net.adapters.wire", "WireMunicipality", "ask_wide_area", WIDE_AREA, on_the_way=False),
    CrashPoint("courier.national", "daicho.juki_net.adapters.couriers", "NationalCourier", "deliver", COURIER, on_the_way=False),
    CrashPoint("national.request_number", "daicho.juki_net.adapters.wire", "WireNational", "request_number", NUMBERS, on_the_way=False),
    CrashPoint("national.request_codes", "daicho.juki_net.adapters.wire", "WireNational", "request_codes", STOCK, on_the_way=False),
    CrashPoint("chukan.courier", "daicho.chukan.adapters.couriers", "NetworkCoreCourier", "deliver", COURIER),
    CrashPoint("chukan.request_code", "daicho.chukan.adapters.wire", "WireNetworkCore", "request_code", CODES),
    CrashPoint("chukan.send_release", "daicho.chukan.adapters.wire", "WireNetworkCore", "send_release", RELEASES),
    CrashPoint("courier.departments", "daicho.transfers.adapters.couriers", "DepartmentsCourier", "deliver", COURIER, on_the_way=False),
    CrashPoint("departments.send_feed", "daicho.transfers.adapters.wire", "WireDepartments", "send_feed", (f"{DEPARTMENTS}.send_feed",), on_the_way=False),
    CrashPoint("departments.send_batch", "daicho.transfers.adapters.wire", "WireDepartments", "send_batch", (f"{DEPARTMENTS}.send_batch",), on_the_way=False),
    CrashPoint("departments.send_outcome", "daicho.transfers.adapters.wire", "WireDepartments", "send_outcome", (f"{DEPARTMENTS}.send_outcome",), on_the_way=False),
    CrashPoint("courier.portal", "daicho.residents.adapters.couriers", "PortalCourier", "deliver", COURIER, on_the_way=False),
    CrashPoint("portal.send_answer", "daicho.residents.adapters.wire", "WirePortal", "send_answer", PORTAL, on_the_way=False),
    CrashPoint("courier.immigration", "daicho.residents.adapters.couriers", "ImmigrationCourier", "deliver", COURIER, on_the_way=False),
    CrashPoint("immigration.send_notice", "daicho.residents.adapters.wire", "WireImmigration", "send_notice", IMMIGRATION, on_the_way=False),
    # Bytes leave and come back: the one place where both ends may know different things.
    CrashPoint("http.post", "requests.sessions", "Session", "post"),
    # The receiver has decided and not yet answered.
    CrashPoint("intake.receive", "daicho.outbox.intake", "", "receive"),
)  # fmt: skip

STARTING_POINTS = tuple(f"{point.name}:{side}" for point in POINTS if point.on_the_way for side in SIDES)


def environment_for(point: str, hit: int, marker: Path, *, argv: str = "", system: str = "") -> dict[str, str]:
    """Variables that make a process below kill itself at the `hit`-th time of `point` ("name:side")."""
    _find(point)
    path = os.pathsep.join([str(CRASH_SITE), str(CRASH_SITE.parents[2]), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    return {"PYTHONPATH": path, "CRASH_AT": point, "CRASH_HIT": str(hit), "CRASH_MARKER": str(marker), "CRASH_ARGV": argv, "CRASH_SYSTEM": system}


def install_from_environment() -> None:
    """What sitecustomize calls in every process: nothing, unless this one is meant."""
    point = os.environ.get("CRASH_AT")
    with open("/proc/self/cmdline", "rb") as file:  # sys.argv is not there yet
        arguments = file.read().replace(b"\0", b" ").decode("utf-8", "replace")
    system = os.environ.get("CRASH_SYSTEM", "")
    if point and os.environ.get("CRASH_ARGV", "") in arguments and system in ("", os.environ.get("DAICHO_SYSTEM", "")):
        install(point, int(os.environ["CRASH_HIT"]), Path(os.environ["CRASH_MARKER"]))


def install(point: str, hit: int, marker: Path) -> None:
    """Wrap the point's method as soon as its module is imported."""
    crash_point, side = _find(point)
    fuse = _Fuse(hit, marker)
    when_imported(crash_point.module, lambda module: _wrap(module, crash_point, side, fuse))


def when_imported(name: str, act: Callable[[ModuleType], None]) -> None:
    """Call `act` with the module `name`: now if it is there, else as soon as it has been imported."""
    if name in sys.modules:
        act(sys.modules[name])
    else:
        sys.meta_path.insert(0, _AfterImport(name, act))


def _find(point: str) -> tuple[CrashPoint, str]:
    name, _, side = point.rpartition(":")
    found = [one for one in POINTS if one.name == name]
    if not found or side not in SIDES:
        raise SystemExit(f"no crash point {point}; there are: {' '.join(STARTING_POINTS)}")
    return found[0], side


class _Fuse:
    """Counts, and kills the process at the n-th time unless the marker says that it has happened before."""

    def __init__(self, hit: int, marker: Path) -> None:
        self.left = hit
        self.marker = marker
        self.lock = threading.Lock()

    def burn(self) -> None:
        with self.lock:
            self.left -= 1
            if self.left != 0:
                return
            try:
                os.close(os.open(self.marker, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
            except FileExistsError:
                return
            os.kill(os.getpid(), signal.SIGKILL)


def _wrap(module: ModuleType, point: CrashPoint, side: str, fuse: _Fuse) -> None:
    owner = getattr(module, point.owner) if point.owner else module
    original = getattr(owner, point.method)

    @functools.wraps(original)
    def wrapped(*args, **kwargs):
        if side == "before":
            fuse.burn()
        try:
            return original(*args, **kwargs)
        finally:
            if side == "after":
                fuse.burn()

    setattr(owner, point.method, wrapped)


class _AfterImport(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Lets the module be loaded as always, and acts then."""

    def __init__(self, name: str, act: Callable[[ModuleType], None]) -> None:
        self.name, self.act = name, act

    def find_spec(self, fullname, path=None, target=None):
        if fullname != self.name:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        if spec is None or spec.loader is None:
            return None
        self.loader = spec.loader
        spec.loader = self
        return spec

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        self.loader.exec_module(module)
        self.act(module)


def main(arguments: list[str]) -> None:
    if len(arguments) < 5 or arguments[3] != "--":
        raise SystemExit("python -m tests.outbox.crashpoints POINT:SIDE HIT MARKER -- MODULE [ARGUMENT ...]")
    point, hit, marker, _, module, *rest = arguments
    install(point, int(hit), Path(marker))
    sys.argv = [module, *rest]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1:])
