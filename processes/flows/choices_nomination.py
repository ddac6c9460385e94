"""Who is nominated, who stands on the list and who is elected, as the case has it now."""

from typing import Any

from permissions.checks import today
from processes.cases.models import Case
from processes.cases.rules import note_rules, rules_of
from processes.flows import choices
from processes.flows import shared_elections as shared
from processes.flows.rulings import ruled
from processes.organisation.people import Cadre
from processes.steps.vote import advancing

#: Who decides whether somebody leaves the list, and when it is the congress that does.
WITHDRAWALS, CONFERENCE = "election.withdrawal_decided_by", "conference"


def nominees(case: Case) -> list[Cadre]:
    """Who goes on after the third conference: its result, or the ruling on its tie."""
    return _people(ruled(case, "nominees_ruling", "n3")) or advancing(case, "n3")


def tied_nominees(case: Case) -> list[Cadre]:
    """Who shares the last place at the third conference, and who is ahead of them."""
    return advancing(case, "n3")


def may_be_listed(case: Case) -> list[Cadre]:
    """Who may stand beside the nominee: everybody else on the roster who is eligible."""
    return [cadre for cadre in choices.roster(case) if cadre.pk != case.candidate_id]


def the_list(case: Case) -> dict[str, Any]:
    """The list of the election: to elect, opens on, people, proposed, withdrawing."""
    found: dict[str, Any] = case.facts.get("list", {})
    return found if found.get("round") == case.round else {}


def listed(case: Case) -> list[Cadre]:
    """Who stands for election: nominees of other cases as long as these wait for it."""
    found = the_list(case)
    waiting = {str(other.pk) for other in shared.waiting_for(case)}
    gone = {pk for number, pk in found.get("nominees", {}).items() if number not in waiting}
    return _people([pk for pk in found.get("people", []) if pk not in gone])


def proposed(case: Case) -> list[Cadre]:
    """Who was proposed at the congress and is not on the list yet."""
    return _people(the_list(case).get("proposed", []))


def withdrawing(case: Case) -> list[Cadre]:
    """Who asks to be taken off the list; the conference decides (E190 art. 28)."""
    return _people(the_list(case).get("withdrawing", []))


def seats(case: Case) -> int:
    """How many are to be elected."""
    return int(the_list(case).get("to_elect", 1))


def electors(case: Case) -> set[int]:
    """Numbers of the delegates or members who elect, as of today."""
    body = case.flow_class.instance.node("elect").body(case, today())
    members = body.memberships.in_force(today())
    return set(members.values_list("cadre", flat=True))


def may_be_proposed(case: Case) -> list[Cadre]:
    """Whom the congress may add: delegates, and who is eligible, but not on the list."""
    eligible = {cadre.pk for cadre in choices.roster(case)}
    on_it = set(the_list(case).get("people", []))
    return _people(list((eligible | electors(case)) - on_it))


def on_the_floor(case: Case) -> list[list[Cadre]]:
    """Whom the congress may add, and whom it may let go."""
    return [may_be_proposed(case), listed(case)]


def tied_in_election(case: Case) -> list[Cadre]:
    """Who is level for the last seat, and who is ahead of them."""
    return advancing(case, "election")


def elected(case: Case) -> list[Cadre]:
    """Who was elected: by the count, or by the ruling on its tie."""
    return _people(ruled(case, "election_ruling", "election")) or advancing(case, "election")


def entered(case: Case) -> list[Cadre]:
    """Whom this case enters: the elected, without nominees who have a case of their own."""
    if "stands_in" in case.facts:
        return choices.candidate(case)
    own = set(the_list(case).get("nominees", {}).values())
    return [cadre for cadre in elected(case) if cadre.pk not in own]


def result(case: Case) -> str:
    """Whether the nominee of the Party is among the elected.

    If not, the election stops and the superior is asked (answer of a provincial paper [S76]);
    an edition may let it go on, and then whoever was elected is ratified.
    As long as nobody was elected, nothing is said against it.
    """
    people = {cadre.pk for cadre in elected(case)}
    missed = bool(people) and case.candidate_id not in people
    rules = rules_of(case)
    stops = missed and rules.value("election.planned_not_elected") == "stop_and_ask"
    note_rules(case, rules)
    return "not_elected" if stops else "elected"


def council_candidates(case: Case) -> list[Cadre]:
    """The nominee, and whom deputies proposed from the floor."""
    floor = case.facts.get("council_floor", {})
    others = floor.get("people", []) if floor.get("round") == case.round else []
    return [*choices.candidate(case), *_people(others)]


def nominee_won(case: Case, outcome: str, reason: str) -> str:
    """Another one may have won the council's vote."""
    winners = {cadre.pk for cadre in advancing(case, "council_election")}
    if outcome == "elected" and case.candidate_id not in winners:
        return "not_elected"
    return outcome


def variant(case: Case) -> str:
    """By election, or by designation after a merger (procedures.md 8.2.4)."""
    return str(case.facts.get("variant", "election"))


def approver(case: Case) -> str:
    """Who approves the result, by the level of the post's unit (Law 72/2025 art. 36)."""
    levels = rules_of(case).value("election.approver")
    return str(levels.get(case.post.unit.level.code, levels["province"]))


def _people(numbers: list[int]) -> list[Cadre]:
    """Cadres by their numbers, in the order of Vietnamese lists."""
    return list(Cadre.objects.filter(pk__in=numbers).order_by("name_sort"))
