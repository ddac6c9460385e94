"""Entries of the trail with their sentences, in the words of steps, outcomes and rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from permissions.checks import today
from processes.audit.models import AuditEntry
from processes.audit.sentences import Labels, Names, names_of, sentence
from processes.dossiers.checklist import asked_for
from processes.eligibility.sentences import TITLES
from processes.flows import FLOWS
from processes.inspections.models import InspectionFinding
from processes.organisation.bodies import Body
from processes.pages.labels import CONFERENCES, DEADLINES, ENDS, IMPORTS
from processes.questions.asking import READY
from processes.rotation.wording import TERMS as ROTATION
from processes.rules import load
from processes.steps.labels import OUTCOMES

LEVELS = dict(InspectionFinding.Level.choices)


@dataclass(frozen=True)
class Told:
    """An entry and what it tells."""

    entry: AuditEntry
    sentence: str


def labels() -> Labels:
    """What the codes in entries are called, in the language of the page."""
    return _labels(get_language() or "vi")


@cache
def _labels(language: str) -> Labels:
    """Made once a language: the names of papers come from the data of the edition."""
    papers = {
        code: name
        for flow_class in FLOWS.values()
        for code, name, _item in asked_for(
            load().for_case(today(), False, flow_class.families), flow_class.dossier
        )
    }
    questions = {f"question.{name}": one.title for name, one in READY.items()}
    questions["question.search"] = _("search")
    rows = [row for flow_class in FLOWS.values() for row in flow_class.rows()]
    return Labels(
        steps={row.name: row.task_title for row in rows},
        outcomes={**ENDS, **OUTCOMES},
        terms={
            **questions,
            **papers,
            **DEADLINES,
            **CONFERENCES,
            **TITLES,
            **IMPORTS,
            **ROTATION,
            **LEVELS,
            **dict(Body.Kind.choices),
        },
        paper=lambda case, code: _papers(language, case.flow_class.dossier, *case.editions).get(
            code, ""
        ),
    )


@cache
def _papers(language: str, dossier: str, *editions: str) -> dict[str, str]:
    """What the editions of a case call the papers of its dossier, in one language."""
    return {code: name for code, name, _item in asked_for(load().for_keys(*editions), dossier)}


def told(entries: Iterable[AuditEntry], names: Names | None = None) -> list[Told]:
    """Tell each entry; the names of all are read together."""
    found = list(entries)
    known = names or names_of(found, labels())
    return [Told(entry, sentence(entry, known)) for entry in found]
