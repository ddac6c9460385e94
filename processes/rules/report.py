"""The rulebook as Markdown tables, for people who check it."""

from collections.abc import Callable

from processes.rules.edition import Edition, Parameter, thawed
from processes.rules.rulebook import Rulebook

_HEAD = ("edition", "parameter", "name", "value", "article", "source", "confidence", "stated in")


def unconfirmed_table(rulebook: Rulebook, *, name_of: Callable[[Parameter], object]) -> str:
    """Print every parameter that a domain expert has to confirm, one row each.

    `name_of` says what a parameter is called in the expert's language.
    """
    return _table(_HEAD, [_row(one, str(name_of(one))) for one in rulebook.unconfirmed()])


def editions_table(rulebook: Rulebook) -> str:
    """Print the editions with the days between which each is in force."""
    head = ("edition", "family", "from", "until", "inherits", "parameters", "digest", "title")
    return _table(head, [_edition_row(edition) for edition in rulebook.editions])


def _row(parameter: Parameter, name: str) -> tuple[str, ...]:
    return (
        parameter.edition,
        parameter.key,
        name,
        _value(parameter),
        parameter.article,
        parameter.source,
        parameter.confidence,
        parameter.stated_in,
    )


def _edition_row(edition: Edition) -> tuple[str, ...]:
    return (
        edition.key,
        edition.family,
        edition.effective_from.isoformat(),
        edition.effective_until.isoformat() if edition.effective_until else "",
        edition.inherits or "",
        str(len(edition.parameters)),
        edition.digest[:12],
        edition.title,
    )


def _value(parameter: Parameter) -> str:
    """Write a value on one line: mappings as `field: value` pairs."""
    plain = thawed(parameter.value)
    if isinstance(plain, dict):
        plain = ", ".join(f"{key}: {_word(part)}" for key, part in plain.items())
    elif isinstance(plain, list):
        plain = ", ".join(map(_word, plain))
    return " ".join(filter(None, (_word(plain), parameter.unit)))


def _word(value: object) -> str:
    words = {None: "none", True: "yes", False: "no"}
    return words[value] if value is None or isinstance(value, bool) else str(value)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in lines)
