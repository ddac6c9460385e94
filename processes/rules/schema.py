"""The parameters an edition may state: the shape and the unit of each. No values here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from processes.rules.shapes import (
    Check,
    boolean,
    by_year,
    integer,
    listing,
    matching,
    one_of,
    optional,
    part,
    record,
    text,
)


@dataclass(frozen=True)
class Key:
    """What the value of a key looks like, and in which units it may be given (none: no unit).

    Every edition of `family` has to say it; the decrees for State posts may.
    """

    check: Check
    units: frozenset[str] = frozenset()
    family: str = "appointment"


CONFERENCES = (
    "c1",
    "c2",
    "c3",
    "c4",
    "c5",
    "external_vote",
    "reappointment_key",
    "reappointment_vote",
    "sc_policy",
    "sc_decision",
    "sc_sanction",
    "sc_consultation",
    "sc_delegation",
    "ec_delegation",
)

BODIES = (
    "leadership",
    "leadership_extended",
    "key_cadres",
    "party_committee",
    "standing_committee",
    "executive_committee",
    "standing_board",
    "congress",
    "peoples_council",
    "workplace_voters",
)

RULES = (
    "minutes",
    "collect_names",
    "over_half_or_top2",
    "consult",
    "over_half_highest",
    "over_half",
    "each_over",
    "elect",
)

#: Which planning counts for a title, from the narrowest to the widest.
COVERS = ("title", "equivalent", "equivalent_or_higher")

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

#: What is sent with somebody from elsewhere, and with a reappointment.
FURTHER_ITEMS = {
    "external": (
        "vote_summary", "transfer_consent", "cv", "self_review", "collective_comment",
        "residence_comment", "political_conclusion", "asset_declaration", "health_certificate",
        "diplomas", "planning_decision", "complaint_verdict", "appraisal_report",
    ),
    "reappointment": (
        "self_report", "committee_comment", "complaint_verdict", "submission", "vote_summary",
        "cv", "collective_comment", "political_conclusion", "asset_declaration",
        "health_certificate", "appraisal_report",
    ),
}  # fmt: skip

#: The five conferences of a nomination, and what sits when somebody is elected.
ELECTION_CONFERENCES = (
    "n1",
    "n2",
    "n3",
    "n4",
    "n5",
    "sc_nomination",
    "extra_nominees",
    "withdrawals",
    "election",
    "council_election",
    "workplace_voters",
)

#: What a candidate's papers are, for a Party post, a State post and a deputy's seat.
ELECTION_ITEMS = {
    "nomination": (
        "submission", "vote_summary", "application", "cv", "asset_declaration",
        "health_certificate", "workplace_comment", "residence_comment", "political_conclusion",
        "diplomas",
    ),
    "candidacy": (
        "submission", "vote_summary", "application", "cv", "asset_declaration",
        "health_certificate", "workplace_comment", "residence_comment", "political_conclusion",
        "diplomas",
    ),
    "deputy": (
        "application", "cv", "asset_declaration", "leadership_list", "leadership_confirmation",
        "personal_list", "residence_comment", "vote_summary",
    ),
}  # fmt: skip

#: The papers of a sanction, of a round of comments, of a delegation and of an inspection.
SUPPORT_ITEMS = {
    "sanction": ("finding_paper", "explanation_paper", "inspection_report"),
    "consultation": ("consulted_draft", "opinions_synthesis"),
    "delegation": ("delegated_draft", "delegation_resolution"),
    "inspection": ("inspection_conclusion",),
}

#: What the Standing Committee votes on in a rotation, and the papers of its dossier.
ROTATION_CONFERENCES = ("sc_rotation_plan", "sc_rotation", "sc_placement")
ROTATION_ITEMS = (
    "cv", "self_review", "collective_comment", "residence_comment", "political_conclusion",
    "asset_declaration", "health_certificate", "diplomas", "transfer_consent",
    "complaint_verdict", "appraisal_report", "mission_order",
)  # fmt: skip

_count = integer(1)
_share = part(strict=boolean)
_settings = record(
    body=one_of(*BODIES),
    vote=one_of("none", "open", "secret"),
    ballot=one_of("none", "one_name", "names", "agree_disagree"),
    announced=boolean,
    rule=one_of(*RULES),
    at_half=optional(one_of("head_decides")),
)


def _conference(value: Any) -> str | None:
    """Accept the words on a conference that go together."""
    if problem := _settings(value):
        return problem
    silent = [value[word] for word in ("vote", "ballot")].count("none")
    if silent != (2 if value["rule"] == "minutes" else 0):
        return "vote and ballot are none where the rule is minutes, and nowhere else"
    if value["at_half"] and value["rule"] not in ("over_half", "over_half_highest"):
        return f"at_half: the rule {value['rule']} does not ask who is at half"
    return None


_item = record(
    name_vi=text,
    name_en=text,
    required=one_of("always", "if_any", "at_sc"),
    before=matching(r"[a-z]\d\d"),
    valid_months=optional(_count),
    per_step=boolean,
    personal=boolean,
    form=one_of("upload", "generated"),
)


def _duration(*units: str) -> Key:
    return Key(optional(_count), frozenset(units))


def _elections(check: Check, *units: str) -> Key:
    return Key(check, frozenset(units), "election")


def _rotation(check: Check, *units: str) -> Key:
    return Key(check, frozenset(units), "rotation")


_approver = one_of("prime_minister", "provincial_chair")
_deadline = _duration("working_day", "day", "month")
_months = Key(_count, frozenset({"month"}))
_years = Key(_count, frozenset({"year"}))
_flag = Key(boolean)
_level = Key(record(points=_count, late_percent=integer(0), all_done=boolean), family="evaluation")

#: Stated by the editions for those who read them; the site computes nothing from these.
ONLY_STATED = frozenset(
    {
        "age.counted_on",
        "deadlines.forward_to_organs",
        "head_nomination_pilot",
        "min_unit_size_for_own_conference",
        "numbering.scope",
        "on_process_breach",
        "photo.valid_months",
        "who_may_grant_exception",
    }
)

KEYS: Mapping[str, Key] = {
    **{f"conferences.{name}": Key(_conference) for name in CONFERENCES},
    "quorum": Key(part(of=one_of("summoned"))),
    "vote_base": Key(one_of("summoned")),
    "threshold": Key(_share),
    "top_n": Key(_count),
    "vote.candidates_vote": _flag,
    "vote.barred_in_base": _flag,
    "head_barred.decided_by": Key(one_of("standing_board", "head")),
    "tie_for_last_place": Key(one_of("all_go_needs_ruling")),
    "tellers_required": Key(_count),
    "deputies.votes": _flag,
    "emergency.hours": Key(_count),
    "erasure.objection": _duration("working_day", "day"),
    "deadlines.policy_decision": _deadline,
    "deadlines.process": _deadline,
    "deadlines.forward_to_organs": _deadline,
    "deadlines.organ_reply": _deadline,
    "deadlines.appraisal": _deadline,
    "deadlines.reminder_before": _deadline,
    "deadlines.extensions": Key(optional(_count)),
    "deadlines.explanation": _deadline,
    "deadlines.inspection_explanation": _deadline,
    "deadlines.consultation": _deadline,
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
    "planning.covers": Key(one_of(*COVERS)),
    "health.valid_months": _months,
    **{f"review.{level}": _level for level in ("excellent", "good", "completed")},
    "pending.bars": _flag,
    "assets.verification_required": _flag,
    "photo.valid_months": _months,
    "dossier.freshness_counted_on": Key(one_of("submission", "decision")),
    **{f"dossier.items.{code}": Key(_item) for code in DOSSIER_ITEMS},
    **{
        f"{dossier}.items.{code}": Key(_item)
        for dossier, codes in SUPPORT_ITEMS.items()
        for code in codes
    },
    **{
        f"{dossier}.items.{code}": Key(_item)
        for dossier, codes in FURTHER_ITEMS.items()
        for code in codes
    },
    "external.voting_unit": Key(one_of("source", "destination")),
    "reappointment.key_threshold": Key(optional(_share)),
    "reappointment.head_evaluated_by": Key(one_of("standing_board", "unit")),
    "reappointment.extension_below": _years,
    "reappointment.full_term_from": _years,
    "deadlines.self_report": _deadline,
    "deadlines.decision_before_term_end": _deadline,
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
    **{f"conferences.{name}": _elections(_conference) for name in ELECTION_CONFERENCES},
    **{
        f"thresholds.{name}": _elections(_share)
        for name in ("extra_nominees", "election", "council_election", "workplace_voters")
    },
    "election.surplus": _elections(part()),
    "election.surplus_small": _elections(record(least=_count, most=_count, surplus=_count)),
    "election.surplus_prepared": _elections(record(least=_count, most=_count), "percent"),
    "election.dossier_deadline": _elections(_count, "working_day"),
    "election.candidates_vote": _elections(boolean),
    "election.committee_nominates_outside": _elections(boolean),
    "election.withdrawal_decided_by": _elections(one_of("conference", "committee")),
    "election.planned_not_elected": _elections(one_of("stop_and_ask", "go_on")),
    "election.approver": _elections(
        record(province=_approver, district=_approver, commune=_approver)
    ),
    "election.deputy_majority": _elections(_share),
    "election.voters_all_staff_under": _elections(_count, "person"),
    **{
        f"election.consultation_days.{part}": _elections(_count, "day")
        for part in ("round_1", "voters", "round_2", "round_3")
    },
    **{
        f"{dossier}.items.{code}": _elections(_item)
        for dossier, codes in ELECTION_ITEMS.items()
        for code in codes
    },
    **{f"conferences.{name}": _rotation(_conference) for name in ROTATION_CONFERENCES},
    "rotation.min_remaining_years": _rotation(_count, "year"),
    "rotation.min_remaining_years_special": _rotation(_count, "year"),
    "rotation.weak_barred": _rotation(boolean),
    "rotation.higher_post": _rotation(one_of("outstanding_only", "not_stated")),
    "rotation.extra_posts": _rotation(one_of("politburo_only", "not_stated")),
    "rotation.non_local_years": _rotation(optional(_count), "year"),
    "rotation.min_months": _rotation(_count, "month"),
    "rotation.review_kinds": _rotation(listing(one_of("quarter", "year"))),
    "rotation.allowance_preserved": _rotation(boolean),
    "rotation.proposal_deadline": _rotation(optional(_count), "working_day", "day", "month"),
    "rotation.report_deadline": _rotation(optional(_count), "working_day", "day", "month"),
    **{f"rotation_dossier.items.{code}": _rotation(_item) for code in ROTATION_ITEMS},
}
