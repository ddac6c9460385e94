"""The papers that an edition will want, before there is a case."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from processes.dossiers.checklist import asked_for
from processes.rules import CaseRules, Parameter

REQUIRED = {
    "always": _("always needed"),
    "if_any": _("needed where there is one"),
    "at_sc": _("needed before the Standing Committee votes"),
}


@dataclass(frozen=True)
class Wanted:
    """A paper, when it is required, and for how long it stays fresh."""

    name: str
    required: Any
    generated: bool
    valid_months: int | None
    article: str


def wanted(rules: CaseRules, dossier: str) -> tuple[Wanted, ...]:
    """Every item of a procedure's checklist under these rules."""
    return tuple(_wanted(name, item) for _code, name, item in asked_for(rules, dossier))


def wanted_before(rules: CaseRules, dossier: str) -> dict[str, list[Wanted]]:
    """The same by the code of the step before which each must be there."""
    found: dict[str, list[Wanted]] = {}
    for _code, name, item in asked_for(rules, dossier):
        found.setdefault(item.value["before"], []).append(_wanted(name, item))
    return found


def _wanted(name: str, item: Parameter) -> Wanted:
    return Wanted(
        name=name,
        required=REQUIRED[item.value["required"]],
        generated=item.value["form"] == "generated",
        valid_months=item.value["valid_months"],
        article=item.article,
    )
