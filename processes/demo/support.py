"""The demo's sanctions, comments, delegations, inspections: one at each step and each end."""

from datetime import timedelta

from permissions.catalogue import Act, Lane
from permissions.checks import holders, today
from processes.cases.models import Case
from processes.demo import (
    stories_consultation,
    stories_delegation,
    stories_inspection,
    stories_sanction,
)
from processes.demo.opened import go
from processes.demo.province import Province
from processes.demo.walk import Walk
from processes.emergency.writers import approve, ask, deny
from processes.organisation.lookups import organ_in_lane
from processes.organisation.people import Cadre
from processes.organisation.units import Unit
from processes.retention.content import places_of
from processes.retention.queries import why_not_ask
from processes.retention.writers import ask as ask_erasure
from processes.retention.writers import preserve

#: Units that explain, and those that are asked for comments; their people have accounts.
CONCERNED = ("SNV", "STC", "BTGTU", "SYT", "D243")
ASKED = ("SNV", "STC", "SYT", "D243")


def build_support(province: Province) -> list[Case]:
    """A case for each plan, as of now; the province has its Executive Committee already."""
    walks = [
        *_sanctions(province),
        *(_round(province, plan) for plan in stories_consultation.PLANS),
        *(_delegation(province, plan) for plan in stories_delegation.PLANS),
        go(
            stories_delegation.about_document(
                province.unit, body="standing_committee", delegate="deputy_secretary"
            ),
            stories_delegation.MAIN,
            "standing_committee_authorises",
        ),
    ]
    cases = [walk.case for walk in walks]
    cases += [walk.case for walk in _inspections(province, cases)]
    _emergencies(province, cases[:3])
    _erasures(province, cases)
    return cases


def build_unused_delegation(province: Province) -> Case:
    """A delegation that nobody uses before tomorrow is over; the sweep ends it then."""
    last = today() + timedelta(days=1)
    walk = stories_delegation.about_document(province.unit, until=last)
    return go(walk, stories_delegation.MAIN, "sign_for_body").case


def _sanctions(province: Province) -> list[Walk]:
    """By turns about a person and about a unit."""
    walks = []
    for number, plan in enumerate(stories_sanction.PLANS):
        unit = province.organ(CONCERNED[number % len(CONCERNED)])
        if number % 2:
            walk = stories_sanction.against_unit(province.unit, unit)
        else:
            person = _somebody(unit, number // len(CONCERNED))
            walk = stories_sanction.against_person(province.unit, person, secrecy="secret")
        walks.append(stories_sanction.live(walk, plan))
    return walks


def _inspections(province: Province, cases: list[Case]) -> list[Walk]:
    """Each over two cases of units whose people can explain."""
    inspected = [case for case in cases if "source" in case.facts]
    walks = []
    for number, plan in enumerate(stories_inspection.PLANS):
        pair = [inspected[(2 * number + more) % len(inspected)] for more in (0, 1)]
        walk = stories_inspection.inspect(province.unit, pair, secrecy="secret")
        walks.append(stories_inspection.live(walk, plan))
    return walks


def _emergencies(province: Province, cases: list[Case]) -> None:
    """Somebody waits for an answer, one was let in, and one was not."""
    unit = province.unit
    reader = holders(Act.ASK_EMERGENCY, [unit.pk])[0]
    head = holders(Act.APPROVE_EMERGENCY, [organ_in_lane(Lane.OC, province=unit, on=today()).pk])[0]
    why = "Trang của vụ việc báo lỗi, cần xem để khắc phục ngay trong đêm."
    asked = [ask(unit, by=reader, code=case.code, reason=why, hours=2) for case in cases]
    approve(asked[1], by=head)
    deny(asked[2], by=head, answer="Không khẩn cấp; đề nghị liên hệ cán bộ thụ lý.")


def _erasures(province: Province, cases: list[Case]) -> None:
    """One order waits for an answer, and a legal hold stands."""
    inspects = holders(Act.PRESERVE, [province.unit.pk])[0]
    preserve(
        cases[0], by=inspects, basis="CV 41-CV/UBKTTU",
        reason="Đang giải quyết khiếu nại về vụ việc; giữ nguyên toàn bộ hồ sơ.",
    )  # fmt: skip
    organ = organ_in_lane(Lane.IC, province=province.unit, on=today())
    asker = holders(Act.ASK_ERASURE, [organ.pk])[0]
    case = next(one for one in cases if not why_not_ask(asker, one))
    ask_erasure(
        case, [place.key for place in places_of(case)[:2]], by=asker,
        authority="Ban Thường vụ Tỉnh ủy", document="52-QĐ/TU", issued_on=today(),
        reason="Theo đơn của người liên quan: thông tin gia đình không cần cho vụ việc.",
    )  # fmt: skip


def _somebody(unit: Unit, number: int) -> Cadre:
    """One of a unit's people who have no account."""
    return Cadre.objects.filter(unit=unit, user=None).order_by("-code")[number]


def _round(province: Province, plan: str) -> Walk:
    asked = [province.organ(code) for code in ASKED]
    return stories_consultation.live(stories_consultation.about_draft(province.unit, asked), plan)


def _delegation(province: Province, plan: str) -> Walk:
    return stories_delegation.live(stories_delegation.about_document(province.unit), plan)
