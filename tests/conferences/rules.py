"""Rules and counts for the tests of the arithmetic, shaped as an edition states them."""

from processes.conferences.tally import Count, Rule

QUORUM = {"num": 2, "den": 3, "of": "summoned"}
THRESHOLD = {"num": 1, "den": 2, "strict": True}
TIE = "all_go_needs_ruling"


def rule(kind, ballot="one_name", at_half=None, *, threshold=THRESHOLD, top_n=2, **own):
    conference = {"body": "leadership", "rule": kind, "ballot": ballot, "at_half": at_half}
    return Rule.from_parameters(conference, QUORUM, threshold, "summoned", top_n, TIE, **own)


NAMES = rule("collect_names")
TOP = rule("over_half_or_top2")
CONSULT = rule("consult", "agree_disagree")
SELECT = rule("over_half_highest", at_half="head_decides")
SELECT_BOXES = rule("over_half_highest", "agree_disagree", "head_decides")
CARRY = rule("over_half", "agree_disagree")
MINUTES = rule("minutes", "none")
LISTED = rule("each_over", "agree_disagree", threshold={"num": 3, "den": 10, "strict": True})
TOP_APART = rule("over_half_or_top2", barred_in_base=False)
TWO_SEATS = rule("elect", "names", seats=2)


def count(summoned, present=None, *, agree=None, disagree=None, **slips):
    """Everybody present who may vote gave back a slip, unless `slips` says otherwise."""
    present = summoned if present is None else present
    voting = present - slips.get("barred_present", 0)
    slips = {"issued": voting, "collected": voting, "invalid": 0, "blank": 0, **slips}
    slips.setdefault("valid", slips["collected"] - slips["invalid"])
    return Count(summoned, present, agree=agree or {}, disagree=disagree or {}, **slips)
