"""コンビニ交付の表 — tables only: columns, constraints and what a row is as a value. design §4."""

from daicho.konbini.models.answers import Answer
from daicho.konbini.models.certified import CertifiedPerson, Hold, IssueBlock
from daicho.konbini.models.city import municipality_code
from daicho.konbini.models.service import LifeSign, ServiceTurn

__all__ = ["Answer", "CertifiedPerson", "Hold", "IssueBlock", "LifeSign", "ServiceTurn", "municipality_code"]
