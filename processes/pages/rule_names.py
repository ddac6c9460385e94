"""What the parameters of an edition are called; papers have their names in the edition itself."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from processes.pages.labels import CONFERENCES, DEADLINES
from processes.rules import Parameter

NAMES = {
    **DEADLINES,
    **{f"conferences.{code}": name for code, name in CONFERENCES.items()},
    "quorum": _("Quorum"),
    "vote_base": _("Out of whom votes are counted"),
    "threshold": _("Votes that are needed"),
    "top_n": _("How many go on where nobody has the votes"),
    "tie_for_last_place": _("Tie for the last place"),
    "vote.candidates_vote": _("Whether whoever is on the slip votes, outside of elections"),
    "vote.barred_in_base": _("Whether people who must not vote count in base and quorum"),
    "head_barred.decided_by": _("Who decides where the head must keep out"),
    "tellers_required": _("Members of the counting team, at least"),
    "deputies.votes": _("Whether a deputy casts another's vote"),
    "emergency.hours": _("Length of an emergency access, in hours"),
    "erasure.objection": _("Time to object to an erasure"),
    "deadlines.reminder_before": _("Reminder before a deadline"),
    "deadlines.extensions": _("How often a deadline is extended, at most"),
    "on_process_breach": _("What a passed deadline brings about"),
    "discipline_bar.reprimand": _("How long a reprimand bars"),
    "discipline_bar.warning": _("How long a warning bars"),
    "discipline_bar.removal": _("How long a removal bars"),
    "min_months_in_post": _("Time in the present or an equivalent post"),
    "age.full_term_years": _("Years of a full term"),
    "age.counted_on": _("Day on which the age counts"),
    "age.waived_for_equal_or_lower": _("No condition of age for an equal or lower post"),
    "retirement_age.male": _("Retirement age of men"),
    "retirement_age.female": _("Retirement age of women"),
    "evaluation.years": _("Annual evaluations that are looked at"),
    "evaluation.minimum_level": _("Level of evaluation, at least"),
    "planning.required": _("Whether planning is asked for"),
    "planning.covers": _("Which planning counts"),
    "health.valid_months": _("How long a health certificate counts"),
    "review.excellent": _("Level “completed excellently”"),
    "review.good": _("Level “completed well”"),
    "review.completed": _("Level “completed”"),
    "pending.bars": _("Whether an open matter bars"),
    "assets.verification_required": _("Whether the declaration of assets is verified"),
    "photo.valid_months": _("How long a photograph counts"),
    "dossier.freshness_counted_on": _("Day up to which papers must be fresh"),
    "external.voting_unit": _("Which unit votes on somebody from elsewhere"),
    "reappointment.key_threshold": _("Votes of the key cadres on a reappointment"),
    "reappointment.head_evaluated_by": _("Who evaluates a head before the reappointment"),
    "reappointment.extension_below": _("Extension where less than this is left to retirement"),
    "reappointment.full_term_from": _("Full term where at least this is left to retirement"),
    "term.years": _("Length of a term"),
    "term.max_consecutive": _("Terms in a row in the same head post, at most"),
    "result_validity_months": _("How long the result of a vote counts"),
    "min_unit_size_for_own_conference": _("Size from which a unit holds its own conference"),
    "who_may_grant_exception": _("Who grants an exception"),
    "head_nomination_pilot": _("Trial of nomination by the head"),
    "numbering.scope": _("Within what documents are numbered"),
    "transition.on_end": _("Open cases when the edition ends"),
    "thresholds.extra_nominees": _("Votes that a further nominee needs"),
    "thresholds.election": _("Votes that are needed to be elected"),
    "thresholds.council_election": _("Votes that are needed in a People's Council"),
    "thresholds.workplace_voters": _("Votes that are needed at the voters' conference"),
    "election.surplus": _("Surplus of a list, at most"),
    "election.surplus_small": _("Surplus of a short list"),
    "election.surplus_prepared": _("Surplus that is prepared"),
    "election.dossier_deadline": _("Dossiers before the congress"),
    "election.candidates_vote": _("Whether candidates vote"),
    "election.committee_nominates_outside": _(
        "Whether a committee nominates from outside the list"
    ),
    "election.withdrawal_decided_by": _("Who decides on a withdrawal"),
    "election.planned_not_elected": _("Where the planned person is not elected"),
    "election.approver": _("Who approves the result"),
    "election.deputy_majority": _("Votes that a deputy needs"),
    "election.voters_all_staff_under": _("Below this size all staff are invited as voters"),
    "rotation.min_remaining_years": _("Time left to work, for a rotation"),
    "rotation.min_remaining_years_special": _("Time left to work, not of the place or two terms"),
    "rotation.weak_barred": _("No weak cadre is moved"),
    "rotation.higher_post": _("Rotation into a higher post"),
    "rotation.extra_posts": _("Posts beyond the number for a rotation"),
    "rotation.non_local_years": _("Years at work there that make somebody of the place"),
    "rotation.review_kinds": _("Periods of review on rotation"),
    "rotation.allowance_preserved": _("Allowance is kept on rotation"),
}


def name_of(parameter: Parameter) -> Any:
    """What the parameter is called, in the language of the page; its key where nobody named it."""
    if ".items." in parameter.key:
        return parameter.value["name_vi" if get_language() == "vi" else "name_en"]
    return NAMES.get(parameter.key, parameter.key)
