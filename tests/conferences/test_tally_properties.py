"""What holds for every vote, however the slips fall."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from processes.conferences.sentences import explain
from processes.conferences.tally import check, compare, decide, has_quorum
from tests.conferences.rules import CONSULT, NAMES, SELECT, SELECT_BOXES, TOP, count

BLANK, SPOILT = "blank", "spoilt"
PEOPLE = ("An", "Bình", "Chi", "Dung")
CHOOSING = st.sampled_from([NAMES, TOP, SELECT])
BOXES = st.sampled_from([CONSULT, SELECT_BOXES])
NAME_SLIPS = st.lists(st.sampled_from([*PEOPLE, BLANK, SPOILT]), min_size=1, max_size=40)
ANSWERS = st.fixed_dictionaries({name: st.sampled_from(["agree", "disagree", ""]) for name in "AB"})
BOX_SLIPS = st.lists(st.one_of(ANSWERS, st.sampled_from([BLANK, SPOILT])), min_size=1, max_size=40)


def counted(slips, absent, **lines):
    """Count slips as a counting team does, with `absent` more people summoned than present."""
    blank, spoilt = slips.count(BLANK), slips.count(SPOILT)
    people = len(slips)
    return count(people + absent, people, invalid=blank + spoilt, blank=blank, **lines)


@st.composite
def named(draw):
    """One name on each slip; never so many absent that there is no quorum."""
    slips = draw(NAME_SLIPS)
    absent = draw(st.integers(0, len(slips) // 2))
    return counted(slips, absent, agree={name: slips.count(name) for name in PEOPLE})


@st.composite
def with_barred(draw):
    """A count like that, to which people are summoned who must not vote; they may be present."""
    numbers, barred = draw(named()), draw(st.integers(0, 20))
    came = draw(st.integers(0, barred))
    return replace(
        numbers, summoned=numbers.summoned + barred, present=numbers.present + came,
        barred=barred, barred_present=came,
    )  # fmt: skip


@st.composite
def answered(draw):
    """Agree, disagree or nothing for each person on each slip."""
    slips = draw(BOX_SLIPS)
    answers = [slip.items() for slip in slips if isinstance(slip, dict)]
    tally = Counter(answer for slip in answers for answer in slip)
    lines = {word: {name: tally[name, word] for name in "AB"} for word in ("agree", "disagree")}
    return counted(slips, draw(st.integers(0, len(slips) // 2)), **lines)


def with_one_more_slip(numbers, name):
    """Somebody who was absent comes in and gives a slip with this name."""
    fields = ("present", "issued", "collected", "valid")
    more = {field: getattr(numbers, field) + 1 for field in fields}
    return replace(numbers, **more, agree={**numbers.agree, name: numbers.agree[name] + 1})


@given(named(), CHOOSING)
def test_a_count_of_real_slips_with_one_name_is_accepted(numbers, rule):
    assert check(numbers, rule) == []


@given(answered(), BOXES)
def test_a_count_of_real_slips_with_boxes_is_accepted(numbers, rule):
    assert check(numbers, rule) == []


@given(named(), st.integers(1, 9))
def test_a_name_written_in_on_top_of_the_slips_is_refused(numbers, more):
    agree = {**numbers.agree, "An": numbers.agree["An"] + numbers.valid + more}

    assert check(replace(numbers, agree=agree), TOP)


@given(named(), CHOOSING)
def test_nobody_without_a_vote_goes_on(numbers, rule):
    assert all(numbers.agree[name] > 0 for name in decide(numbers, rule).advancing)


@given(named())
def test_a_share_is_over_half_just_when_twice_the_votes_pass_those_summoned(numbers):
    for share in decide(numbers, TOP).shares.values():
        assert share.over == (share.agree * 2 > numbers.summoned)
        assert share.exact == (share.agree * 2 == numbers.summoned)


@given(named(), CHOOSING, st.permutations(PEOPLE))
def test_the_order_of_the_lines_does_not_change_the_outcome(numbers, rule, order):
    turned = replace(numbers, agree={name: numbers.agree[name] for name in order})
    one, other = decide(numbers, rule), decide(turned, rule)

    assert one.outcome == other.outcome
    assert one.needs_ruling == other.needs_ruling
    assert set(one.advancing) == set(other.advancing)


@given(named(), st.sampled_from([TOP, SELECT]))
def test_nobody_who_stays_behind_has_as_many_votes_as_somebody_who_goes_on(numbers, rule):
    result = decide(numbers, rule)
    behind = set(PEOPLE) - set(result.advancing)

    for name in result.advancing:
        assert all(numbers.agree[other] < numbers.agree[name] for other in behind)


@given(named(), st.sampled_from([TOP, SELECT]))
def test_one_more_vote_never_throws_out_who_was_going_on(numbers, rule):
    numbers = replace(numbers, summoned=numbers.summoned + 1)  # somebody is still to come

    for name in decide(numbers, rule).advancing:
        assert name in decide(with_one_more_slip(numbers, name), rule).advancing


@given(named())
def test_one_name_on_a_slip_lets_at_most_one_person_be_over_half(numbers):
    result = decide(numbers, SELECT)

    assert sum(share.over for share in result.shares.values()) <= 1
    assert result.outcome in {"selected", "exactly_50", "none"}


@given(answered())
def test_a_tie_needs_a_ruling_and_nothing_else_does(numbers):
    result = decide(numbers, SELECT_BOXES)

    assert result.needs_ruling == (result.outcome == "tie")
    assert len(result.advancing) > 1 or not result.needs_ruling


@given(st.integers(1, 500), st.integers(0, 500))
def test_quorum_is_kept_when_one_more_person_comes(summoned, present):
    assert has_quorum(summoned, present, TOP) == (Fraction(present, summoned) >= Fraction(2, 3))
    assert has_quorum(summoned, present + 1, TOP) or not has_quorum(summoned, present, TOP)


APART = [replace(rule, barred_in_base=False) for rule in (NAMES, TOP, SELECT)]


@given(with_barred(), CHOOSING)
def test_people_without_a_vote_break_no_equation_of_real_slips(numbers, rule):
    assert check(numbers, rule) == []


@given(with_barred(), st.integers(1, 9), CHOOSING)
def test_more_slips_than_people_who_may_vote_are_refused(numbers, more, rule):
    issued = numbers.voters_present + more

    assert check(replace(numbers, issued=issued), rule)


@given(with_barred(), st.sampled_from(APART))
def test_left_out_of_the_base_they_change_nothing(numbers, rule):
    without = replace(
        numbers, summoned=numbers.voters, present=numbers.voters_present,
        barred=0, barred_present=0,
    )  # fmt: skip
    one, other = decide(numbers, rule), decide(without, rule)

    assert (one.outcome, one.advancing) == (other.outcome, other.advancing)
    assert one.shares == other.shares


@given(with_barred(), CHOOSING)
def test_kept_in_the_base_they_make_no_share_larger(numbers, rule):
    inside, apart = decide(numbers, rule), decide(numbers, replace(rule, barred_in_base=False))

    for name, share in inside.shares.items():
        assert share.base == numbers.summoned
        assert name not in apart.shares or share.fraction <= apart.shares[name].fraction


@given(with_barred(), CHOOSING)
def test_nobody_is_over_a_threshold_that_is_said_to_be_out_of_reach(numbers, rule):
    result = decide(numbers, rule)

    if "out_of_reach" in {reason.code for reason in result.reasons}:
        assert not any(share.over for share in result.shares.values())


@given(with_barred(), CHOOSING, st.booleans())
def test_what_is_said_of_the_base_can_be_said(numbers, rule, inside):
    reasons = decide(numbers, replace(rule, barred_in_base=inside)).reasons

    assert all("%(" not in explain(reason) for reason in reasons)


@given(named(), named())
def test_tellers_differ_in_nothing_just_when_their_numbers_are_the_same(first, second):
    assert (compare(first, second) == []) == (first == second)
    assert len(compare(first, second)) == len(compare(second, first))


@given(named(), CHOOSING)
def test_every_reason_can_be_said(numbers, rule):
    assert all(explain(reason) for reason in decide(numbers, rule).reasons)
