"""What people of the demonstration have said about some of its open cases."""

from permissions.models import User
from processes.cases.models import Case
from processes.organisation.units import Unit
from processes.talk.queries import may_be_reached
from processes.talk.writers import reword, say, why_not_talk, withdraw

#: How many cases have a talk.
CASES = 3
ASKED = "Nhờ @clerk bổ sung bản kê khai tài sản còn hạn trước ngày họp."
ANSWERED = "Đơn vị sẽ nộp trong tuần này."
CORRECTED = "Đơn vị sẽ nộp trước thứ Sáu tuần này; đã báo người kê khai."
NOTED = "Lưu ý nội bộ: đối chiếu với kết luận của cấp ủy trước khi trình."
MISTAKEN = "Hồ sơ này của vụ việc khác."


def build_talk() -> None:
    """Let the department's clerk and the Organization Committee speak, and correct themselves."""
    people = {u.username: u for u in User.objects.filter(username__in=("clerk", "oc.clerk"))}
    if len(people) < 2:
        return
    for case in _cases(people["clerk"], people["oc.clerk"]):
        _speak(case, clerk=people["clerk"], checker=people["oc.clerk"])


def _cases(*people: User) -> list[Case]:
    found = Case.objects.filter(finished__isnull=True).order_by("pk")
    return [
        case
        for case in found
        if all(may_be_reached(one, case, None) and not why_not_talk(one, case) for one in people)
    ][:CASES]


def _speak(case: Case, *, clerk: User, checker: User) -> None:
    say(case, by=checker, text=ASKED)
    answer = say(case, by=clerk, text=ANSWERED)
    reword(answer, by=clerk, text=CORRECTED, seen=1)
    organ = Unit.objects.filter(
        holdings__user=checker, pk__in=case.participants.values("unit")
    ).first()
    if organ is not None:
        say(case, by=checker, text=NOTED, unit=organ)
    withdraw(say(case, by=clerk, text=MISTAKEN), by=clerk, reason="Viết nhầm vụ việc.")
