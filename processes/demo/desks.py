"""How people of the demonstration have arranged their inboxes, and two cases that are urgent."""

from permissions.models import User
from processes.cases.models import Case
from processes.demo.province import Province
from processes.inbox.writers import begin_with, choose_columns, save_filter
from processes.steps.befall import CASE_ACTIONS

#: Who keeps which lists; the first of a person is the page with which they begin.
FILTERS = {
    "oc.clerk": (
        ("Trễ hạn, chờ nhận", "tab=take&due=late"),
        ("Theo phiên họp", "tab=take&group=meeting"),
    ),
    "oc.head": (("Đến hạn tuần này", "tab=mine&due=week"),),
    "clerk": (("Chờ cơ quan khác", "tab=waiting&sort=age"),),
}
URGENT = (Case.Priority.URGENT, Case.Priority.PRESSING)


def arrange_desks(province: Province) -> None:
    """Save their filters, one shared with the unit, and let the head make two cases urgent."""
    for name, filters in FILTERS.items():
        by = province.account(name)
        saved = [save_filter(by=by, name=said, query=query) for said, query in filters]
        if name == "clerk":
            begin_with(saved[0], by=by)
    head = province.account("oc.head")
    unit = head.holdings.earliest("pk").unit
    save_filter(by=head, name="Việc khẩn của Ban", query="tab=take&priority=2", unit=unit)
    choose_columns(("subject", "unit", "due", "flags", "age"), by=head)
    _hurry(head)


def _hurry(head: User) -> None:
    action = next(action for action in CASE_ACTIONS if action.name == "prioritise")
    under_way = Case.objects.filter(finished__isnull=True).order_by("pk")
    able = (case for case in under_way if not action.why_not(head, case))
    for case, priority in zip(able, URGENT, strict=False):
        data = {"priority": priority.value, "reason": "Vị trí khuyết, cần kiện toàn sớm."}
        action.perform(case.pk, by=head, data=data)
