"""The demo's nominations: one at each step, on each branch and at each end."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from permissions.checks import today
from processes.cases.models import Case
from processes.cases.rivals import rival_about
from processes.demo.stories import Stage, against, befall, hold, nobody, scattered, thirds
from processes.demo.stories_nomination import (
    DEPUTY,
    DESIGNATION,
    PARTY,
    STATE,
    answered,
    begin,
    draw_up_list,
    go,
    voters,
    voting,
)
from processes.demo.walk import Walk
from processes.eligibility.roster import candidates_for
from processes.flows import choices_nomination as who
from processes.flows import shared_elections
from processes.flows.nomination_deputy import NominationDeputyFlow
from processes.flows.nomination_party_post import NominationPartyPostFlow
from processes.flows.nomination_state_post import NominationStatePostFlow
from processes.organisation.elections import Election
from processes.organisation.people import Cadre
from processes.organisation.positions import Position
from processes.rules import load
from processes.steps.flow import CaseFlow

BASIS = "Nghị quyết số 76/2025/UBTVQH15"


@dataclass(frozen=True)
class Plan:
    """A case about a post goes down a road up to a step, and does there what `then` says."""

    road: Mapping[str, Stage]
    post: str
    until: str = ""
    then: tuple[Stage, ...] = ()


class FreeWalk(Walk):
    """A case whose votes think first of whom no other case moves."""

    def ranked(self, slip: list[Cadre]) -> list[Cadre]:
        return sorted(slip, key=lambda cadre: rival_about(cadre, but=self.case) is not None)


def _listed(walk: Walk) -> Walk:
    """Three are to be elected, of four."""
    return draw_up_list(walk, *who.may_be_listed(walk.case)[:3], to_elect=3)


def _fixed(walk: Walk) -> Walk:
    return _listed(walk).do("floor", "list_fixed")


def _with_another(walk: Walk) -> Walk:
    """The nominee of the case before stands on this list, and that case waits for its result."""
    other = shared_elections.may_join(walk.case)[-1]
    beside = [c for c in who.may_be_listed(walk.case) if c.pk != other.candidate_id]
    return draw_up_list(walk, *beside[:2], to_elect=3, cases=[other])


def _poll(walk: Walk) -> Walk:
    extra = who.may_be_proposed(walk.case)[0]
    return walk.do("floor", "poll", extra=[extra.pk], proposed_by="delegate")


def _withdrawals(walk: Walk) -> Walk:
    person = next(c for c in who.listed(walk.case) if c.pk != walk.case.candidate_id)
    return walk.do("floor", "withdrawals", withdrawing=[person.pk])


def _election(nominee: int, others: tuple[int, ...]) -> Stage:
    """A vote in which the nominee gets so many tenths, and the others on the list so many."""

    def stage(walk: Walk) -> Walk:
        first = walk.case.candidate_id

        def votes(slip: list[Cadre], present: int) -> dict[int, int]:
            tenths = iter(others)
            return {
                c.pk: present * (nominee if c.pk == first else next(tenths)) // 10 for c in slip
            }

        return walk.conference("elect", votes)

    return stage


def _at(road: Mapping[str, Stage], post: str, *but: str) -> dict[str, Plan]:
    """A case at each step of a road, and one at its end."""
    steps = [step for step in road if step not in but]
    return {step: Plan(road, post, step) for step in steps} | {"at the end": Plan(road, post)}


def _branch(road: Mapping[str, Stage], post: str, until: str, *then: Stage) -> Plan:
    return Plan(road, post, until, then)


def _five(road: Mapping[str, Stage], post: str) -> dict[str, Plan]:
    """The branches of the five conferences."""
    return {
        "tie of nominees": _branch(
            road, post, "nomination_3", lambda w: w.conference("nomination_3", thirds)
        ),
        "two highest": _branch(
            road, post, "nomination_3", lambda w: w.conference("nomination_3", scattered)
        ),
        "nobody selected": _branch(
            road, post, "nomination_5", lambda w: w.conference("nomination_5", nobody)
        ),
        "change directed": _branch(
            road, post, "superior_appraisal",
            answered("superior_appraisal", "change", reason="Chuẩn bị thêm phương án nhân sự."),
        ),
        "rejected above": _branch(
            road, post, "superior_appraisal",
            answered("superior_appraisal", "reject", reason="Chưa đủ điều kiện."),
        ),
        "on hold": _branch(road, post, "submit_upward", hold),
    }  # fmt: skip


PARTY_PLANS: dict[str, Plan] = {
    **_at(PARTY, "P26-BCH"),
    **_five(PARTY, "P26-BCH"),
    "stands in another election": _branch(PARTY, "P26-BCH", "election_list"),
    "a list for two": _branch(PARTY, "P26-BCH", "election_list", _with_another),
    "further nominees": _branch(PARTY, "P26-BCH", "election_list", _listed, _poll),
    "withdrawal": _branch(PARTY, "P26-BCH", "election_list", _listed, _withdrawals),
    "tie of the election": _branch(
        PARTY, "P26-BCH", "election_list", _fixed, _election(6, (9, 9, 6))
    ),
    "nominee not elected": _branch(
        PARTY, "P26-BCH", "election_list", _fixed, _election(2, (9, 9, 9))
    ),
    "withdrawn": _branch(
        PARTY,
        "P26-BCH",
        "submit_upward",
        lambda w: befall(w, "withdraw", reason="Nhân sự xin rút."),
    ),
}

STATE_PLANS: dict[str, Plan] = {
    **_at(STATE, "UBND-UV", "approve_here"),
    **_five(STATE, "UBND-UV"),
    "approved here": _branch(STATE, "D243-UV", "approve_here"),
    "not elected": _branch(
        STATE, "UBND-UV", "council_elects", lambda w: w.conference("council_elects", voting(3))
    ),
    "to be designated": _branch(DESIGNATION, "D243-UV", "designate"),
    "designated": Plan(DESIGNATION, "D243-UV"),
    "withdrawn": _branch(
        STATE, "D243-UV", "scope", lambda w: befall(w, "withdraw", reason="Chưa cần kiện toàn.")
    ),
}

DEPUTY_PLANS: dict[str, Plan] = {
    **_at(DEPUTY, "HDND-DB"),
    "round failed": _branch(
        DEPUTY, "HDND-DB", "consultation_2",
        answered("consultation_2", "failed", "BB 12/BB-MTTQ", reason="Chưa bảo đảm cơ cấu."),
    ),
    "no trust": _branch(
        DEPUTY, "HDND-DB", "workplace_voters", lambda w: voters(w, against, "open")
    ),
    "not elected": _branch(
        DEPUTY, "HDND-DB", "voters_elect",
        lambda w: w.do("voters_elect", "not_elected", document="BB 18/BB-UBBC", valid=48210,
                       votes=20114, reason="Không quá nửa số phiếu hợp lệ."),
    ),
    "on hold": _branch(DEPUTY, "HDND-DB", "consultation_1", hold),
    "withdrawn": _branch(
        DEPUTY, "HDND-DB", "candidacy_dossier",
        lambda w: befall(w, "withdraw", reason="Nhân sự xin rút."),
    ),
}  # fmt: skip

PLANS: dict[type[CaseFlow], dict[str, Plan]] = {
    NominationPartyPostFlow: PARTY_PLANS,
    NominationStatePostFlow: STATE_PLANS,
    NominationDeputyFlow: DEPUTY_PLANS,
}


def build_nominations() -> list[Case]:
    """A case for each plan, as of now; `add_elections` comes before it.

    Those who get elected come first, so that nobody's candidate leaves meanwhile.
    """
    cases = []
    for flow_class, plans in PLANS.items():
        for _name, plan in sorted(plans.items(), key=lambda item: bool(item[1].until)):
            position = Position.objects.select_related("unit").get(code=plan.post)
            opened = begin(flow_class, position, **_said(flow_class, plan))
            walk = go(FreeWalk(opened.case), plan.road, plan.until)
            for stage in plan.then:
                stage(walk)
            cases.append(walk.case)
    return cases


def _said(flow_class: type[CaseFlow], plan: Plan) -> dict[str, Any]:
    """What is said at the start of a case."""
    if flow_class is NominationDeputyFlow:
        return {"nominee": _deputy().code, "election": Election.objects.latest("held_on").pk}
    if flow_class is not NominationStatePostFlow:
        return {}
    if plan.road is not DESIGNATION:
        return {"variant": "election"}
    post = Position.objects.get(code=plan.post)
    rules = load().for_case(today(), post.kind == Position.Kind.STATE)
    planned = candidates_for(post, rules, today())
    person = next(cadre for cadre in planned if rival_about(cadre) is None)
    return {"variant": "designation", "legal_basis": BASIS, "nominee": person.code}


def _deputy() -> Cadre:
    """Somebody of a unit whose voters can meet, who is nominated by no other case."""
    nominated = Case.objects.filter(position__code="HDND-DB").values("candidate")
    units = ("SNV", "STC", "SYT", "BTGTU", "D243")
    free = Cadre.objects.filter(unit__code__in=units, user=None).exclude(pk__in=nominated)
    return free.order_by("code")[0]
