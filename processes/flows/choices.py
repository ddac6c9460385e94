"""Who is on a slip, who may be chosen, and which way a case goes by itself."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from permissions.catalogue import Lane
from processes.cases.models import Case, RosterLine
from processes.cases.rules import note_rules, rules_of
from processes.flows.rulings import ruled
from processes.organisation.people import Cadre
from processes.organisation.positions import Position
from processes.steps.heads import head_or_instead
from processes.steps.many import DIFFERS, flag
from processes.steps.vote import advancing, last_sitting


def roster(case: Case) -> list[Cadre]:
    """Everybody on the roster who meets the conditions; step 3 may name any of them too."""
    lines = case.roster.filter(
        round=case.round, stage=RosterLine.Stage.ROSTER, eligible=True, listed=True
    )
    return list(Cadre.objects.filter(pk__in=lines.values("cadre")))


def after_conference_2(case: Case) -> list[Cadre]:
    """Who may be nominated at conference 3: the result of conference 2, or the ruling on its tie.

    Where that conference has only collected names, everybody on the roster: step 3 may name
    others too. Quy định 105-QĐ/TW and Nghị định 138/2020/NĐ-CP let step 2 decide.
    """
    if people := ruled(case, "ruling_2", "c2"):
        return list(Cadre.objects.filter(pk__in=people))
    meeting = last_sitting(case, "c2")
    if meeting is None or meeting.outcome == "counted":
        return roster(case)
    return advancing(case, "c2")


def nominees(case: Case) -> list[Cadre]:
    """Who goes on after conference 3: its result, or the ruling on its tie."""
    if people := ruled(case, "ruling", "c3"):
        return list(Cadre.objects.filter(pk__in=people))
    return advancing(case, "c3")


def tied(case: Case) -> list[Cadre]:
    """Who shares the last place, and who is ahead of them."""
    return advancing(case, tied_conference(case))


def tied_conference(case: Case) -> str:
    """The conference whose tie is ruled on: 3, or 2 as long as 3 has not sat after it."""
    second, third = last_sitting(case, "c2"), last_sitting(case, "c3")
    return "c2" if second and (third is None or third.pk < second.pk) else "c3"


def tie_ruled_on(case: Case) -> str:
    """Which tie has been ruled on; the case goes on to the conference after that one."""
    return "tie_2" if tied_conference(case) == "c2" else "tie_3"


def at_half(case: Case) -> list[Cadre]:
    """Who has exactly half of the votes at conference 5."""
    return advancing(case, "c5")


def head_of_unit(case: Case) -> Lane:
    """Who decides at exactly half of conference 5."""
    return head_or_instead(case, Lane.UNIT_HEAD)


def candidate(case: Case) -> list[Cadre]:
    """The one whom the Standing Committee votes on."""
    return [case.candidate] if case.candidate else []


def voting_unit(case: Case) -> Lane:
    """Which side votes on somebody from elsewhere; the edition says it.

    Where the person works: Nghị định 170/2025/NĐ-CP Điều 33.3; the receiving unit: Nghị định
    138/2020/NĐ-CP Điều 46.3.
    """
    votes = _voting_side(case)
    return Lane.SRC_UNIT if votes == "source" else Lane.DST_UNIT


def head_of_voting_unit(case: Case) -> Lane:
    """Who decides when the vote is exactly half: the head of the unit that voted."""
    side = Lane.SRC_HEAD if _voting_side(case) == "source" else Lane.DST_HEAD
    return head_or_instead(case, side)


def _voting_side(case: Case) -> str:
    rules = rules_of(case)
    side = rules.value("external.voting_unit")
    note_rules(case, rules)
    return str(side)


def differs_from_conference_2(case: Case, outcome: str, reason: str) -> str:
    """Name a result that others lead than at conference 2; it must be explained.

    Quy định 80-QĐ/TW Điều 21.1, step 3 [recalled: unverified].
    """
    if outcome != "quorum_fail":
        flag(case, DIFFERS, on=False)  # of a result that this one replaces
    if outcome not in ("over50", "top2"):
        return outcome
    before, now = _leaders(case, "c2"), _leaders(case, "c3")
    if not before or before & now:
        return outcome
    if not reason.strip():
        raise ValidationError(
            {"reason": _("The result differs from conference 2: explain why, in writing.")}
        )
    flag(case, DIFFERS)
    return "differs"


def authority(case: Case) -> str:
    """A State post gets a State decision after the Party's (procedures.md section 0)."""
    state = case.position is not None and case.position.kind == Position.Kind.STATE
    return "state_post" if state else "party_post"


def _leaders(case: Case, conference: str) -> set[int]:
    """Numbers of those with the most votes at the last sitting; several where they are level."""
    meeting = last_sitting(case, conference)
    shares = meeting.result["shares"] if meeting else []
    most = max((line["agree"] for line in shares), default=0)
    return {line["candidate"] for line in shares if most and line["agree"] == most}
