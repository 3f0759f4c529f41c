"""架空の市の取込み — hands the made-up file to the commands that take in a real one. Needs Django."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from daicho.audit.actor import Actor
from daicho.values.made_up import CAPACITY, made_up_juminhyo_code

STOCK = 1_000
"""空き番 of the made-up city, from the end of the made-up numbers: nobody's, whatever its size."""


def holds_people(system: str) -> bool:
    """Whether this process's system has anybody."""
    if system == "residents":
        from daicho.residents.models import Person

        return Person.objects.exists()
    if system == "konbini":
        from daicho.konbini.models import CertifiedPerson

        return CertifiedPerson.objects.exists()
    if system == "atena":
        from daicho.atena.models import IntegratedPerson

        return IntegratedPerson.objects.exists()
    if system == "chukan":
        from daicho.chukan.models import Person as OfReplica

        return OfReplica.objects.exists()
    if system == "transfers":
        from daicho.transfers.models import Person as Subject

        return Subject.objects.exists()
    from daicho.juki_net.models import IdentityRecord

    return IdentityRecord.objects.exists()


def load(system: str, file: Path, progress: Callable[[int], None]) -> int:
    """Take the file in; returns how many people it brought."""
    if system == "residents":
        from daicho.residents.commands.code_stock import stock_codes
        from daicho.residents.commands.importing import BadFile, import_register
        from daicho.residents.permissions import Permission

        stock_codes(Actor.system("import", Permission.REGISTER_IMPORT), [str(made_up_juminhyo_code(CAPACITY - 1 - n)) for n in range(STOCK)])
        try:
            return import_register(Actor.system("import", Permission.REGISTER_IMPORT), file, progress=progress).persons
        except BadFile as bad:
            faults = {(fault.item, fault.reason) for fault in bad.bad}
            raise SystemExit(f"the made-up file is faulty ({len(bad.bad)} rows): {sorted(faults)[:10]}") from None
    if system == "konbini":
        from daicho.konbini.commands.importing import import_certificate_data
        from daicho.konbini.permissions import KonbiniPermission

        return import_certificate_data(Actor.system("import", KonbiniPermission.DATA_TAKE), file, progress=progress)
    if system == "atena":
        from daicho.atena.commands.importing import import_persons
        from daicho.atena.permissions import AtenaPermission

        return import_persons(Actor.system("import", AtenaPermission.INFO_UPDATE), file, progress=progress)
    if system == "chukan":
        return _chukan(file, progress)
    if system == "transfers":
        from daicho.transfers.commands.importing import import_people
        from daicho.transfers.permissions import TransfersPermission

        return import_people(Actor.system("import", TransfersPermission.PERSON_UPDATE), file, progress=progress)
    from daicho.juki_net.commands.importing import import_identity
    from daicho.juki_net.permissions import JukiNetPermission

    return import_identity(Actor.system("import", JukiNetPermission.IDENTITY_UPDATE), file, progress=progress)


def _chukan(file: Path, progress: Callable[[int], None]) -> int:
    """The lists of who may ask what, as they come with the product, and the replicas."""
    from daicho import chukan
    from daicho.chukan.commands import import_inquirers, import_provisions, import_replicas
    from daicho.chukan.permissions import ChukanPermission

    actor = Actor.system("import", ChukanPermission.REPLICA_ACCEPT, ChukanPermission.LIST_IMPORT)
    data = Path(chukan.__file__).parent / "data"
    import_provisions(actor, data / "provision_list.csv")
    import_inquirers(actor, data / "inquirers.csv")
    return import_replicas(actor, file, progress=progress)
