"""What the counting team counted: impossible numbers, and differences between two tellers."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field

from processes.conferences.tally.rule import Rule

ATTENDED = ("summoned", "present", "barred", "barred_present")
NUMBERS = (*ATTENDED, "issued", "collected", "valid", "invalid", "blank")
AT_MOST = (
    ("present", "summoned"),
    ("barred", "summoned"),
    ("barred_present", "barred"),
    ("barred_present", "present"),
    ("issued", "present"),
    ("collected", "issued"),
    ("blank", "invalid"),
)


@dataclass(frozen=True)
class Count:
    """One count of the slips of one ballot.

    A blank slip is one of the invalid ones, so that valid and invalid slips make up all collected.
    `barred` are those of the summoned who must not vote, and get no slip.
    """

    summoned: int
    present: int
    issued: int
    collected: int
    valid: int
    invalid: int
    blank: int
    agree: Mapping[Hashable, int] = field(default_factory=dict)
    disagree: Mapping[Hashable, int] = field(default_factory=dict)
    barred: int = 0
    barred_present: int = 0

    @property
    def voters(self) -> int:
        """How many of those summoned may vote."""
        return self.summoned - self.barred

    @property
    def voters_present(self) -> int:
        """How many of those present may vote; there is a slip for each of them at most."""
        return self.present - self.barred_present

    @property
    def candidates(self) -> tuple[Hashable, ...]:
        """Everyone with a line in the count, in the order of the lines."""
        return tuple(dict.fromkeys((*self.agree, *self.disagree)))


@dataclass(frozen=True)
class Inequality:
    """An equation of the count that does not hold, with the numbers that break it.

    `text` is the bare equation for logs; `sentences.inequality_text` says it to a person.
    """

    code: str
    text: str
    numbers: Mapping[str, int]
    candidate: Hashable | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields concerned, as in Count."""
        return tuple(self.numbers)


@dataclass(frozen=True)
class Difference:
    """A number that two tellers entered differently."""

    field: str
    first: int
    second: int
    candidate: Hashable | None = None


class ImpossibleCountError(ValueError):
    """The outcome was asked of a count whose equations do not hold."""

    def __init__(self, broken: list[Inequality]) -> None:
        self.broken = tuple(broken)
        super().__init__("; ".join(inequality.text for inequality in broken))


def check(count: Count, rule: Rule) -> list[Inequality]:
    """Every equation of the count that does not hold; none when the count is possible."""
    return [*_negative(count), *_voters(count), *_slips(count), *_lines(count, rule)]


def compare(first: Count, second: Count) -> list[Difference]:
    """Every number in which two counts differ; a line that one of them lacks counts as zero."""
    differences = [
        Difference(name, getattr(first, name), getattr(second, name))
        for name in NUMBERS
        if getattr(first, name) != getattr(second, name)
    ]
    for candidate in dict.fromkeys((*first.candidates, *second.candidates)):
        for name in ("agree", "disagree"):
            ours = getattr(first, name).get(candidate, 0)
            theirs = getattr(second, name).get(candidate, 0)
            if ours != theirs:
                differences.append(Difference(name, ours, theirs, candidate))
    return differences


def _negative(count: Count) -> Iterator[Inequality]:
    for name in NUMBERS:
        number = getattr(count, name)
        if number < 0:
            yield Inequality("negative", f"{name} {number} >= 0", {name: number})
    for name in ("agree", "disagree"):
        for candidate, number in getattr(count, name).items():
            if number < 0:
                yield Inequality("negative", f"{name} {number} >= 0", {name: number}, candidate)


def _voters(count: Count) -> Iterator[Inequality]:
    """What goes beyond the people who may vote, where some of those summoned must not."""
    possible = count.summoned >= max(count.present, count.barred)
    if possible and count.voters_present > count.voters:
        numbers = {name: getattr(count, name) for name in ATTENDED}
        text = f"present {count.present} - barred {count.barred_present} <= voters {count.voters}"
        yield Inequality("voters_over_summoned", text, numbers)
    if count.present >= max(count.issued, count.barred_present) > 0 and (
        count.issued > count.voters_present
    ):
        text = f"issued {count.issued} <= voters present {count.voters_present}"
        said = {"present": count.present, "barred_present": count.barred_present}
        yield Inequality("issued_over_voters", text, {"issued": count.issued, **said})


def _slips(count: Count) -> Iterator[Inequality]:
    for low, high in AT_MOST:
        small, large = getattr(count, low), getattr(count, high)
        if small > large:
            text = f"{low} {small} <= {high} {large}"
            yield Inequality(f"{low}_over_{high}", text, {low: small, high: large})
    valid, invalid, collected = count.valid, count.invalid, count.collected
    if valid + invalid != collected:
        text = f"valid {valid} + invalid {invalid} = collected {collected}"
        numbers = {"valid": valid, "invalid": invalid, "collected": collected}
        yield Inequality("slips_do_not_add_up", text, numbers)


def _lines(count: Count, rule: Rule) -> Iterator[Inequality]:
    for candidate in count.candidates:
        agree, disagree = count.agree.get(candidate, 0), count.disagree.get(candidate, 0)
        yield from _line(candidate, agree, disagree, count.valid, rule)
    total = sum(count.agree.values())
    if rule.ballot == "one_name" and total > count.valid:
        text = f"sum of agree {total} <= valid {count.valid}"
        yield Inequality("more_names_than_slips", text, {"agree": total, "valid": count.valid})
    if rule.ballot == "names" and total > count.valid * rule.seats:
        text = f"sum of agree {total} <= valid {count.valid} * seats {rule.seats}"
        numbers = {"agree": total, "valid": count.valid, "seats": rule.seats}
        yield Inequality("more_names_than_seats", text, numbers)


def _line(
    candidate: Hashable, agree: int, disagree: int, valid: int, rule: Rule
) -> Iterator[Inequality]:
    numbers = {"agree": agree, "disagree": disagree, "valid": valid}
    if disagree and rule.ballot != "agree_disagree":
        text = f"disagree {disagree} = 0"
        yield Inequality("slip_has_no_disagree", text, {"disagree": disagree}, candidate)
    if agree > valid:
        text = f"agree {agree} <= valid {valid}"
        yield Inequality("agree_over_valid", text, {"agree": agree, "valid": valid}, candidate)
    elif rule.ballot == "agree_disagree" and agree + disagree > valid:
        text = f"agree {agree} + disagree {disagree} <= valid {valid}"
        yield Inequality("answers_over_valid", text, numbers, candidate)
