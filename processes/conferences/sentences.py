"""What the arithmetic of a vote says to a person, in the language of the page."""

from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from processes.conferences.tally import Inequality, Reason, Share

Name = Callable[[Any], str]

REASONS: Mapping[str, str | Promise] = {
    "quorum_met": gettext_lazy(
        "There is a quorum: %(present)s of %(summoned)s people summoned are present, and at least "
        "%(needed)s (%(quorum)s) must be."
    ),
    "no_quorum": gettext_lazy(
        "There is no quorum: %(present)s of %(summoned)s people summoned are present, and at least "
        "%(needed)s (%(quorum)s) must be. The conference does not count; call it again."
    ),
    "by_minutes": gettext_lazy("The conference agrees by minutes, without a ballot."),
    "base_summoned": gettext_lazy(
        "Shares are counted on the %(base)s people summoned, not on those present."
    ),
    "base_voters": gettext_lazy(
        "Shares are counted on the %(base)s people summoned who may vote, not on those present."
    ),
    "barred_in_base": gettext_lazy(
        "Without a vote, being on the slip or a relative of somebody on it: %(barred)s of the "
        "%(summoned)s people summoned. By the edition of the case they stay in base and quorum."
    ),
    "barred_apart": gettext_lazy(
        "Without a vote, being on the slip or a relative of somebody on it: %(barred)s of the "
        "%(summoned)s people summoned. By the edition of the case base and quorum leave them out "
        "and are counted on %(base)s."
    ),
    "out_of_reach": gettext_lazy(
        "Those who may vote are %(voters)s of %(base)s, so that nobody can have %(threshold)s of "
        "those summoned. Where somebody must have it, ask the competent level which body is to "
        "vote instead, or leave somebody off the slip and say why."
    ),
    "names_collected": gettext_lazy(
        "This conference only collects names. Named, and going on: %(names)s."
    ),
    "consulted": gettext_lazy(
        "This conference is consulted: its count is reported, and everybody goes on."
    ),
    "no_votes": gettext_lazy("Nobody received a vote."),
    "over": gettext_lazy("%(name)s has %(threshold)s of those summoned: %(share)s."),
    "nobody_over": gettext_lazy("Nobody has %(threshold)s of those summoned."),
    "highest_over50": gettext_lazy("The highest of those above the threshold goes on: %(name)s."),
    "highest_selected": gettext_lazy(
        "The highest of those above the threshold is selected: %(name)s."
    ),
    "top_n": gettext_lazy("In that case the highest go on, at most %(top_n)s: %(names)s."),
    "tie_for_last_place": gettext_lazy(
        "Equal for the last of %(top_n)s places, with %(agree)s votes each: %(names)s. They all go "
        "on, and the competent level must be asked for a ruling."
    ),
    "tie_at_top": gettext_lazy(
        "Equal at the top, with %(agree)s votes each: %(names)s. The competent level must be asked "
        "for a ruling."
    ),
    "exact_head_decides": gettext_lazy(
        "Exactly %(fraction)s of those summoned: %(names)s. The head of the unit decides, and all "
        "differing opinions are reported to the competent level."
    ),
    "passed_each": gettext_lazy("With %(threshold)s of those summoned: %(names)s."),
    "elected": gettext_lazy(
        "Elected with %(threshold)s of those summoned, for %(seats)s seats: %(names)s."
    ),
    "tie_for_last_seat": gettext_lazy(
        "Equal for the last of %(seats)s seats, with %(agree)s votes each: %(names)s. Votes do not "
        "tell them apart; it has to be ruled who is elected."
    ),
    "approved": gettext_lazy("Approved with %(threshold)s of those summoned: %(share)s."),
    "rejected": gettext_lazy(
        "Not approved: it takes %(threshold)s of those summoned, and this is %(share)s."
    ),
}

INEQUALITIES: Mapping[str, str | Promise] = {
    "present_over_summoned": gettext_lazy(
        "present ≤ summoned does not hold: %(present)s people present, %(summoned)s summoned. "
        "Check the attendance list."
    ),
    "barred_over_summoned": gettext_lazy(
        "without a vote ≤ summoned does not hold: %(barred)s people without a vote, %(summoned)s "
        "summoned. Check who was called."
    ),
    "barred_present_over_barred": gettext_lazy(
        "present without a vote ≤ without a vote does not hold: %(barred_present)s present, "
        "%(barred)s in all. Check the attendance list."
    ),
    "barred_present_over_present": gettext_lazy(
        "present without a vote ≤ present does not hold: %(barred_present)s without a vote, "
        "%(present)s people present. Check the attendance list."
    ),
    "voters_over_summoned": gettext_lazy(
        "present ≤ summoned does not hold among those who may vote: %(present)s people present, "
        "%(barred_present)s of them without a vote; %(summoned)s summoned, %(barred)s of them "
        "without a vote. Check the attendance list."
    ),
    "issued_over_voters": gettext_lazy(
        "issued ≤ present people who may vote does not hold: %(issued)s slips issued, %(present)s "
        "people present, %(barred_present)s of them without a vote. Whoever is on the slip, or a "
        "relative of somebody on it, gets no slip; check both numbers against the minutes."
    ),
    "issued_over_present": gettext_lazy(
        "issued ≤ present does not hold: %(issued)s slips issued, %(present)s people present. "
        "Check both numbers against the minutes."
    ),
    "collected_over_issued": gettext_lazy(
        "collected ≤ issued does not hold: %(collected)s slips collected, %(issued)s issued. "
        "Count the collected slips again."
    ),
    "blank_over_invalid": gettext_lazy(
        "blank ≤ invalid does not hold: %(blank)s blank slips, %(invalid)s invalid ones. "
        "Count each blank slip among the invalid ones."
    ),
    "slips_do_not_add_up": gettext_lazy(
        "valid + invalid = collected does not hold: %(valid)s + %(invalid)s is not %(collected)s. "
        "Count valid and invalid slips again."
    ),
    "agree_over_valid": gettext_lazy(
        "agree ≤ valid does not hold for %(name)s: %(agree)s votes on %(valid)s valid slips. "
        "Count this line again."
    ),
    "answers_over_valid": gettext_lazy(
        "agree + disagree ≤ valid does not hold for %(name)s: %(agree)s + %(disagree)s answers on "
        "%(valid)s valid slips. Count this line again."
    ),
    "more_names_than_slips": gettext_lazy(
        "One name on each slip, but %(agree)s names stand on %(valid)s valid slips. Count slips "
        "with several names as invalid."
    ),
    "more_names_than_seats": gettext_lazy(
        "At most %(seats)s names on each slip, but %(agree)s names stand on %(valid)s valid slips. "
        "Count slips with more names as invalid."
    ),
    "slip_has_no_disagree": gettext_lazy(
        "This slip has no box for disagreement, but %(disagree)s is entered for %(name)s. Leave "
        "that number empty."
    ),
}

NEGATIVE = gettext_lazy("%(field)s: %(number)s is negative. Enter 0 or more.")
NEGATIVE_LINE = gettext_lazy("%(field)s, %(name)s: %(number)s is negative. Enter 0 or more.")

FIELDS: Mapping[str, str | Promise] = {
    "summoned": gettext_lazy("People summoned"),
    "present": gettext_lazy("People present"),
    "barred": gettext_lazy("People without a vote"),
    "barred_present": gettext_lazy("Present without a vote"),
    "issued": gettext_lazy("Slips issued"),
    "collected": gettext_lazy("Slips collected"),
    "valid": gettext_lazy("Valid slips"),
    "invalid": gettext_lazy("Invalid slips"),
    "blank": gettext_lazy("Blank slips"),
    "agree": gettext_lazy("Agree"),
    "disagree": gettext_lazy("Disagree"),
}


def share_text(share: Share) -> str:
    """Say a share with its base: "31/45 summoned = 68.9%"."""
    facts = {"agree": share.agree, "base": share.base, "percent": percent(share)}
    return _("%(agree)s/%(base)s summoned = %(percent)s%%") % facts


def percent(share: Share) -> str:
    """Round half up to one decimal, or to as many as keep it apart from the threshold."""
    decimals = 1
    while share.fraction != share.threshold and (
        _percentage(share.fraction, decimals) == _percentage(share.threshold, decimals)
    ):
        decimals += 1
    return number_format(_percentage(share.fraction, decimals), decimals)


def explain(reason: Reason, *, name: Name = str) -> str:
    """One sentence for a rule that was applied; `name` says who a candidate is."""
    return REASONS[reason.code] % _facts(reason.params, name)


def inequality_text(inequality: Inequality, *, name: Name = str) -> str:
    """Say which equation fails, with its numbers and what to do about it."""
    facts = {**inequality.numbers, **_named(inequality.candidate, name)}
    if inequality.code != "negative":
        return INEQUALITIES[inequality.code] % facts
    ((field, number),) = inequality.numbers.items()
    sentence = NEGATIVE if inequality.candidate is None else NEGATIVE_LINE
    return sentence % {**facts, "field": FIELDS[field], "number": number}


def _percentage(fraction: Fraction, decimals: int) -> Decimal:
    """Turn a fraction into per cent, exactly, rounded half up."""
    scaled = fraction * 100 * 10**decimals
    return Decimal(floor(scaled + Fraction(1, 2))).scaleb(-decimals)


def _named(candidate: Hashable | None, name: Name) -> dict[str, str]:
    return {} if candidate is None else {"name": name(candidate)}


def _facts(params: Mapping[str, Any], name: Name) -> dict[str, Any]:
    """Put words in the place of candidates, shares and the threshold."""
    facts = dict(params)
    if "name" in params:
        facts["name"] = name(params["name"])
    if "names" in params:
        facts["names"] = ", ".join(name(candidate) for candidate in params["names"])
    if "share" in params:
        facts["share"] = share_text(params["share"])
    if "threshold" in params:
        facts["fraction"] = params["threshold"]
        facts["threshold"] = _threshold_text(params["threshold"], strict=params["strict"])
    return facts


def _threshold_text(threshold: Fraction, *, strict: bool) -> str:
    if strict:
        return _("more than %(fraction)s") % {"fraction": threshold}
    return _("at least %(fraction)s") % {"fraction": threshold}
