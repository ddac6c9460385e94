"""The edition that a case runs under, and what it has used of it."""

from permissions.writing import update
from processes.cases.models import Case
from processes.rules import CaseRules, load


def rules_of(case: Case) -> CaseRules:
    """The rules of the case's own edition, whatever is in force today."""
    return load().for_keys(*case.editions)


def note_rules(case: Case, rules: CaseRules) -> None:
    """Keep on the case which parameters it used, so that unconfirmed ones can be shown."""
    used = sorted({*case.used_rules, *rules.used})
    if used != case.used_rules:
        case.used_rules = used
        update(case, "used_rules")
