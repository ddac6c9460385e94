"""What else changes in a reappointment or an extension (procedures.md 7 and 12.3)."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from permissions.catalogue import Lane
from permissions.checks import today
from permissions.models import User
from processes.cases.clocks import stop_clocks
from processes.cases.models import Case, Clock, RosterLine
from processes.cases.rules import note_rules, rules_of
from processes.cases.workdays import add
from processes.conferences.models import Conference
from processes.conferences.results import share
from processes.dossiers.drawing import draw
from processes.eligibility.checks import retirement_day
from processes.eligibility.gather import facts_of
from processes.eligibility.roster import recheck
from processes.flows import effects, effects_elsewhere
from processes.flows.effects import Facts
from processes.flows.keeping import (
    DECISION,
    complete,
    end_posts,
    forget_terms,
    organ,
    received,
    remember,
    submit,
)
from processes.organisation.people import Cadre, PostHeld
from processes.organisation.positions import Position
from processes.rules import CaseRules
from processes.steps.automatic import TERM_TIMER
from processes.steps.base import StepActivation
from processes.steps.heads import head_or_instead
from processes.steps.many import flag, hold_opinion
from processes.steps.terms import held_now

#: Who evaluates the head of a unit whose own term is renewed.
HEAD_EVALUATED_BY = "reappointment.head_evaluated_by"


def renewable(position: Position, person: Cadre | None) -> bool:
    """Whether the person holds the post still, for a term that has an end."""
    post = held_now(position, person)
    return post is not None and post.term_ends_on is not None


def term_found(case: Case) -> None:
    """Keep the term, the deadline of its decision, and whether the holder meets the conditions.

    The decision is made at least one working day before the term ends (Nghị định 138/2020 Điều 49).
    Raises ValidationError where there is no such term.
    """
    person, post = case.candidate, held_now(case.post, case.candidate)
    if person is None or post is None or post.term_ends_on is None:
        raise ValidationError({"candidate": _("No post with an end of its term is on file.")})
    rules, ends = rules_of(case), post.term_ends_on
    if retires_on(person, rules) <= ends:
        raise ValidationError({"candidate": _("The holder retires before the term ends.")})
    remember(case, source=person.unit_id, post=post.pk, term_ends_on=ends.isoformat())
    before = rules.get(DECISION)
    if before.value is not None:
        due = add(ends, -before.value, before.unit)
        Clock.objects.create(case=case, rule=DECISION, started_on=today(), due_on=due)
    note_rules(case, rules)
    forget_terms(person, [case.position_id])
    recheck(case, person, by=None, on=today(), stage=RosterLine.Stage.ROSTER)


def notice_fired(case: Case) -> str:
    """The clock, or the Organization Committee by hand, has begun."""
    return "fire"


def kind_of(case: Case) -> str:
    """Reappointment, or an extension close to retirement; as the notice said."""
    return str(case.facts.get("decision", "reappointment"))


def notified(activation: StepActivation, *, outcome: str, **_said: Any) -> Facts:
    """The form proposes which it is, and the system checks it against the age of retirement.

    Less than two years to retirement: extension; less than five: a term that ends with
    retirement (Nghị định 138/2020 Điều 49).
    """
    case = activation.process
    rules, ends = rules_of(case), term_end(case)
    retires = retires_on(person_of(case), rules)
    extension = _reaches(ends, rules, "reappointment.extension_below", retires)
    short = _reaches(ends, rules, "reappointment.full_term_from", retires)
    note_rules(case, rules)
    if extension is not (outcome == "under_2_years"):
        told = {"retires": f"{retires:%d/%m/%Y}", "ends": f"{ends:%d/%m/%Y}"}
        message = _("The term ends on %(ends)s and the holder retires on %(retires)s.") % told
        raise ValidationError({"outcome": message})
    until = {"term_until": retires.isoformat()} if short else {}
    remember(case, decision="extension" if extension else "reappointment", **until)
    return {"retires": retires.isoformat()}


def self_reported(activation: StepActivation, *, by: User, report: str, **_said: Any) -> Facts:
    """The report becomes a paper of the dossier; it is the holder's, whoever files it."""
    case = activation.process
    person = person_of(case)
    paper = draw(
        case, "self_report", by=by, context={"report": report, "signer": str(person)},
        cadre=person, organ=organ(activation),
    )  # fmt: skip
    return {"report": paper.sha256, "cadre": person.pk}


def key_threshold(case: Case, outcome: str, reason: str) -> str:
    """Where the edition sets a share, the key cadres decide; otherwise they are consulted.

    More than half is asked for employees (Nghị định 115/2020 Điều 51); of others it is unknown.
    """
    rules = rules_of(case)
    needed = rules.value("reappointment.key_threshold")
    note_rules(case, rules)
    if outcome != "counted" or needed is None:
        return outcome
    closed = case.conferences.filter(code="reappointment_key", state=Conference.State.CLOSED)
    (kept,) = closed.order_by("-pk")[0].result["shares"]
    agreed, asked = share(kept), needed["num"]
    left, right = agreed.agree * needed["den"], asked * agreed.base
    return "counted" if left > right or (left == right and not needed["strict"]) else "below"


def evaluator(case: Case) -> Lane:
    """Who evaluates the holder: the head of the unit, and of a head whoever the edition names.

    Nobody evaluates themselves (Quy định 114-QĐ/TW); who stands above the head of a unit in
    this row was not found.
    """
    rules = rules_of(case)
    above = case.post.is_head and rules.value(HEAD_EVALUATED_BY) == "standing_board"
    note_rules(case, rules)
    return Lane.STANDING if above else head_or_instead(case, Lane.UNIT_HEAD)


def head_evaluated(
    activation: StepActivation, *, by: User, stand: str, evaluation: str, **_said: Any
) -> Facts:
    """The head of the unit evaluates the term and says whether to go on."""
    complete(activation.process, "c05")
    hold_opinion(activation, by=by, stand=stand, text=evaluation)
    if stand == "adverse":
        flag(activation.process, effects_elsewhere.DIFFER)
    return {"stand": stand}


def ready_for_vote(case: Case) -> None:
    """The Party committee's written opinion comes before the vote (Nghị định 115/2020 Điều 51)."""
    complete(case, "c06")


def leadership_voted(activation: StepActivation, *, by: User, outcome: str, **_said: Any) -> Facts:
    """A vote that is carried goes on as the unit's submission."""
    return _submission(activation, by=by) if outcome == "over50" else None


def head_ruled(activation: StepActivation, *, by: User, outcome: str, **said: Any) -> Facts:
    """The head decides at exactly half, with a report of every opinion."""
    ruled = effects_elsewhere.head_ruled(activation, by=by, outcome=outcome, **said) or {}
    return {**ruled, **(_submission(activation, by=by) if outcome == "in_favour" else {})}


def reappointment_appraised(activation: StepActivation, *, outcome: str, **said: Any) -> Facts:
    """Nothing goes to the Standing Committee while papers are missing."""
    case = activation.process
    if outcome != "hold":
        complete(case, "c07")
        received(case, today())
    return effects.appraised(activation, outcome=outcome, **said)


def other_work(
    activation: StepActivation, *, assignment: str, document: str, effective_on: date, **_s: Any
) -> Facts:
    """Whoever is not reappointed leaves the post on the day on which the other work begins."""
    case = activation.process
    end_posts(PostHeld.objects.filter(pk=case.facts["post"]), on=effective_on)
    remember(case, assignment=assignment, assigned_by=document)
    return None


def term_renewed(case: Case) -> str:
    """Enter the new term, or the new end of the old one; a term to retirement has no timer."""
    post = PostHeld.objects.get(pk=case.facts["post"])
    until = case.facts.get("term_until")
    stop_clocks(case, on=today(), rule=DECISION)
    if kind_of(case) == "extension":
        post.term_ends_on = today().fromisoformat(until)
        post.save(update_fields=["term_ends_on"])
        return "extended"
    rules, since = rules_of(case), today().fromisoformat(case.facts["effective_on"])
    years = case.post.term_years or rules.value("term.years")
    ends = today().fromisoformat(until) if until else since + relativedelta(years=years)
    end_posts(PostHeld.objects.filter(pk=post.pk), on=since)
    post.pk, post.since, post.until, post.term_ends_on = None, since, None, ends
    post.save(force_insert=True)
    if not until:
        notice = rules.get(TERM_TIMER)
        due = add(ends, -notice.value, notice.unit)
        Clock.objects.create(case=case, rule=TERM_TIMER, started_on=since, due_on=due)
    note_rules(case, rules)
    return "updated"


def person_of(case: Case) -> Cadre:
    """The holder whom the case is about; it is named when the case begins."""
    assert case.candidate is not None  # noqa: S101 -- for the type checker
    return case.candidate


def term_end(case: Case) -> date:
    """When the term ends that the case is about."""
    return today().fromisoformat(case.facts["term_ends_on"])


def retires_on(person: Cadre, rules: CaseRules) -> date:
    """The day of retirement under the rules of a case."""
    return retirement_day(facts_of(person, today()), rules)


def _reaches(ends: date, rules: CaseRules, key: str, retires: date) -> bool:
    """Whether so many years after the end of the term would go past retirement."""
    return ends + relativedelta(years=rules.value(key)) > retires


def _submission(activation: StepActivation, *, by: User) -> dict[str, Any]:
    paper = submit(activation.process, by=by)
    return {"number": paper.number, "submission": paper.sha256}
