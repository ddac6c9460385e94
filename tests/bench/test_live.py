"""What the bench says of open inboxes: whoever should hear a change is counted, heard or not."""

from typing import Any

from bench.live import found
from bench.report import live_report

#: Two inboxes of unit 1 and one of unit 2; everybody is told at 100.
UNITS, WIDE = {1: 1, 2: 1, 3: 2}, 100.0
SENT = [(1, 10.0), (2, 20.0), (1, 30.0)]
ALL = [[10.01, 30.01, 100.1], [10.02, 30.02, 100.2], [20.03, 100.3]]


def counted(heard: list[list[float]]) -> dict[str, Any]:
    return found(SENT, WIDE, heard, UNITS)


def said(heard: list[list[float]]) -> list[str]:
    return [line for line in live_report(counted(heard) | {"load": 0.1}) if line.startswith("- ")]


def test_every_inbox_of_the_unit_counts_and_no_other() -> None:
    seen = counted(ALL)
    assert (seen["told"], seen["lost"], seen["everybody lost"]) == (5, 0, 0)
    assert (round(seen["median"]), round(seen["most"])) == (20, 30)


def test_an_inbox_that_hears_nothing_until_the_next_change_has_missed_one() -> None:
    deaf_once = [ALL[0], [30.02, 100.2], ALL[2]]
    seen = counted(deaf_once)
    assert (seen["told"], seen["lost"], seen["everybody lost"]) == (4, 1, 0)


def test_what_everybody_is_told_makes_up_for_no_change() -> None:
    seen = counted([ALL[0], [10.02, 100.2], ALL[2]])
    assert (seen["told"], seen["lost"], seen["everybody lost"]) == (4, 1, 0)


def test_what_is_said_before_the_commit_is_not_of_the_change() -> None:
    seen = counted([ALL[0], [9.99, 30.02, 100.2], ALL[2]])
    assert (seen["told"], seen["lost"]) == (4, 1)


def test_a_change_that_comes_while_the_former_one_is_told_is_told_by_either() -> None:
    seen = found([(1, 10.0), (1, 10.05)], WIDE, [[10.1, 100.1], [10.02, 10.1, 100.1]], {1: 1, 2: 1})
    assert (seen["told"], seen["lost"]) == (3, 1)


def test_missing_what_everybody_is_told_is_counted_apart() -> None:
    seen = counted([ALL[0], ALL[1], [20.03]])
    assert (seen["told"], seen["lost"], seen["everybody lost"]) == (5, 0, 1)


def test_the_report_says_of_each_goal_whether_it_was_reached() -> None:
    assert said(ALL) == [
        "- reached: told within 250 ms, p99: 30",
        "- reached: no change lost: 0 of 5 tellings",
        "- reached: none lost of all told at once: 0 of 3",
    ]
    assert said([ALL[0], ALL[1], []])[1:] == [
        "- MISSED: no change lost: 1 of 5 tellings",
        "- MISSED: none lost of all told at once: 1 of 3",
    ]


def test_a_run_in_which_nobody_hears_anything_reaches_nothing() -> None:
    assert all(line.startswith("- MISSED") for line in said([[], [], []]))
