"""住民記録の表 — tables only: columns, constraints and what a row is as a value. design §4."""

from daicho.residents.models.application import (
    ApplicationDecision,
    ApplicationMatch,
    ApplicationMoneyOrder,
    ApplicationStatement,
    ApplicationStep,
    CertificateApplication,
)
from daicho.residents.models.bulk_issue import BulkFile, BulkIssue, BulkLine
from daicho.residents.models.code_stock import CodeStockRequest, StockedCode
from daicho.residents.models.convenience import ConvenienceIssue
from daicho.residents.models.counter import CertificateIssue, CertificateSubject, Claim, Filing, Visit
from daicho.residents.models.double import Double, PersonUnion
from daicho.residents.models.event import CivilEvent
from daicho.residents.models.fee_closing import FeeClosing
from daicho.residents.models.files import ExportedFile
from daicho.residents.models.fuhyo import FuhyoWithoutSeat
from daicho.residents.models.head_letter import HeadLetter
from daicho.residents.models.held import Bundle, HeldCopy
from daicho.residents.models.immigration import CommissionerNotice, ImmigrationNotice, ResidenceTerm
from daicho.residents.models.issue import IssueDisposal, IssueStop
from daicho.residents.models.issue_correction import IssueCorrection
from daicho.residents.models.number_request import NumberRequest
from daicho.residents.models.officer_note import OfficerNote
from daicho.residents.models.paper_stock import PaperCheck, PaperCount, PaperMove, PaperResult, PaperSeries
from daicho.residents.models.principal_notice import PrincipalNoticeEntry
from daicho.residents.models.protection import Block, BlockLift, BlockTerm, BlockTold
from daicho.residents.models.received import ReceivedNotice
from daicho.residents.models.record import Annulment, Household, Person, Sheet, SheetCurrent, SheetVersion, Spell
from daicho.residents.models.removal import Removal
from daicho.residents.models.renaming import Renaming, RenamingLine
from daicho.residents.models.search import SearchTerm
from daicho.residents.models.search_history import SearchHistory
from daicho.residents.models.support import SupportCase, SupportDetail, SupportForward, SupportOpponent, SupportStep, SupportSubject
from daicho.residents.models.survey import Survey, SurveyStep, SurveySubject
from daicho.residents.models.told import ToldIdentity

__all__ = [
    "Annulment", "ApplicationDecision", "ApplicationMatch", "ApplicationMoneyOrder", "ApplicationStatement", "ApplicationStep", "Block", "BlockLift", "BlockTerm", "BlockTold", "BulkFile", "BulkIssue", "BulkLine", "Bundle", "CertificateApplication", "CertificateIssue", "CertificateSubject", "CivilEvent", "Claim", "CodeStockRequest", "CommissionerNotice", "ConvenienceIssue", "Double", "ExportedFile", "FeeClosing", "Filing", "FuhyoWithoutSeat", "HeadLetter", "HeldCopy", "Household", "ImmigrationNotice", "IssueCorrection", "IssueDisposal", "IssueStop", "NumberRequest", "OfficerNote", "PaperCheck", "PaperCount", "PaperMove", "PaperResult", "PaperSeries", "Person", "PersonUnion", "PrincipalNoticeEntry", "ReceivedNotice", "Removal", "Renaming", "RenamingLine", "ResidenceTerm", "SearchHistory", "SearchTerm", "Sheet", "SheetCurrent", "SheetVersion", "Spell", "StockedCode", "SupportCase", "SupportDetail", "SupportForward", "SupportOpponent", "SupportStep", "SupportSubject", "Survey", "SurveyStep", "SurveySubject", "ToldIdentity", "Visit",
]  # fmt: skip
