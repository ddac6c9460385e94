"""Who is considered for a post, and with what result: at the roster and on decision day."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from permissions.checks import today
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.granting import let_know
from processes.cases.models import Case, RosterLine
from processes.cases.rules import note_rules, rules_of
from processes.eligibility.checks import Check, evaluate
from processes.eligibility.gather import facts_of_many, post_of
from processes.eligibility.sentences import failed_titles
from processes.organisation.people import Cadre, Planning, PostHeld
from processes.organisation.positions import Position, TitleGroup
from processes.organisation.staffing import held_on
from processes.rules import CaseRules


def candidates_for(position: Position, rules: CaseRules, on: date) -> list[Cadre]:
    """Cadres whose planning counts for the position, in Vietnamese order.

    Considered are those whom the unit has in planning, and its own people who are in planning
    elsewhere; for which titles, the edition says (R80 Điều 18). Whose planning has lapsed is
    listed and fails the check. Whoever holds the position already is left out; whoever holds an
    equal or a higher post of the unit comes only where planned for this title [design].
    """
    unit, group = position.unit, position.group
    of_title = Q(unit=unit, group=group)
    holders = position.holders.filter(until__isnull=True).values("cadre")
    equals = PostHeld.objects.filter(held_on(on), unit=unit, group__rank__lte=group.rank)
    planned = Planning.objects.filter(
        of_title | (_covered(group, rules) & ~Q(cadre__in=equals.values("cadre"))),
        Q(unit=unit) | Q(cadre__unit=unit),
    )
    found = Cadre.objects.filter(pk__in=planned.values("cadre")).exclude(pk__in=holders)
    return list(found.order_by("name_sort"))


def _covered(group: TitleGroup, rules: CaseRules) -> Q:
    """Planning for the groups that the edition lets count; groups of one rank are equivalent."""
    return {
        "title": Q(group=group),
        "equivalent": Q(group__rank=group.rank),
        "equivalent_or_higher": Q(group__rank__lte=group.rank),
    }[rules.value("planning.covers")]


def assess(
    cadres: list[Cadre], position: Position, rules: CaseRules, on: date
) -> dict[int, list[Check]]:
    """Check cadres for a position without keeping anything: what the start page shows."""
    post = post_of(position, on)
    facts = facts_of_many(cadres, on)
    return {cadre.pk: evaluate(facts[cadre.pk], post, rules, on) for cadre in cadres}


@transaction.atomic
def build_roster(case: Case, *, by: User | None, on: date) -> list[RosterLine]:
    """Check everybody whose planning counts for the case's post and keep the result of each."""
    cadres = candidates_for(case.post, rules_of(case), on)
    return _keep(case, cadres, RosterLine.Stage.ROSTER, by=by, on=on)


@transaction.atomic
def check_people(case: Case, cadres: list[Cadre], *, by: User | None, on: date) -> list[RosterLine]:
    """Check people whom others named for the post, and keep the result of each."""
    return _keep(case, cadres, RosterLine.Stage.ROSTER, by=by, on=on)


@transaction.atomic
def recheck(
    case: Case,
    cadre: Cadre,
    *,
    by: User | None,
    on: date,
    stage: str = RosterLine.Stage.DECISION,
) -> RosterLine:
    """Check the candidate again on the day of the decision: freshness and age may have lapsed.

    A procedure whose candidate is named when it begins checks them at the stage of the roster.
    """
    return _keep(case, [cadre], stage, by=by, on=on)[0]


class NotEligible(ValidationError):
    """The candidate of a case fails a condition today, so a step is not carried out.

    What undoes the step keeps the check (`keep_failed`): an exception passes what is on record.
    """

    def __init__(self, message: str, case: Case) -> None:
        super().__init__(message)
        self.case = case.pk


def guard_eligible(case: Case, message: str) -> None:
    """Check the candidate again today; raises NotEligible, whose message names what failed.

    `message` has a place for the failed checks and says what to do.
    """
    if case.candidate is None:
        raise ValidationError(_("The case has no candidate."))
    line = recheck(case, case.candidate, by=None, on=today())
    if not line.eligible:
        raise NotEligible(message % {"checks": failed_titles(line.checks)}, case)


def keep_failed(failed: NotEligible) -> None:
    """Keep a failed check, with its entry, after the step that asked for it has been undone."""
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=failed.case)
        if case.candidate is not None and not case.finished:
            recheck(case, case.candidate, by=None, on=today())


def _keep(
    case: Case, cadres: list[Cadre], stage: str, *, by: User | None, on: date
) -> list[RosterLine]:
    rules = rules_of(case)
    post = post_of(case.post, on)
    facts = facts_of_many(cadres, on)
    passed = set(case.exceptions.values_list("cadre", "rule"))
    lines = []
    for cadre in cadres:
        found = evaluate(
            facts[cadre.pk], post, rules, on, counted_on=case.dossier_received_on,
            also=case.flow_class.further_checks, said=case.facts,
        )  # fmt: skip
        checks = [check for check in found if check.code not in case.flow_class.waived_checks]
        kept = [_kept(check, (cadre.pk, check.code) in passed) for check in checks]
        lines.append(
            RosterLine(
                case=case,
                cadre=cadre,
                stage=stage,
                round=case.round,
                checked_on=on,
                eligible=all(check["verdict"] == "yes" or check["excepted"] for check in kept),
                checks=kept,
            )
        )
    case.roster.filter(round=case.round, stage=stage, listed=True).update(listed=False)
    RosterLine.objects.bulk_create(lines)
    if not all(line.eligible for line in lines):
        let_know(case)
    note_rules(case, rules)
    record(Event.ROSTERED, by=by, case=case, unit=case.unit, facts=_told(lines, stage))
    return lines


def _told(lines: list[RosterLine], stage: str) -> dict[str, Any]:
    """What the entry says of a check: who met the conditions, and what the others failed."""
    return {
        "stage": stage,
        "eligible": [line.cadre_id for line in lines if line.eligible],
        "failed": {
            str(line.cadre_id): [c["code"] for c in line.checks if c["verdict"] != "yes"]
            for line in lines
            if not line.eligible
        },
    }


def _kept(check: Check, excepted: bool) -> dict[str, Any]:
    return {
        "code": check.code,
        "verdict": check.verdict,
        "rule": check.rule,
        "article": check.article,
        "facts": check.facts,
        "excepted": excepted and check.verdict != "yes",
    }
