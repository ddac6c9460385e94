"""What else changes in a rotation until it is decided: plan, proposals, hearings, mission."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from permissions.checks import today
from permissions.models import User
from processes.cases.models import Case, Opinion
from processes.dossiers.drawing import draw
from processes.dossiers.numbering import take_number
from processes.eligibility.roster import check_people, guard_eligible
from processes.flows.keeping import (
    choose,
    complete,
    forget_candidate,
    organ,
    received,
    remember,
)
from processes.organisation.people import Cadre
from processes.organisation.units import Unit
from processes.rotation.planning import join_scheme
from processes.rotation.queries import mission_of
from processes.rotation.schemes import RotationScheme
from processes.rotation.writers import (
    Task,
    order_mission,
)
from processes.steps.base import StepActivation, plain
from processes.steps.many import flag

Facts = dict[str, Any] | None


def counted(case: Case) -> None:
    """Count the case towards its scheme, if its start named one."""
    if "scheme" in case.facts:
        scheme = RotationScheme.objects.get(pk=case.facts["scheme"])
        join_scheme(case, scheme=scheme, direction=case.facts["direction"], by=case.opened_by)


def planned(activation: StepActivation, *, asked: Any, **said: Any) -> Facts:
    """Keep the plan, and which units are asked for people."""
    plan = {key: plain(value) for key, value in said.items() if key not in ("by", "outcome")}
    plan.pop("reason", None)
    remember(activation.process, plan=plan, asked=[unit.pk for unit in asked], proposals=[])
    return None


def plan_decided(activation: StepActivation, *, outcome: str, **_said: Any) -> Facts:
    """An approved plan asks the units that it names; proposals of an older plan are forgotten."""
    if outcome == "approve":
        remember(activation.process, proposals=[])
    return None


def proposals_checked(case: Case) -> str:
    """Check everybody whom the units proposed, and whom the chain of moves planned (R65 Điều 7)."""
    named = {pk for said in case.facts.get("proposals", []) for pk in said["people"]}
    if case.candidate_id:
        named.add(case.candidate_id)
    people = list(Cadre.objects.filter(pk__in=named).select_related("unit"))
    lines = check_people(case, people, by=None, on=today())
    return "ok" if any(line.eligible for line in lines) else "fail"


def asked_again(activation: StepActivation, *, outcome: str, **_said: Any) -> Facts:
    """Units that are asked again begin anew."""
    if outcome == "ask_again":
        case = activation.process
        forget_candidate(case)
        remember(case, proposals=[])
    return None


def candidate_chosen(
    activation: StepActivation, *, by: User, outcome: str, pick: Cadre | None = None, **_said: Any
) -> Facts:
    """Whoever is chosen is the candidate from now on."""
    return choose(activation.process, pick.pk, by=by) if outcome == "pick" and pick else None


def commented(activation: StepActivation, *, comment: str, conclusion: str, **_said: Any) -> Facts:
    """Keep the comment and the conclusion; both go into the appraisal."""
    remember(activation.process, committee_comment=comment, political_conclusion=conclusion)
    return None


def both_heard(activation: StepActivation, *, by: User, outcome: str, **said: Any) -> Facts:
    """Both opinions are kept in full; differing ones travel with the case (D170 Điều 46)."""
    case = activation.process
    units = {"source": _source(case), "destination": case.post.unit}
    for side, unit in units.items():
        Opinion.objects.create(
            case=case, cadre_id=case.candidate_id, unit=unit, step="hear_both_units",
            stand=said[f"{side}_stand"], text=said[f"{side}_text"], by=by, given_on=today(),
            round=case.round,
        )  # fmt: skip
    if outcome == "differ":
        flag(case, "opinions_differ")
    return None


def cadre_met(
    activation: StepActivation, *, outcome: str, met_on: date, minutes: str, reason: str, **_s: Any
) -> Facts:
    """Keep the minutes; an objection is recorded and stops nothing."""
    case = activation.process
    said = {"met_on": met_on.isoformat(), "minutes": minutes, "objection": reason}
    remember(case, cadre_meeting=said)
    if outcome == "objection":
        flag(case, "cadre_objects")
    return None


def rotation_appraised(
    activation: StepActivation,
    *,
    by: User,
    outcome: str,
    report: str,
    items: list[Mapping[str, Any]],
    **_said: Any,
) -> Facts:
    """The report goes to the Standing Committee with the draft of the mission."""
    case = activation.process
    complete(case, "e08")
    received(case, today())
    remember(case, mission=[plain(item) for item in items])
    flag(case, "not_recommended", on=outcome == "not_recommended")
    number = take_number(organ(activation), "BC", on=today())
    context = {"deed": "luân chuyển đến", "report": _whole(case, report)}
    document = draw(
        case, "appraisal_report", by=by, context=context, number=number, cadre=case.candidate
    )
    return {"number": number, "report": document.sha256}


def ready_for_rotation(case: Case) -> None:
    """Papers and conditions are checked again on the day of the vote (procedures.md 12.8.10)."""
    complete(case, "e09")
    case.meeting_on = today()
    case.save(update_fields=["meeting_on"])
    guard_eligible(
        case,
        _("Not eligible on the day of the decision: %(checks)s. Grant an exception or return."),
    )


def rotation_signed(activation: StepActivation, *, by: User, **_said: Any) -> Facts:
    """The decision takes its number, and the mission that comes with it is ordered."""
    case = activation.process
    cadre, plan = case.candidate, case.facts["plan"]
    assert cadre is not None  # noqa: S101 -- chosen in row e04c
    number = take_number(organ(activation), "QĐ", on=today())
    decision = draw(case, "rotation_decision", by=by, context=_plan_of(case), number=number)
    starts = max(date.fromisoformat(plan["starts_on"]), today())
    order = order_mission(
        case, cadre=cadre, by=by, number=number, items=_tasks(case.facts["mission"]),
        since=starts, until=starts + relativedelta(months=plan["months"]),
    )  # fmt: skip
    mission = draw(
        case, "mission_order", by=by, context=_items_of(case), number=number, cadre=cadre
    )
    remember(case, source=cadre.unit_id)
    return {
        "number": number, "document": decision.sha256, "mission": order.pk,
        "order": mission.sha256,
    }  # fmt: skip


def state_issued(activation: StepActivation, *, by: User, **_said: Any) -> Facts:
    """A State post gets the State decision after the Party's."""
    case = activation.process
    number = take_number(organ(activation), "QĐ", on=today())
    decided = case.documents.filter(item="rotation_decision").order_by("-pk").first()
    context = _plan_of(case) | {"decided": decided.number if decided else ""}
    document = draw(case, "rotation_state_decision", by=by, context=context, number=number)
    return {"number": number, "document": document.sha256}


def _whole(case: Case, report: str) -> str:
    """The appraisal with what the Party committee and the cadre have said."""
    facts, met = case.facts, case.facts["cadre_meeting"]
    said = [
        report,
        f"Nhận xét của cấp ủy: {facts['committee_comment']}",
        f"Kết luận tiêu chuẩn chính trị: {facts['political_conclusion']}",
        f"Gặp gỡ cán bộ ngày {date.fromisoformat(met['met_on']):%d/%m/%Y}: {met['minutes']}",
    ]
    if met["objection"]:
        said.append(f"Ý kiến khác của cán bộ: {met['objection']}")
    return " ".join(said)


def _tasks(items: list[Mapping[str, Any]]) -> list[Task]:
    return [
        Task(
            title=item["title"], product=item["product"], measure=item["measure"],
            target=Decimal(item["target"]), weight=item["weight"],
            due_on=date.fromisoformat(item["due_on"]),
        )
        for item in items
    ]  # fmt: skip


def _plan_of(case: Case) -> dict[str, Any]:
    plan = case.facts["plan"]
    starts = date.fromisoformat(plan["starts_on"])
    return {
        "months": plan["months"], "starts_on": f"{starts:%d/%m/%Y}", "policy": plan["policy"],
        "source": str(_source(case)),
    }  # fmt: skip


def _items_of(case: Case) -> dict[str, Any]:
    order = mission_of(case)
    lines = [
        f"{item.title}: {item.product}, {item.target.normalize():f} {item.measure}, "
        f"trọng số {item.weight}, hoàn thành trước ngày {item.due_on:%d/%m/%Y}"
        for item in order.items.all()
    ]
    return _plan_of(case) | {"items": lines}


def _source(case: Case) -> Unit:
    assert case.candidate is not None  # noqa: S101 -- chosen in row e04c
    return case.candidate.unit
