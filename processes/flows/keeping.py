"""What several effects do: remember, choose, begin again, check the dossier, issue a document."""

from collections.abc import Collection
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from permissions.checks import today
from permissions.models import User
from processes.cases.clocks import start_clock, stop_clocks
from processes.cases.models import Case, Clock, RosterLine
from processes.cases.rivals import guard_person
from processes.cases.rules import note_rules, rules_of
from processes.conferences.models import Conference
from processes.dossiers.checklist import problems
from processes.dossiers.drawing import draw
from processes.dossiers.models import Document
from processes.dossiers.numbering import take_number
from processes.dossiers.steps import round_of
from processes.eligibility.roster import build_roster, recheck
from processes.organisation.people import Cadre, PostHeld
from processes.organisation.positions import Position
from processes.organisation.units import Unit
from processes.steps.automatic import TERM_TIMER
from processes.steps.base import StepActivation
from processes.steps.many import ABOUT_CANDIDATE, DIFFERS, drop_flags

#: The deadline of the unit's whole procedure, and the fact that it waits for a dossier.
PROCESS = "deadlines.process"
RETURNED = "dossier_returned"
#: The deadline that the decision on a term meets.
DECISION = "deadlines.decision_before_term_end"


def choose(case: Case, cadre_id: int, *, by: User) -> dict[str, Any]:
    """Make somebody the candidate; raises ValidationError when another case moves them."""
    guard_person(Cadre.objects.get(pk=cadre_id), reader=by, but=case)
    case.candidate_id = cadre_id
    case.save(update_fields=["candidate"])
    return {"candidate": cadre_id}


def received(case: Case, day: Any) -> None:
    """Keep on which day the dossier was complete; None when it no longer is."""
    case.dossier_received_on = day
    case.save(update_fields=["dossier_received_on"])


def new_round(case: Case, *, roster: bool = False) -> None:
    """Begin the votes again; a candidate whom the votes choose is forgotten.

    What was said and voted in the former round travels no more as a flag. `roster` builds the
    roster now, where the way to the votes does not lead through a row that does.
    """
    case.round += 1
    drop_flags(case, ABOUT_CANDIDATE | {DIFFERS})
    if case.candidate and case.flow_class.candidate_is_named:
        case.save(update_fields=["round"])
        recheck(case, case.candidate, by=None, on=today(), stage=RosterLine.Stage.ROSTER)
        return
    case.save(update_fields=["round"])
    forget_candidate(case)
    if roster:
        build_roster(case, by=None, on=today())


def forget_candidate(case: Case) -> None:
    """Nobody is chosen any more; papers, opinions and flags about the former one stay behind."""
    case.candidate = None
    case.save(update_fields=["candidate"])
    drop_flags(case, ABOUT_CANDIDATE)


def vote_again(case: Case, code: str) -> None:
    """Keep from which step people vote again, and which papers were there before."""
    last = case.documents.aggregate(last=Max("pk"))["last"] or 0
    again = {"round": case.round, "from": code, "papers": last}
    remember(case, voted_again=[*case.facts.get("voted_again", []), again])


def start(case: Case, rule: str) -> Clock | None:
    """Start a deadline of the whole case, or start it anew."""
    rules = rules_of(case)
    stop_clocks(case, on=today(), rule=rule)
    clock = start_clock(case, rule, rules=rules, on=today())
    note_rules(case, rules)
    return clock


def renew_time(case: Case) -> None:
    """Start the unit's deadline anew, in a case in which it has run: its work begins again."""
    if case.clocks.filter(rule=PROCESS).exists():
        start(case, PROCESS)


def complete(case: Case, stage: str) -> None:
    """Let nobody go on while papers are missing; raises ValidationError with each."""
    lacking = problems(case, on=today(), stage=stage)
    if lacking:
        raise ValidationError([_("The dossier is not complete:"), *lacking])


def submit(case: Case, *, by: User) -> Document:
    """Draw up the unit's submission of the candidate under its next number, anew each time."""
    number = take_number(case.unit, "TTr", on=today())
    return draw(
        case, "submission", by=by, context={}, number=number, step=round_of(case),
        cadre=case.candidate,
    )  # fmt: skip


def issue(
    activation: StepActivation, kind: str, symbol: str, *, by: User, **context: str
) -> dict[str, Any]:
    """Draw up a document of the organ that concludes the step, under its next number."""
    case = activation.process
    number = take_number(organ(activation), symbol, on=today())
    document = draw(case, kind, by=by, context=context, number=number)
    return {"number": number, "document": document.sha256}


def guard_result_counts(case: Case) -> None:
    """Raise ValidationError when the unit's last vote is too old to decide on.

    How long a result counts is the edition's `result_validity_months`; without it, for ever
    (procedures.md 5.2).
    """
    rules = rules_of(case)
    months = rules.value("result_validity_months")
    note_rules(case, rules)
    voted = case.conferences.filter(round=case.round, state=Conference.State.CLOSED)
    last = voted.exclude(code__startswith="sc_").order_by("-pk").first() if months else None
    if last is None or today() <= last.held_on + relativedelta(months=months):
        return
    said = _("The vote of %(day)s counts for %(months)s months only: let the conferences rerun.")
    raise ValidationError(said % {"day": f"{last.held_on:%d/%m/%Y}", "months": months})


def report_opinions(
    activation: StepActivation, *, by: User, reason: str, said: str
) -> dict[str, Any]:
    """Draw up the report of the opinions that differ where a head decides, under its number.

    It is of whoever decides: of the Standing Board where the head must keep out.
    """
    own = organ(activation)
    number = take_number(own, "BC", on=today())
    report = draw(
        activation.process, "opinions_report", by=by, context={"reason": reason, "said": said},
        step=activation.flow_task.code, organ=own, number=number,
        cadre=activation.process.candidate,
    )  # fmt: skip
    return {"report": report.sha256, "number": number}


def organ(activation: StepActivation) -> Unit:
    """The unit in whose lane the step stands; every human step has one."""
    unit = activation.task.unit
    assert unit is not None  # noqa: S101 -- for the type checker
    return unit


def make_room(position: Position, coming: Collection[int | None], *, since: date) -> None:
    """End the posts of those for whom there is no seat any more, the longest in office first."""
    holders = position.holders.filter(until__isnull=True)
    others = list(holders.exclude(cadre__in=coming).order_by("since", "pk"))
    leaving = others[: max(0, len(others) + len(coming) - position.seats)]
    end_posts(holders.filter(pk__in=[held.pk for held in leaving]), on=since)


def end_posts(posts: QuerySet[PostHeld], *, on: date) -> None:
    """End posts on a day. Raises ValidationError for a post that began later."""
    later = posts.filter(since__gt=on).select_related("cadre").first()
    if later is not None:
        names = {"person": later.cadre, "post": later.title}
        when = {"day": date_format(later.since, "SHORT_DATE_FORMAT")}
        said = _("%(person)s holds “%(post)s” since %(day)s only; give that day or a later one.")
        raise ValidationError({"effective_on": said % {**names, **when}})
    posts.update(until=on)


def leave(person: Cadre, posts: QuerySet[PostHeld], *, on: date) -> None:
    """End posts of a person on a day; nobody is reminded any more that their terms end."""
    forget_terms(person, posts.values("position"))
    end_posts(posts, on=on)


def leave_chosen(case: Case, *, on: date) -> None:
    """End the posts that the step before says are left (fact `left_posts`)."""
    left = PostHeld.objects.filter(pk__in=case.facts.get("left_posts", []))
    for person in Cadre.objects.filter(pk__in=left.values("cadre")):
        leave(person, left.filter(cadre=person), on=on)


def forget_terms(person: Cadre, positions: Any) -> None:
    """Stop what waits for the end of the person's terms in these positions."""
    timers = Clock.objects.filter(rule=TERM_TIMER, stopped_on__isnull=True)
    of_them = timers.filter(case__candidate=person, case__position__in=positions)
    of_them.update(stopped_on=today())


def remember(case: Case, **facts: Any) -> None:
    """Keep facts of the case."""
    case.facts = {**case.facts, **facts}
    case.save(update_fields=["facts"])
