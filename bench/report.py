"""The table of one run, and which goals it reached."""

import os
from collections.abc import Iterator
from typing import Any

#: Goals of the site: milliseconds and queries of a page, growth from the smallest size to the
#: largest, a step beside stock's, entries verified in a second.
PAGE_MS, PAGE_QUERIES, GROWTH, STEP, VERIFIED = 15, 8, 1.2, 0.8, 100_000

LIVE_MS = 250
#: A search while typing, and a list narrowed by words, among a million cases.
SEARCH_MS = 50
#: One aggregate of the figures over a million cases.
FIGURE_MS = 100

PAGES = ("inbox", "queue")
STEPS = {"step by views": "step, two forms sent", "step": "step, without HTTP"}

Found = dict[int, dict[str, dict[str, Any]]]


def report(found: Found, verified: float | None) -> Iterator[str]:
    """Lines of Markdown. `found` is by size, side and name of what was measured."""
    yield f"Medians, the fastest call in brackets, on {os.cpu_count()} cores."
    yield ""
    yield "| measured | tasks | stock, ms | queries | ours, ms | queries | ours / stock |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name in (*PAGES, *STEPS):
        for size, sides in found.items():
            yield _row(
                STEPS.get(name, f"{name} page"), size, sides["stock"][name], sides["ours"][name]
            )
    yield ""
    yield from _growth(found)
    for size, sides in found.items():
        yield from _lists(size, sides["ours"])
        entries, step = sides["ours"]["entries in it"]["ms"], sides["ours"]["step"]["ms"]
        yield f"- trail in our step at {size:,} tasks: {entries:.1f} ms, {entries / step:.0%} of it"
        load = ", ".join(f"{side} {sides[side]['load']:.1f}" for side in ("stock", "ours"))
        yield f"- load average at {size:,} tasks, 1 is what the measuring itself makes: {load}"
    if verified:
        yield f"- verification of the trail: {verified:,.0f} entries/s"
    yield ""
    yield from (
        f"- {'reached' if good else 'MISSED'}: {goal}" for goal, good in goals(found, verified)
    )


def goals(found: Found, verified: float | None) -> Iterator[tuple[str, bool]]:
    """Every goal, and whether this run reached it."""
    for name in PAGES:
        figures = [sides["ours"][name] for sides in found.values()]
        worst, sent = max(f["ms"] for f in figures), max(f["queries"] for f in figures)
        yield f"{name} page in {PAGE_MS} ms: {worst:.1f}", worst <= PAGE_MS
        yield f"{name} page with {PAGE_QUERIES} queries: {sent}", sent <= PAGE_QUERIES
        if len(found) > 1:
            grown = _times(found, "ours", name)
            yield f"{name} page grows {GROWTH} times at most: {grown:.2f}", grown <= GROWTH
    yield from _list_goals([sides["ours"] for sides in found.values()])
    for name, title in STEPS.items():
        ratio = max(s["ours"][name]["ms"] / s["stock"][name]["ms"] for s in found.values())
        yield f"{title}: {STEP} of stock at most: {ratio:.2f}", ratio <= STEP
    if verified:
        yield f"{VERIFIED:,} entries verified in a second: {verified:,.0f}", verified >= VERIFIED


def _list_goals(ours: list[dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    worst = max(one["saved filters"]["ms"] for one in ours)
    sent = max(one["saved filters"]["queries"] for one in ours)
    good = worst <= PAGE_MS and sent <= PAGE_QUERIES
    yield f"saved filters in {PAGE_MS} ms with {PAGE_QUERIES} queries: {worst:.1f}, {sent}", good
    grown = max(one["last page"]["ms"] / one["first page"]["ms"] for one in ours)
    yield f"last page of a long list {GROWTH} times the first at most: {grown:.2f}", grown <= GROWTH


def _row(title: str, size: int, stock: dict[str, Any], ours: dict[str, Any]) -> str:
    ratio = ours["ms"] / stock["ms"]
    return (
        f"| {title} | {size:,} | {_ms(stock)} | {stock['queries']} |"
        f" {_ms(ours)} | {ours['queries']} | {ratio:.3f} |"
    )


def _lists(size: int, ours: dict[str, Any]) -> Iterator[str]:
    saved, first, last = (ours[name] for name in ("saved filters", "first page", "last page"))
    yield (
        f"- saved filters counted at {size:,} tasks: {_ms(saved)} ms, {saved['queries']} queries"
    )
    yield f"- a long list at {size:,} tasks: first page {_ms(first)} ms, last page {_ms(last)} ms"


def _live(live: dict[str, Any]) -> Iterator[str]:
    yield ""
    yield (
        f"{live['inboxes']:,} open inboxes on {live['servers']} servers, {live['changes']} changes,"
        f" {live['told']:,} tellings arrived; load average {live['load']:.1f}."
    )
    yield (
        f"From commit to socket: median {live['median']:.0f} ms, p99 {live['p99']:.0f} ms, at most"
        f" {live['most']:.0f} ms; all inboxes told at once: p99 {live['everybody p99']:.0f} ms."
    )


def live_report(live: dict[str, Any]) -> Iterator[str]:
    """Lines about the open inboxes, with the goals."""
    yield from _live(live)
    yield ""
    due, at_once = live["told"] + live["lost"], live["everybody lost"]
    for goal, good in (
        (f"told within {LIVE_MS} ms, p99: {live['p99']:.0f}", 0 < live["p99"] <= LIVE_MS),
        (f"no change lost: {live['lost']:,} of {due:,} tellings", live["lost"] == 0),
        (f"none lost of all told at once: {at_once:,} of {live['inboxes']:,}", at_once == 0),
    ):
        yield f"- {'reached' if good else 'MISSED'}: {goal}"


def search_report(search: dict[str, Any]) -> Iterator[str]:
    """Lines about the search, with the goal for each thing looked for."""
    found = search["found"]
    yield f"Search among {search['cases']:,} cases; load average {search['load']:.1f}."
    yield ""
    yield "| looked for | ms | queries |"
    yield "|---|---:|---:|"
    for name, figures in found.items():
        yield f"| {name} | {_ms(figures)} | {figures['queries']} |"
    yield ""
    for name, figures in found.items():
        good = figures["ms"] <= SEARCH_MS
        yield f"- {'reached' if good else 'MISSED'}: {name} in {SEARCH_MS} ms: {figures['ms']:.1f}"


def figures_report(figures: dict[str, Any]) -> Iterator[str]:
    """Lines about the aggregates of the figures, with the goal for each."""
    yield f"Figures: {figures['figures']:,} rows; load average {figures['load']:.1f}."
    yield f"Counted in {figures['counted_s']} s, the month again in {figures['month_again_s']} s."
    yield f"All that a dashboard says: {figures['board_ms']} ms."
    yield ""
    yield "| aggregate | ms, median | fastest |"
    yield "|---|---:|---:|"
    for name, (middle, fastest) in figures["ms"].items():
        yield f"| {name} | {middle} | {fastest} |"
    yield ""
    for name, (middle, _fastest) in figures["ms"].items():
        good = middle <= FIGURE_MS
        yield f"- {'reached' if good else 'MISSED'}: {name} in {FIGURE_MS} ms: {middle}"


def _ms(figures: dict[str, Any]) -> str:
    return f"{figures['ms']:.1f} ({figures['least']:.1f})"


def _growth(found: Found) -> Iterator[str]:
    if len(found) > 1:
        for name in PAGES:
            stock, ours = (_times(found, side, name) for side in ("stock", "ours"))
            yield f"- {name} page, largest size beside smallest: stock {stock:.1f}, ours {ours:.2f}"


def _times(found: Found, side: str, name: str) -> float:
    sizes = sorted(found)
    return float(found[sizes[-1]][side][name]["ms"] / found[sizes[0]][side][name]["ms"])
