"""In which check an exception has counted, or from which one it will."""

from django.utils.translation import gettext as _

from processes.cases.models import Case, ExceptionRecord, RosterLine


def counted_in(case: Case) -> list[tuple[ExceptionRecord, str]]:
    """Each exception of the case with what is said of it; nothing where no check asks for it.

    That is so of a recall, which is carried out at once.
    """
    exceptions = list(case.exceptions.select_related("cadre", "approver").order_by("pk"))
    if not exceptions:
        return []
    lines = case.roster.filter(cadre__in={one.cadre_id for one in exceptions})
    found: dict[tuple[int, str], RosterLine | None] = {}
    for line in lines.order_by("pk"):
        for check in line.checks:
            key = line.cadre_id, check["code"]
            if check["excepted"]:
                found[key] = found.get(key) or line
            else:
                found.setdefault(key, None)
    return [(one, _said(case, one, found)) for one in exceptions]


def _said(case: Case, one: ExceptionRecord, found: dict[tuple[int, str], RosterLine | None]) -> str:
    key = one.cadre_id or 0, one.rule
    if key not in found:
        return ""
    if line := found[key]:
        said = _("It has counted since the check of %(day)s (%(stage)s).")
        return said % {"day": f"{line.checked_on:%d/%m/%Y}", "stage": line.get_stage_display()}
    if case.finished:
        return _("It has counted in no check.")
    if one.cadre_id == case.candidate_id:
        return _("It counts from the next check on: on the day of the decision.")
    return _(
        "It counts from the next check on: when the roster is built again, as by a restart from "
        "the first conference after a hold."
    )
