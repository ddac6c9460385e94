"""Rules as dated parameters: a data file per edition, read once; no database, no Django."""

from processes.rules.case import CaseRules
from processes.rules.edition import Edition, Parameter
from processes.rules.errors import NoEdition, RuleError, UnknownKey
from processes.rules.loader import load
from processes.rules.report import editions_table, unconfirmed_table
from processes.rules.rulebook import Rulebook
from processes.rules.tables import in_year

__all__ = [
    "CaseRules",
    "Edition",
    "NoEdition",
    "Parameter",
    "RuleError",
    "Rulebook",
    "UnknownKey",
    "editions_table",
    "in_year",
    "load",
    "unconfirmed_table",
]
