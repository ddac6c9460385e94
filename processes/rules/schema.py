"""The parameters an edition may state: the shape and the unit of each. No values here."""

from collections.abc import Mapping
from dataclasses import dataclass

from processes.rules.shapes import (
    Check,
    boolean,
    by_year,
    integer,
    listing,
    matching,
    one_of,
    optional,
    record,
    text,
)


@dataclass(frozen=True)
class Key:
    """What the value of a key looks like, and in which units it may be given (none: no unit)."""

    check: Check
    units: frozenset[str] = frozenset()


CONFERENCES = ("c1", "c2", "c3", "c4", "c5", "sc_policy", "sc_decision")

BODIES = (
    "leadership",
    "leadership_extended",
    "key_cadres",
    "party_committee",
    "standing_committee",
    "executive_committee",
    "standing_board",
)

RULES = (
    "minutes",
    "collect_names",
    "over_half_or_top2",
    "consult",
    "over_half_highest",
    "over_half",
)

DOSSIER_ITEMS = (
    "submission",
    "vote_summary",
    "cv",
    "self_review",
    "collective_comment",
    "residence_comment",
    "political_conclusion",
    "asset_declaration",
    "health_certificate",
    "diplomas",
    "planning_decision",
    "committee_comment",
    "complaint_verdict",
    "consult_opinions",
    "appraisal_report",
)

_count = integer(1)
_conference = record(
    body=one_of(*BODIES),
    vote=one_of("none", "open", "secret"),
    ballot=one_of("none", "one_name", "agree_disagree"),
    announced=boolean,
    rule=one_of(*RULES),
    at_half=optional(one_of("head_decides")),
)
_item = record(
    name_vi=text,
    name_en=text,
    required=one_of("always", "if_any", "at_sc"),
    before=matching(r"a\d\d"),
    valid_months=optional(_count),
    per_step=boolean,
    form=one_of("upload", "generated"),
)


def _duration(*units: str) -> Key:
    return Key(optional(_count), frozenset(units))


_deadline = _duration("working_day", "day", "month")
_months = Key(_count, frozenset({"month"}))
_years = Key(_count, frozenset({"year"}))
_flag = Key(boolean)

KEYS: Mapping[str, Key] = {
    **{f"conferences.{name}": Key(_conference) for name in CONFERENCES},
    "quorum": Key(record(num=_count, den=_count, of=one_of("summoned"))),
    "vote_base": Key(one_of("summoned")),
    "threshold": Key(record(num=_count, den=_count, strict=boolean)),
    "top_n": Key(_count),
    "tie_for_last_place": Key(one_of("all_go_needs_ruling")),
    "tellers_required": Key(_count),
    "deadlines.policy_decision": _deadline,
    "deadlines.process": _deadline,
    "deadlines.forward_to_organs": _deadline,
    "deadlines.organ_reply": _deadline,
    "deadlines.appraisal": _deadline,
    "deadlines.reminder_before": _deadline,
    "on_process_breach": Key(one_of("explain_and_report")),
    "discipline_bar.reprimand": _months,
    "discipline_bar.warning": _months,
    "discipline_bar.removal": _months,
    "min_months_in_post": _months,
    "age.full_term_years": _years,
    "age.counted_on": Key(one_of("dossier_receipt")),
    "age.waived_for_equal_or_lower": _flag,
    "retirement_age.male": Key(by_year(_count), frozenset({"month"})),
    "retirement_age.female": Key(by_year(_count), frozenset({"month"})),
    "evaluation.years": _years,
    "evaluation.minimum_level": Key(one_of("excellent", "good", "completed")),
    "planning.required": _flag,
    "health.valid_months": _months,
    "pending.bars": _flag,
    "assets.verification_required": _flag,
    "photo.valid_months": _months,
    "dossier.freshness_counted_on": Key(one_of("submission", "decision")),
    **{f"dossier.items.{code}": Key(_item) for code in DOSSIER_ITEMS},
    "term.years": _years,
    "term.max_consecutive": Key(_count),
    "reappointment_notice": _duration("working_day", "day"),
    "result_validity_months": _duration("month"),
    "min_unit_size_for_own_conference": Key(
        record(staff=_count, leaders=_count, party_cell=boolean)
    ),
    "who_may_grant_exception": Key(one_of("competent_level", "appointing_level")),
    "head_nomination_pilot": _flag,
    "numbering.scope": Key(listing(one_of("organ", "type", "term", "year"))),
    "transition.on_end": Key(one_of("finish_under_old", "move_to_new")),
}
