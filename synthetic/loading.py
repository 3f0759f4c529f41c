"""架空の市の取込み — hands the made-up file to the commands that take in a real one. Needs Django."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from daicho.audit.actor import Actor


def holds_people(system: str) -> bool:
    """Whether this process's system has anybody."""
    if system == "residents":
        from daicho.residents.models import Person

        return Person.objects.exists()
    if system == "transfers":
        from daicho.transfers.models import Person as Subject

        return Subject.objects.exists()
    from daicho.juki_net.models import IdentityRecord

    return IdentityRecord.objects.exists()


def load(system: str, file: Path, progress: Callable[[int], None]) -> int:
    """Take the file in; returns how many people it brought."""
    if system == "residents":
        from daicho.residents.commands.importing import BadFile, import_register
        from daicho.residents.permissions import Permission

        try:
            return import_register(Actor.system("synthetic", Permission.REGISTER_IMPORT), file, progress=progress).persons
        except BadFile as bad:
            faults = {(fault.item, fault.reason) for fault in bad.bad}
            raise SystemExit(f"the made-up file is faulty ({len(bad.bad)} rows): {sorted(faults)[:10]}") from None
    if system == "transfers":
        from daicho.transfers.commands.importing import import_people
        from daicho.transfers.permissions import TransfersPermission

        return import_people(Actor.system("synthetic", TransfersPermission.PERSON_UPDATE), file, progress=progress)
    from daicho.juki_net.commands.importing import import_identity
    from daicho.juki_net.permissions import JukiNetPermission

    return import_identity(Actor.system("synthetic", JukiNetPermission.IDENTITY_UPDATE), file, progress=progress)
