"""Index of every model; Django looks here."""

from processes.audit.models import AuditEntry, ChainHead
from processes.cases.models import (
    Case,
    CaseTask,
    Clock,
    Draft,
    ExceptionRecord,
    Hold,
    Opinion,
    Participant,
    RosterLine,
)
from processes.conferences.models import Candidacy, Conference, CountEntry, Summons, Teller
from processes.dossiers.models import Document, NumberSequence, NumberSymbol, Term
from processes.organisation.bodies import Body, Composition, Membership
from processes.organisation.people import (
    AssetDeclaration,
    Cadre,
    Degree,
    Discipline,
    Evaluation,
    HealthCertificate,
    Kinship,
    PendingMatter,
    Planning,
    PostHeld,
)
from processes.organisation.positions import Competence, Position, TitleGroup, TitleStandard
from processes.organisation.units import LaneUnit, Level, Unit, UnitName

__all__ = [
    "AssetDeclaration", "AuditEntry", "Body", "Cadre", "Candidacy", "Case", "CaseTask",
    "ChainHead", "Clock", "Competence", "Composition", "Conference", "CountEntry", "Degree",
    "Discipline", "Document", "Draft", "Evaluation", "ExceptionRecord", "HealthCertificate",
    "Hold", "Kinship", "LaneUnit", "Level", "Membership", "NumberSequence", "NumberSymbol",
    "Opinion", "Participant", "PendingMatter", "Planning", "Position", "PostHeld", "RosterLine",
    "Summons", "Teller", "Term", "TitleGroup", "TitleStandard", "Unit", "UnitName",
]  # fmt: skip
