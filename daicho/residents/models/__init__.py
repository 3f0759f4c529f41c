"""住民記録の表 — tables only: columns, constraints and what a row is as a value. design §4."""

from daicho.residents.models.code_stock import CodeStockRequest, StockedCode
from daicho.residents.models.convenience import ConvenienceIssue
from daicho.residents.models.counter import CertificateIssue, CertificateSubject, Claim, Filing, Visit
from daicho.residents.models.event import CivilEvent
from daicho.residents.models.files import ExportedFile
from daicho.residents.models.fuhyo import FuhyoWithoutSeat
from daicho.residents.models.head_letter import HeadLetter
from daicho.residents.models.immigration import CommissionerNotice, ImmigrationNotice, ResidenceTerm
from daicho.residents.models.number_request import NumberRequest
from daicho.residents.models.officer_note import OfficerNote
from daicho.residents.models.received import ReceivedNotice
from daicho.residents.models.record import Annulment, Household, Person, Sheet, SheetCurrent, SheetVersion, Spell
from daicho.residents.models.removal import Removal
from daicho.residents.models.renaming import Renaming, RenamingLine
from daicho.residents.models.search import SearchTerm
from daicho.residents.models.survey import Survey, SurveyStep, SurveySubject
from daicho.residents.models.told import ToldIdentity

__all__ = [
    "Annulment", "CertificateIssue", "CertificateSubject", "CivilEvent", "Claim", "CodeStockRequest", "CommissionerNotice", "ConvenienceIssue", "ExportedFile", "Filing", "FuhyoWithoutSeat", "HeadLetter", "Household", "ImmigrationNotice", "NumberRequest", "OfficerNote", "Person", "ReceivedNotice", "Removal", "Renaming", "RenamingLine", "ResidenceTerm", "SearchTerm", "Sheet", "SheetCurrent", "SheetVersion", "Spell", "StockedCode", "Survey", "SurveyStep", "SurveySubject", "ToldIdentity", "Visit",
]  # fmt: skip
