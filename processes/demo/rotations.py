"""The demo's rotations: one at each step, on each branch and at each end."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from permissions.catalogue import Role
from permissions.checks import today
from permissions.models import Holding
from processes.cases.models import Case
from processes.cases.rivals import rival_about, rival_for
from processes.demo import stories_rotation as go_to
from processes.demo.province import Province
from processes.demo.stories import Stage, against, befall, hold
from processes.demo.walk import Walk
from processes.demo.wanted import wanted
from processes.eligibility.checks import evaluate
from processes.eligibility.facts import CadreFacts, PostFacts
from processes.eligibility.gather import facts_of_many, post_of
from processes.flows.rotation import RotationFlow
from processes.organisation.lookups import kin_of
from processes.organisation.people import Cadre
from processes.organisation.positions import Competence, Position, TitleGroup
from processes.organisation.units import Unit
from processes.rotation.schemes import Direction, RotationScheme
from processes.rules import load


@dataclass(frozen=True)
class Plan:
    """A rotation goes down the road to a step, and does there what `then` says.

    `vacant` asks for a post that nobody holds, as a reception needs it; `goes` is where the
    cadre goes afterwards: home or elsewhere.
    """

    until: str
    then: tuple[Stage, ...] = ()
    vacant: bool = False
    kind: str = ""
    goes: str = ""


def _finding(kind: str, text: str) -> Stage:
    return lambda walk: go_to.review(walk, f"finding_{kind}", text)


def _report(walk: Walk) -> Walk:
    return walk.do("report_on_mission", "submit", report="Đang triển khai đúng tiến độ.")


def _on_rotation(*then: Stage, goes: str = "") -> Plan:
    return Plan("report_on_mission", then, vacant=True, goes=goes)


PLANS: dict[str, Plan] = {
    **{
        step: Plan(step)
        for step in (
            "plan_rotation", "decide_plan", "propose_people", "choose_candidate",
            "comment_on_candidate", "hear_both_units", "meet_cadre", "appraise",
            "decide_rotation", "sign_rotation",
        )
    },
    "State decision": Plan(
        "sign_rotation", (lambda w: w.do("sign_rotation", "issued"),), kind="state"
    ),
    "receive_cadre": Plan("receive_cadre", vacant=True),
    "report_on_mission": _on_rotation(),
    "review_mission": _on_rotation(_report),
    "reviewed": _on_rotation(go_to.review),
    "conflict avoidance": _on_rotation(
        _finding("conflict_avoidance", "Nể nang, né tránh, ngại va chạm trong điều hành.")
    ),
    "evaluate_rotation": _on_rotation(go_to.recall),
    "propose_placement": _on_rotation(go_to.recall, go_to.evaluate),
    "decide_placement": _on_rotation(go_to.recall, go_to.evaluate, go_to.place("stay_local")),
    "stays": _on_rotation(
        go_to.review, go_to.recall, go_to.evaluate, go_to.place("stay_local"),
        lambda w: w.conference("decide_placement"),
    ),
    "goes home": _on_rotation(go_to.recall, go_to.evaluate, goes="home"),
    "nobody_fits": Plan("propose_people", (go_to.propose,)),
    "plan rejected": Plan("decide_plan", (lambda w: w.conference("decide_plan", against),)),
    "on hold": Plan("hear_both_units", (hold,)),
    "withdrawn": Plan(
        "meet_cadre",
        (lambda w: befall(w, "withdraw", reason="Cán bộ xin rút vì gia đình."),),
        vacant=True,
    ),
}  # fmt: skip


#: To how many communes cadres are sent, and how many posts each unit has for them.
COMMUNES, BRANCHES = 20, 3
#: Where nobody has been chosen yet: the same people may be thought of for several posts.
UNDECIDED = frozenset({"plan_rotation", "decide_plan", "propose_people", "choose_candidate"})


def add_posts(province: Province) -> None:
    """Vacant posts to which cadres are rotated, in communes and at units with a head's account."""
    _add_branches(province)
    group = TitleGroup.objects.get(code="commune_key")
    communes = Unit.objects.filter(province=province.unit, level__code="commune").order_by("code")
    Position.objects.bulk_create(
        Position(
            code=f"{unit.code}-LC", unit=unit, title="Phó Chủ tịch Ủy ban nhân dân", group=group,
            kind=Position.Kind.STATE, valid_from=unit.valid_from,
        )
        for unit in communes[:COMMUNES]
    )  # fmt: skip


def _add_branches(province: Province) -> None:
    group = TitleGroup.objects.get(code="branch_deputy")
    heads = Holding.objects.filter(role=Role.UNIT_HEAD, valid_until__isnull=True)
    for unit in Unit.objects.filter(pk__in=heads.values("unit"), province=province.unit):
        like = Position.objects.filter(unit=unit).order_by("pk")[0]
        for number in range(1, BRANCHES + 1):
            Position.objects.create(
                code=f"{unit.code}-LC{number}", unit=unit, title="Phó Chi cục trưởng", group=group,
                kind=like.kind, valid_from=unit.valid_from,
            )  # fmt: skip


class Moves:
    """Who can be moved to which post, each person and post at most once."""

    def __init__(self, province: Province) -> None:
        heads = Holding.objects.filter(role=Role.UNIT_HEAD, valid_until__isnull=True)
        self._units = list(Unit.objects.filter(pk__in=heads.values("unit")).order_by("pk"))
        asked = Competence.objects.filter(action=Competence.Action.ROTATE)
        posts = Position.objects.filter(
            unit__province=province.unit, group__in=asked.values("group")
        )
        found = posts.select_related("unit__level", "unit__province", "group").order_by("pk")
        self._posts = [post for post in found if rival_for(post) is None]
        self._wanted: dict[int, PostFacts] = {}
        self._vacant = set(province.vacancies().values_list("pk", flat=True))

    @cached_property
    def _people(self) -> list[Cadre]:
        """People with a post and no account, whom no case moves and who are no one's relative."""
        accounts = set(Cadre.objects.filter(user__isnull=False).values_list("pk", flat=True))
        people = Cadre.objects.filter(unit__in=self._units, user=None, posthelds__until=None)
        people = people.filter(posthelds__isnull=False).exclude(pk__in=kin_of(accounts))
        return [cadre for cadre in people.distinct() if rival_about(cadre) is None]

    @cached_property
    def _last(self) -> set[int]:
        """Those who are taken when nobody else fits."""
        return wanted()

    @cached_property
    def _facts(self) -> dict[int, CadreFacts]:
        return facts_of_many(self._people, today())

    def take(self, plan: Plan) -> tuple[Position, Cadre]:
        """A post and somebody who meets its conditions, or who needs an exception.

        Raises LookupError where no post or nobody is left.
        """
        pairs = [
            (post, cadre)
            for post in self._offered(plan)
            for cadre in self._people
            if cadre.unit_id != post.unit_id
        ]
        pairs.sort(key=lambda pair: pair[1].pk in self._last)
        found = next((pair for pair in pairs if self._fits(pair[1], pair[0])), None)
        if found is None and not pairs:
            raise LookupError(plan)
        post, cadre = found or pairs[0]
        self._posts.remove(post)
        if plan.until not in UNDECIDED:
            self._people.remove(cadre)
        return post, cadre

    def home(self, unit: Unit) -> Position:
        """A vacant post of a unit."""
        found = next(
            post for post in self._posts if post.unit_id == unit.pk and post.pk in self._vacant
        )
        self._posts.remove(found)  # the case that follows is about it
        return found

    def another(self, *but: int) -> Unit:
        """One more unit that is asked for people."""
        return next(unit for unit in self._units if unit.pk not in but)

    def _offered(self, plan: Plan) -> Iterator[Position]:
        """Vacant posts of units with a head where they are needed; else the lowest come first."""
        found = [post for post in self._posts if plan.kind in ("", post.kind)]
        if plan.vacant:
            heads = {unit.pk for unit in self._units}
            found = [p for p in found if p.pk in self._vacant and p.unit_id in heads]
        yield from found if plan.vacant else sorted(found, key=lambda post: -post.group.rank)

    def _asks(self, post: Position) -> PostFacts:
        if post.pk not in self._wanted:
            self._wanted[post.pk] = post_of(post, today())
        return self._wanted[post.pk]

    def _fits(self, cadre: Cadre, post: Position) -> bool:
        rules = load().for_case(today(), post.kind == Position.Kind.STATE, RotationFlow.families)
        checks = evaluate(
            self._facts[cadre.pk], self._asks(post), rules, today(),
            also=RotationFlow.further_checks,
        )  # fmt: skip
        waived = RotationFlow.waived_checks
        return all(check.verdict == "yes" for check in checks if check.code not in waived)


def build_rotations(scheme: RotationScheme) -> list[Case]:
    """A case for each plan, as of now, each a line of the scheme."""
    add_posts(Province())
    moves, cases = Moves(Province()), []
    for plan in sorted(PLANS.values(), key=lambda plan: not plan.vacant):
        post, cadre = moves.take(plan)
        down = post.unit.level.code == "commune"
        direction = Direction.DOWN_PROVINCE_COMMUNE if down else Direction.LATERAL_SECTOR
        walk = go_to.start(post, direction=direction.value, scheme=scheme.pk)
        asked = [cadre.unit, moves.another(cadre.unit_id, post.unit_id)]
        go_to.go(walk, go_to.road(asked, [cadre]), plan.until)
        for stage in plan.then:
            stage(walk)
        if plan.goes:
            go_to.place("go_home", moves.home(cadre.unit))(walk)
            walk.conference("decide_placement")
        cases.append(walk.case)
    return cases
