"""What else changes when a step of a nomination is concluded."""

from datetime import date
from fractions import Fraction
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from permissions.checks import today
from permissions.models import User
from processes.cases.lanes import source_of
from processes.cases.models import Case
from processes.cases.rules import note_rules, rules_of
from processes.cases.workdays import add
from processes.conferences.queries import OPEN_STATES
from processes.conferences.tally.surplus import Surplus
from processes.dossiers.checklist import problems
from processes.eligibility.roster import guard_eligible, recheck
from processes.flows import choices_nomination as who
from processes.flows import effects
from processes.flows import shared_elections as shared
from processes.flows.keeping import leave_chosen, make_room, new_round, submit
from processes.flows.rulings import ahead, check_ahead
from processes.organisation.people import Cadre, PostHeld
from processes.steps.base import StepActivation, plain
from processes.steps.many import flag

Facts = dict[str, Any] | None

roster_built = effects.roster_built
nominee_selected = effects.candidate_selected


def scope_set(activation: StepActivation, *, by: User, **said: Any) -> Facts:
    """Keep number, structure and standards; whoever is to be designated is checked now."""
    case = activation.process
    scope = {name: plain(said[name]) for name in ("number", "structure", "standards")}
    _remember(case, scope=scope)
    if who.variant(case) == "designation":
        case.candidate_id = case.facts["designee"]
        case.save(update_fields=["candidate"])
        recheck(case, Cadre.objects.get(pk=case.candidate_id), by=by, on=today())
    return None


def nominees_ruled(activation: StepActivation, *, go_on: Any, **_said: Any) -> Facts:
    """Keep who goes on after a tie for the last place: those ahead, and whom the ruling adds."""
    case = activation.process
    check_ahead(case, "n3", go_on)
    _remember(case, nominees_ruling={"round": case.round, "people": [c.pk for c in go_on]})
    return None


def nominate_again(
    activation: StepActivation, *, outcome: str, approval: str = "", **_said: Any
) -> Facts:
    """The superior lets the nomination begin again: a new round."""
    if outcome != "rerun":
        return None
    new_round(activation.process)
    return {"approval": approval, "round": activation.process.round}


def submitted_upward(activation: StepActivation, *, by: User, outcome: str, **_s: Any) -> Facts:
    """The submission goes to the superior's Organization Committee with a complete dossier."""
    if outcome != "complete":
        return None
    case = activation.process
    submit(case, by=by)
    _complete(case, "d04")
    case.dossier_received_on = today()
    case.save(update_fields=["dossier_received_on"])
    return None


def superior_answered(
    activation: StepActivation,
    *,
    outcome: str,
    document: str,
    answered_on: Any,
    effective_on: Any = None,
    **_said: Any,
) -> Facts:
    """Keep the answer with its document; a direction to change is a new round."""
    case = activation.process
    answer = {"outcome": outcome, "document": document, "on": plain(answered_on)}
    _remember(case, **{f"answer_{activation.flow_task.name}": answer})
    if effective_on is not None:
        _remember(case, effective_on=effective_on.isoformat())
    if outcome == "change":
        new_round(case)
    return None


def list_drawn_up(
    activation: StepActivation, *, by: User, to_elect: int, opens_on: date, others: Any,
    cases: Any = (), **_said: Any,
) -> Facts:  # fmt: skip
    """The committee's list: within the edition's surplus, with the dossiers in time.

    Nominees of other cases stand on it, whose cases wait for this election.
    """
    case = activation.process
    nominees = {str(other.pk): other.candidate_id for other in cases}
    beside = [cadre.pk for cadre in others]
    people = list(dict.fromkeys([case.candidate_id, *nominees.values(), *beside]))
    problem = _surplus(case).problem(to_elect, len(people))
    if problem:
        raise ValidationError({"others": _surplus_words(case, problem, to_elect, len(people))})
    case.facts.pop("election_ruling", None)
    _remember(
        case,
        list={
            "round": case.round, "to_elect": to_elect, "opens_on": opens_on.isoformat(),
            "people": people, "proposed": [], "withdrawing": [], "nominees": nominees,
        },
    )  # fmt: skip
    shared.take_in(case, cases, by=by)
    _look_at_dossiers(case, people)
    return {"list": people}


def floor_heard(
    activation: StepActivation,
    *,
    outcome: str,
    extra: Any,
    proposed_by: str,
    withdrawing: Any,
    **_said: Any,
) -> Facts:
    """Keep who was proposed and who asks to withdraw; the congress votes on the first.

    On withdrawals it votes too, unless the edition lets the committee that drew up the list
    decide: then whom this step names have left it.
    """
    case = activation.process
    rules = rules_of(case)
    outside = rules.value("election.committee_nominates_outside")
    voted = rules.value(who.WITHDRAWALS) == who.CONFERENCE
    note_rules(case, rules)
    if extra and proposed_by == "committee_member" and not outside:
        raise ValidationError(
            {"proposed_by": _("Members of the committee nominate nobody beside its list.")}
        )
    if outcome == "list_fixed" and (extra or (withdrawing and voted)):
        raise ValidationError(
            {"outcome": _("The congress has to vote on these people before the list is fixed.")}
        )
    asking = [cadre.pk for cadre in withdrawing]
    _relist(case, proposed=[cadre.pk for cadre in extra], withdrawing=asking if voted else [])
    if not voted:
        people = who.the_list(case)["people"]
        _relist(case, people=[pk for pk in people if pk not in asking])
    _look_at_dossiers(case, [cadre.pk for cadre in extra])
    return None


def extra_listed(activation: StepActivation, *, meeting: Any, outcome: str, **_said: Any) -> Facts:
    """Whoever has enough delegates joins the list, most votes first, while it has room."""
    if outcome != "counted":
        return None
    case, passed = activation.process, list(meeting.result["advancing"])
    people = who.the_list(case)["people"]
    room = _surplus(case).room(who.seats(case), len(people))
    _relist(case, people=[*people, *passed[:room]], proposed=[])
    return {"listed": passed[:room], "no_room": passed[room:]}


def withdrawn_from_list(
    activation: StepActivation, *, meeting: Any, outcome: str, **_said: Any
) -> Facts:
    """Only whom the conference lets go leaves the list (E190 art. 28)."""
    if outcome != "counted":
        return None
    case, gone = activation.process, set(meeting.result["advancing"])
    people = [pk for pk in who.the_list(case)["people"] if pk not in gone]
    _relist(case, people=people, withdrawing=[])
    return {"left": sorted(gone)}


def ready_for_election(case: Case) -> None:
    """Enough people stand, and the nominee meets the conditions still."""
    people = who.listed(case)
    if len(people) < who.seats(case):
        raise ValidationError(
            _surplus_words(case, "short", who.seats(case), len(people))
        )  # fmt: skip
    shared.check_standing(case)
    for standing in (case, *shared.waiting_for(case)):
        _eligible(standing)


def election_ruled(activation: StepActivation, *, go_on: Any, **_said: Any) -> Facts:
    """Keep who is elected: everybody ahead of the tie, and as many as there are seats."""
    case = activation.process
    chosen = {cadre.pk for cadre in go_on}
    if len(chosen) != who.seats(case) or not ahead(case, "election") <= chosen:
        raise ValidationError(
            {"go_on": _("Choose as many as there are seats, everybody ahead of the tie included.")}
        )
    _remember(case, election_ruling={"round": case.round, "people": sorted(chosen)})
    return None


def ready_for_nomination(case: Case) -> None:
    """The candidate meets the conditions on the day of the nomination."""
    _eligible(case)


def candidacy_compiled(activation: StepActivation, *, outcome: str, **_said: Any) -> Facts:
    """The candidacy's papers are there."""
    if outcome == "complete":
        _complete(activation.process, activation.process.flow_class.candidacy_stage)
    return None


def council_floor(
    activation: StepActivation, *, extra: Any, manner: str, **_said: Any
) -> Facts:  # fmt: skip
    """Keep whom deputies proposed; the council decides on number and list [verified: S79]."""
    case = activation.process
    rules = rules_of(case)
    rules.get("election.approver")
    note_rules(case, rules)
    people = [cadre.pk for cadre in extra if cadre.pk != case.candidate_id]
    _remember(case, council_floor={"round": case.round, "people": people, "manner": manner})
    return None


def all_staff_called(case: Case) -> None:
    """In a small unit all staff are called to the voters' conference [verified: S82]."""
    rules = rules_of(case)
    under = rules.value("election.voters_all_staff_under")
    note_rules(case, rules)
    staff = set(Cadre.objects.filter(unit=source_of(case)).values_list("pk", flat=True))
    meeting = case.conferences.filter(code="workplace_voters", state__in=OPEN_STATES).latest("pk")
    called = set(meeting.summonses.values_list("cadre", flat=True))
    if len(staff) < under and staff - called:
        raise ValidationError(
            _("All staff are called where there are fewer than %(limit)s; %(number)s are not.")
            % {"limit": under, "number": len(staff - called)}
        )


def list_official(activation: StepActivation, *, outcome: str, **said: Any) -> Facts:
    """The official list of the third round needs the whole dossier."""
    if outcome == "passed":
        _complete(activation.process, "n04")
    return superior_answered(activation, outcome=outcome, **said)


def voters_decided(
    activation: StepActivation, *, outcome: str, votes: int, valid: int, document: str, **_s: Any
) -> Facts:
    """Keep the official result; elected takes more than the edition's part of the valid slips."""
    case = activation.process
    rules = rules_of(case)
    majority = rules.value("election.deputy_majority")
    note_rules(case, rules)
    share, needed = Fraction(votes, valid), Fraction(majority["num"], majority["den"])
    enough = share > needed if majority["strict"] else share >= needed
    if outcome == "elected" and not enough:
        raise ValidationError(
            {"votes": _("%(votes)s of %(valid)s valid slips are not more than half: not elected.")
             % {"votes": votes, "valid": valid}}
        )  # fmt: skip
    _remember(case, election_result={"votes": votes, "valid": valid, "document": document})
    return None


def elected_recorded(case: Case) -> str:
    """Everybody who was elected holds the post from the day of the ratification."""
    return _record(case, who.entered(case))


def candidate_recorded(case: Case) -> str:
    """The candidate holds the post from the day on which it was approved."""
    return _record(case, [case.candidate] if case.candidate else [])


def _record(case: Case, people: list[Cadre]) -> str:
    """Enter posts with their terms; an elective post ends with its term, without a notice."""
    rules, position = rules_of(case), case.post
    since = date.fromisoformat(case.facts["effective_on"])
    years = position.term_years or rules.value("term.years")
    note_rules(case, rules)
    ends = since + relativedelta(years=years)
    holders = position.holders.filter(until__isnull=True)
    new = [cadre for cadre in people if not holders.filter(cadre=cadre).exists()]
    leave_chosen(case, on=since)
    make_room(position, [cadre.pk for cadre in people], since=since)
    PostHeld.objects.bulk_create(
        PostHeld(
            cadre=cadre, position=position, title=position.title, group=position.group,
            unit=position.unit, since=since, term_ends_on=ends,
        )
        for cadre in new
    )  # fmt: skip
    _remember(case, term_ends_on=ends.isoformat(), elected=[cadre.pk for cadre in people])
    return "updated"


def _surplus(case: Case) -> Surplus:
    rules = rules_of(case)
    share, small = rules.value("election.surplus"), rules.value("election.surplus_small")
    note_rules(case, rules)
    return Surplus(
        Fraction(share["num"], share["den"]), small["least"], small["most"], small["surplus"]
    )


def _surplus_words(case: Case, problem: str, to_elect: int, listed: int) -> str:
    words = {
        "short": _("%(listed)s are listed and %(to_elect)s are to be elected: list more."),
        "no_surplus": _("%(listed)s are listed for %(to_elect)s: the list needs a surplus."),
        "too_many": _("%(listed)s are listed for %(to_elect)s: the surplus is at most %(limit)s."),
    }
    limit = _surplus(case).limit(to_elect)
    return words[problem] % {"listed": listed, "to_elect": to_elect, "limit": limit}


def _look_at_dossiers(case: Case, people: list[int]) -> None:
    """A dossier of somebody who is not a delegate comes some days before the congress opens."""
    rules = rules_of(case)
    length = rules.get("election.dossier_deadline")
    note_rules(case, rules)
    opens = date.fromisoformat(who.the_list(case)["opens_on"])
    if today() > add(opens, -length.value, length.unit) and set(people) - who.electors(case):
        flag(case, "dossier_late")


def _relist(case: Case, **changed: Any) -> None:
    _remember(case, list={**who.the_list(case), **changed})


def _eligible(case: Case) -> None:
    guard_eligible(
        case,
        _("Not eligible today: %(checks)s. Grant an exception or nominate somebody else."),
    )


def _complete(case: Case, stage: str) -> None:
    if lacking := problems(case, on=today(), stage=stage):
        raise ValidationError([_("The dossier is not complete:"), *lacking])


def _remember(case: Case, **facts: Any) -> None:
    case.facts = {**case.facts, **facts}
    case.save(update_fields=["facts"])
