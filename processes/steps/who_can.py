"""Who can, where somebody may not: named from the same questions that the guard asks."""

from collections.abc import Iterable

from django.db.models import Q

from permissions.catalogue import GRANTS, Act
from permissions.checks import today
from permissions.models import Holding, User
from processes.audit.models import AuditEntry, Event
from processes.cases.models import Case, CaseTask
from processes.organisation.people import Cadre, Kinship
from processes.steps.bars import FOUR_EYES, UPLOAD, counts_as, uploads_in

Wanted = tuple[str, int]


def who_can(case: Case, wanted: Iterable[Wanted]) -> dict[Wanted, list[User]]:
    """The people who may do each act for its unit in this case, by their own right.

    Read together for all of them, in five statements; that it says what the guard says is tested
    for everybody. Whoever must keep out is left out, without a word on why.
    """
    asked = set(wanted)
    if not asked:
        return {}
    roles = {role for role, acts in GRANTS.items() if any(act in acts for act, _unit in asked)}
    held = Holding.objects.in_force(today()).filter(
        role__in=roles, unit__in={unit for _act, unit in asked}, user__is_active=True
    )
    closed, worked = _kept_out(case), _worked(case)
    found: dict[Wanted, list[User]] = {key: [] for key in asked}
    for one in held.select_related("user").order_by("user__first_name", "user_id"):
        for act, unit in asked:
            barred = closed | {p for done, p in worked if done in FOUR_EYES.get(act, ())}
            fits = one.unit_id == unit and Act(act) in GRANTS[one.role]  # type: ignore[index]
            free = fits and one.user_id not in barred and one.user not in found[act, unit]
            if free and not case.flow_class.keeps_out(one.user, case, act):
                found[act, unit].append(one.user)
    return found


def _kept_out(case: Case) -> set[int]:
    """Accounts of whom the case is about and of their kin."""
    about = {case.candidate_id} - {None}
    if not about:
        lines = case.roster.filter(stage="roster", listed=True, round=case.round)
        about = set(lines.values_list("cadre", flat=True))
    ties = Kinship.objects.filter(Q(cadre__in=about) | Q(relative__in=about))
    family = about | {pk for pair in ties.values_list("cadre", "relative") for pk in pair}
    accounts = Cadre.objects.filter(pk__in=family, user__isnull=False)
    return set(accounts.values_list("user", flat=True))


def _worked(case: Case) -> set[tuple[str, int]]:
    """Who did which act in the case: themselves, through a deputy, or preparing it for another."""
    done = CaseTask.objects.filter(process=case, finished__isnull=False, seat="")
    done = done.exclude(outcome="")
    acts, found = {}, set()
    for pk, act, owner, behalf in done.values_list("pk", "act", "owner", "behalf"):
        acts[pk] = act
        found |= {(act, person) for person in (owner, behalf) if person}
    added = uploads_in([case.pk]).values_list("uploaded_by", counts_as()).distinct()
    for person, act in added:
        found |= {(one, person) for one in {act, UPLOAD}}
    entries = AuditEntry.objects.filter(case=case, event=Event.PREPARED, task__in=acts)
    return found | {
        (acts[task], by) for task, by in entries.values_list("task", "by") if task and by
    }
