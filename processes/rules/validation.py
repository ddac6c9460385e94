"""What makes a set of editions usable; every failure names the file and the key."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from processes.rules.edition import Confidence, Edition
from processes.rules.errors import RuleError
from processes.rules.rulebook import Family
from processes.rules.schema import KEYS
from processes.rules.shapes import Check, listing, matching, one_of, optional, record, text

Files = Mapping[str, Mapping[str, Any]]

_HEAD: Mapping[str, Check] = {
    "key": matching(r"[A-Z]\w+"),
    "title": text,
    "title_en": text,
    "family": one_of(*Family),
    "inherits": optional(text),
}
_FACTS: Mapping[str, Check] = {
    "article": text,
    "source": text,
    "confidence": one_of(*Confidence),
}
_MAY_HAVE = {*_FACTS, "value", "unit", "note"}


def check_files(files: Files, sources: Mapping[str, Any]) -> None:
    """Refuse files that do not say what they have to, each by itself and together.

    Raises RuleError.
    """
    _check_sources(sources)
    for name, content in files.items():
        _check_head(name, content)
        for key, facts in content["parameters"].items():
            _check_parameter(name, key, facts, sources)
    _check_inheritance(files)


def check_sequence(editions: Mapping[str, Edition]) -> None:
    """Refuse gaps and overlaps between the editions of a family.

    Raises RuleError.
    """
    for family in Family:
        own = [(name, one) for name, one in editions.items() if one.family == family]
        own.sort(key=lambda pair: pair[1].effective_from)
        for (_, before), (name, after) in pairwise(own):
            _check_follows(name, before, after)


def check_whole(editions: Mapping[str, Edition]) -> None:
    """Refuse an edition that leaves a parameter of its family open; decrees only add to others.

    Raises RuleError.
    """
    for name, edition in editions.items():
        needed = {key for key, what in KEYS.items() if what.family == edition.family}
        missing = sorted(needed - edition.parameters.keys())
        if missing:
            raise RuleError(name, missing[0], "is neither stated nor inherited")


def check_confirmed(files: Files, editions: Mapping[str, Edition]) -> None:
    """Refuse an heir that confirms what its parent leaves out or has not confirmed itself.

    Raises RuleError.
    """
    by_key = {edition.key: edition for edition in editions.values()}
    for name, content in files.items():
        for key in content.get("inherited_confirmed", ()):
            parent = by_key[content["inherits"]]
            if key not in parent.parameters or not parent.get(key).confirmed:
                raise RuleError(name, key, f"is not confirmed in {parent.key} either")


def _check_follows(name: str, before: Edition, after: Edition) -> None:
    until, start = before.effective_until, after.effective_from
    if until is None or until > start:
        raise RuleError(name, "effective", f"overlaps {before.key}, which ends {until or 'never'}")
    if until < start:
        raise RuleError(name, "effective", f"leaves a gap after {before.key}, which ends {until}")


def _check_sources(sources: Mapping[str, Any]) -> None:
    check = record(what=text, url=optional(matching(r"https?://\S+")))
    for source, facts in sources.items():
        if problem := check(facts):
            raise RuleError("sources.yaml", str(source), problem)


def _check_head(name: str, content: Mapping[str, Any]) -> None:
    needed = {*_HEAD, "effective", "parameters"}
    for key in sorted(needed - content.keys()):
        raise RuleError(name, key, "is missing")
    for key in sorted(map(str, content.keys() - needed - {"inherited_confirmed"})):
        raise RuleError(name, key, "is not a key of an edition")
    for key, check in _HEAD.items():
        if problem := check(content[key]):
            raise RuleError(name, key, problem)
    _check_effective(name, content["effective"])
    if not isinstance(content["parameters"], dict):
        raise RuleError(name, "parameters", "is not a mapping of parameters")


def _check_effective(name: str, effective: Any) -> None:
    match effective:
        case [first, None] if type(first) is date:
            return
        case [first, until] if type(first) is type(until) is date and first < until:
            return
    raise RuleError(name, "effective", "needs a first day and a later first day after it, or null")


def _check_parameter(name: str, key: str, facts: Any, sources: Mapping[str, Any]) -> None:
    for problem in _problems(key, facts, sources):
        raise RuleError(name, key, problem)


def _problems(key: str, facts: Any, sources: Mapping[str, Any]) -> Iterator[str]:
    """Say what is wrong with a parameter, the worst first."""
    if key not in KEYS:
        yield "is not a known parameter"
    if not isinstance(facts, dict) or "value" not in facts:
        yield "has no value"
    for word in sorted(facts.keys() - _MAY_HAVE):
        yield f"{word!r} is not said of a parameter"
    for word, check in _FACTS.items():
        if problem := check(facts.get(word)):
            yield f"{word}: {problem}"
    yield from filter(None, (KEYS[key].check(facts["value"]), _unit_problem(key, facts)))
    yield from _source_problems(facts, sources)


def _unit_problem(key: str, facts: Mapping[str, Any]) -> str | None:
    units, unit = KEYS[key].units, facts.get("unit")
    if not units:
        return None if unit is None else f"unit: {unit!r} is not wanted here"
    problem = one_of(*sorted(units))(unit)
    return problem and f"unit: {problem}"


def _source_problems(facts: Mapping[str, Any], sources: Mapping[str, Any]) -> Iterator[str]:
    source, confidence = facts["source"], facts["confidence"]
    if source not in sources:
        yield f"source: {source!r} is not in sources.yaml"
    if confidence == Confidence.VERIFIED and not sources[source]["url"]:
        yield f"source: {source!r} has no address, so nothing can be verified by it"
    if (confidence == Confidence.DESIGN) != (source == "design"):
        yield "source: a design choice has the source 'design', and nothing else has"


def _check_inheritance(files: Files) -> None:
    by_key: dict[str, str] = {}
    for name, content in files.items():
        if content["key"] in by_key:
            raise RuleError(name, "key", f"{content['key']} is also in {by_key[content['key']]}")
        by_key[content["key"]] = name
    parents = {content["key"]: content["inherits"] for content in files.values()}
    for name, content in files.items():
        _check_line(name, content["key"], parents)
        _check_kept(name, content)


def _check_line(name: str, key: str, parents: Mapping[str, str | None]) -> None:
    """Follow the line of inheritance; blame the edition that the line comes back to."""
    if parents[key] not in {None, *parents}:
        raise RuleError(name, "inherits", f"{parents[key]!r} is not an edition")
    seen: set[str] = set()
    at = parents[key]
    while at is not None and at not in seen:
        if at == key:
            raise RuleError(name, "inherits", f"goes in a circle back to {key}")
        seen.add(at)
        at = parents.get(at)


def _check_kept(name: str, content: Mapping[str, Any]) -> None:
    """An heir may confirm only what it inherits."""
    kept = content.get("inherited_confirmed")
    if kept is None:
        return
    if problem := listing(one_of(*KEYS))(kept):
        raise RuleError(name, "inherited_confirmed", problem)
    if content["inherits"] is None:
        raise RuleError(name, "inherited_confirmed", "nothing is inherited here")
    for key in kept:
        if key in content["parameters"]:
            raise RuleError(name, key, "is stated here, so it cannot be confirmed as inherited")
