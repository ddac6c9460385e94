"""Index of every model; Django looks here."""

from processes.audit.models import AuditEntry, ChainHead
from processes.cases.erasure import ErasureItem, ErasureOrder, LegalHold
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
from processes.evidence.models import Inquiry
from processes.figures.models import Figure, FiguresMade
from processes.inbox.models import Desk, SavedFilter, Snooze
from processes.inspections.models import (
    InspectedCase,
    InspectionFinding,
    InspectionNote,
    InspectionRecommendation,
    InspectionRequest,
)
from processes.intake.models import ImportedRow, PeopleImport
from processes.log.models import Checkpoint, Delivery, LogKey, LogLeaf, LogMark, LogTile
from processes.notices.feeds import CalendarFeed
from processes.notices.models import Mail, Notice, NoticeChoice, NoticeSettings
from processes.organisation.bodies import Body, Composition, Membership
from processes.organisation.elections import Election, ElectionDeadline
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
from processes.organisation.positions import (
    Competence,
    Position,
    StandardCondition,
    TitleGroup,
    TitleStandard,
)
from processes.organisation.unit_notes import UnitNote
from processes.organisation.units import LaneUnit, Level, Unit, UnitName
from processes.questions.models import Question
from processes.rotation.missions import (
    ChosenPost,
    Entitlement,
    Finding,
    MissionItem,
    MissionOrder,
    ProductDelivery,
    ProductTargetSet,
    RotationReview,
)
from processes.rotation.schemes import (
    MoveChain,
    PlannedMove,
    RotationScheme,
    SchemeMove,
    SchemeTarget,
)
from processes.search.models import SearchEntry
from processes.standards.models import TrainingCourse, TrainingLine
from processes.talk.models import (
    Attachment,
    Comment,
    CommentText,
    CommentVersion,
    Mention,
    MovedComment,
)

__all__ = [
    "AssetDeclaration", "Attachment", "AuditEntry", "Body", "Cadre", "CalendarFeed", "Candidacy",
    "Case", "CaseTask", "ChainHead", "Checkpoint", "ChosenPost", "Clock", "Comment", "CommentText",
    "CommentVersion", "Competence", "Composition", "Conference", "CountEntry", "Degree",
    "Delivery", "Desk", "Discipline", "Document", "Draft", "Election", "ElectionDeadline",
    "Entitlement", "ErasureItem", "ErasureOrder", "Evaluation", "ExceptionRecord",
    "Figure", "FiguresMade", "Finding",
    "HealthCertificate", "Hold", "ImportedRow", "Inquiry", "InspectedCase", "InspectionFinding",
    "InspectionNote", "InspectionRecommendation", "InspectionRequest", "Kinship", "LaneUnit",
    "LegalHold", "Level", "LogKey", "LogLeaf", "LogMark", "LogTile", "Mail", "Membership",
    "Mention", "MissionItem",
    "MissionOrder", "MoveChain", "MovedComment", "Notice", "NoticeChoice", "NoticeSettings",
    "NumberSequence", "NumberSymbol", "Opinion", "Participant", "PendingMatter", "PeopleImport",
    "PlannedMove", "Planning", "Position", "PostHeld", "ProductDelivery", "ProductTargetSet",
    "Question", "RosterLine", "RotationReview", "RotationScheme", "SavedFilter", "SchemeMove",
    "SchemeTarget", "SearchEntry", "Snooze", "StandardCondition", "Summons", "Teller", "Term",
    "TitleGroup", "TitleStandard", "TrainingCourse", "TrainingLine", "Unit", "UnitName", "UnitNote",
]  # fmt: skip
