"""What the edition asks for in the dossier, what is there, and what expires before the meeting.

Items, freshness and the step before which each is needed are parameters of the edition
(Nghị định 170/2025/NĐ-CP Điều 35 and the editions of the Party).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from processes.cases.models import Case
from processes.cases.rules import rules_of
from processes.conferences.models import Conference
from processes.dossiers.models import Document
from processes.dossiers.steps import round_of, step_of
from processes.rules import CaseRules, Parameter


@dataclass(frozen=True)
class Line:
    """One item of the checklist, the paper that answers it, and every version ever kept."""

    code: str
    title: str
    required: str
    before: str
    form: str
    personal: bool
    article: str
    confirmed: bool
    document: Document | None
    versions: tuple[Document, ...]
    fresh_until: date | None
    fresh: bool | None
    problem: str

    @property
    def needed(self) -> bool:
        """Whether the dossier is not complete without it."""
        return self.required != "if_any"


def checklist(case: Case, *, on: date, stage: str | None = None) -> list[Line]:
    """The checklist of the case's edition, with freshness on that day.

    A rerun or another candidate needs papers of its own; while nobody is chosen, papers about
    people answer for nobody. With a stage (the code of a step) only
    what must be there before it.
    """
    rules, stages = rules_of(case), case.flow_class.stages()
    counted_on = _counted_on(case, rules, on)
    papers: dict[str, list[Document]] = {}
    for document in case.documents.select_related("cadre").order_by("pk"):
        papers.setdefault(document.item, []).append(document)
    steps = _steps_of_round(case)
    lines = [
        _line(case, code, item, papers.get(code, []), steps, counted_on)
        for code, item in items_of(case).items()
    ]
    last = len(stages) if stage is None else stages.index(stage)
    wanted = [line for line in lines if stages.index(line.before) <= last]
    return sorted(wanted, key=lambda line: (stages.index(line.before), line.code))


def items_of(case: Case) -> dict[str, Parameter]:
    """What the case's editions ask for in the dossier of its procedure, by code."""
    return rules_of(case).under(f"{case.flow_class.dossier}.items")


def asked_for(rules: CaseRules, dossier: str = "dossier") -> list[tuple[str, str, Parameter]]:
    """Code, name and parameter of every item of a dossier, before there is a case."""
    items = rules.under(f"{dossier}.items")
    return [(code, item_name(item), item) for code, item in items.items()]


def problems(case: Case, *, on: date, stage: str | None = None) -> list[str]:
    """What is missing or out of date before a stage, one sentence each."""
    return [line.problem for line in checklist(case, on=on, stage=stage) if line.problem]


def expiring(case: Case, *, on: date, until: date) -> list[Line]:
    """Papers that are fresh today and will not be on the day of the meeting."""
    lines = checklist(case, on=on)
    return [line for line in lines if line.fresh_until and on <= line.fresh_until < until]


def _counts(document: Document, case: Case, steps: set[str], item: Mapping[str, Any]) -> bool:
    """Papers about the candidate count, and of the others those of the present round.

    A paper that is about a person counts for nobody where nothing says about whom. One about
    nobody counts no more where people vote again before the step that it is for.
    """
    if document.cadre_id:
        return document.cadre_id == case.candidate_id
    if item["personal"] or document.step not in steps:
        return False
    return bool(item["per_step"]) or document.pk > _left_behind(case, item["before"])


def _left_behind(case: Case, before: str) -> int:
    """Number of the last paper due before a step that was there when the way to it began again."""
    stages = case.flow_class.stages()
    return max(
        (
            again["papers"]
            for again in case.facts.get("voted_again", [])
            if again["round"] == case.round and stages.index(again["from"]) < stages.index(before)
        ),
        default=0,
    )


def _steps_of_round(case: Case) -> set[str]:
    """The round itself and the unit's conferences in it; the Standing Committee's are no papers."""
    meetings = case.conferences.filter(round=case.round).exclude(code__startswith="sc_")
    return {round_of(case), *map(step_of, meetings)}


def _counted_on(case: Case, rules: CaseRules, on: date) -> date:
    """The day on which freshness counts: of the submission once it was received, or that day."""
    if rules.value("dossier.freshness_counted_on") == "submission" and case.dossier_received_on:
        return case.dossier_received_on
    return on


def item_name(item: Parameter) -> str:
    vietnamese = (get_language() or "vi").startswith("vi")
    name = item.value["name_vi" if vietnamese else "name_en"]
    return str(name[:1].upper() + name[1:])


def _line(
    case: Case, code: str, item: Parameter, papers: list[Document], steps: set[str], on: date
) -> Line:
    value = item.value
    document = next((d for d in reversed(papers) if _counts(d, case, steps, value)), None)
    until = _fresh_until(document, value["valid_months"])
    fresh = None if document is None or until is None else on <= until
    title = item_name(item)
    return Line(
        code=code,
        title=title,
        required=value["required"],
        before=value["before"],
        form=value["form"],
        personal=value["personal"],
        article=item.article,
        confirmed=item.confirmed,
        document=document,
        versions=tuple(papers),
        fresh_until=until,
        fresh=fresh,
        problem=_problem(case, code, title, value["required"], document, fresh, until),
    )


def _fresh_until(document: Document | None, months: int | None) -> date | None:
    if document is None or months is None:
        return None
    return document.issued_on + relativedelta(months=months)


def _problem(
    case: Case,
    code: str,
    title: str,
    required: str,
    document: Document | None,
    fresh: bool | None,
    until: date | None,
) -> str:
    if document is not None:
        if fresh is False:
            day = date_format(until, "SHORT_DATE_FORMAT") if until else ""
            return _("%(paper)s: valid until %(day)s only.") % {"paper": title, "day": day}
        return ""
    if required == "if_any" or _kept_elsewhere(case, code):
        return ""
    return _("%(paper)s: missing.") % {"paper": title}


def _kept_elsewhere(case: Case, code: str) -> bool:
    """Opinions and count minutes are kept as data of the case as well as on paper."""
    if code == "consult_opinions":
        return case.opinions.filter(round=case.round, cadre=case.candidate_id).exists()
    if code == "vote_summary":
        held = case.conferences.filter(round=case.round, state=Conference.State.CLOSED)
        return held.exclude(code__startswith="sc_").exists()
    return False
