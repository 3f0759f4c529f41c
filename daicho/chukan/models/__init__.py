"""中間サーバーの表 — who is served, the people with their replicas and 符号, the list of who may ask what, and the record of each inquiry. F-1-60."""

from daicho.chukan.models.columns import ServedMunicipality
from daicho.chukan.models.files import ExportedFile
from daicho.chukan.models.inquiries import HeldDecision, Inquiry
from daicho.chukan.models.lists import Inquirer, ListEdition, ListedProvision
from daicho.chukan.models.persons import LinkageCode, Person, Replica, Withholding

__all__ = [
    "ExportedFile",
    "HeldDecision",
    "Inquirer",
    "Inquiry",
    "LinkageCode",
    "ListEdition",
    "ListedProvision",
    "Person",
    "Replica",
    "ServedMunicipality",
    "Withholding",
]
