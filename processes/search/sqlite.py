"""The table of words on SQLite: FTS5 beside it, which takes diacritics off by itself, but for đ."""

from collections.abc import Iterator, Sequence
from typing import Any

from processes.search.source import WATCHED, owners, refreshed

TABLE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS processes_searchtext USING"
    " fts5(said, tokenize=\"unicode61 remove_diacritics 2\", prefix='2 3')"
)
VOCABULARY = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS processes_searchword USING"
    " fts5vocab('processes_searchtext', 'row')"
)
_SAID = "replace(replace(NEW.head || ' ' || NEW.rest, 'đ', 'd'), 'Đ', 'd')"


def wanted() -> Iterator[tuple[str, str]]:
    """Name and definition of every trigger."""
    for watch in WATCHED:
        for verb in watch.verbs:
            name = f"{watch.name}_{verb.lower()}"
            row = "OLD" if verb == "DELETE" else "NEW"
            when = " OR ".join(f"OLD.{one} IS NOT NEW.{one}" for one in watch.columns)
            yield name, _trigger(
                name, verb, watch.table, refreshed("sqlite", watch.kind, watch.rows.format(row)),
                when if verb == "UPDATE" else "",
            )  # fmt: skip
    for kind, table in owners():
        name = f"search_{table.partition('_')[2]}_gone"
        gone = f"DELETE FROM processes_searchentry WHERE kind = '{kind}' AND ref = OLD.id"  # noqa: S608
        yield name, _trigger(name, "DELETE", table, gone)
    yield from _text()


def _text() -> Iterator[tuple[str, str]]:
    """Those that carry a row of the table over to FTS5."""
    entries = "processes_searchentry"
    for verb, write in {
        "INSERT": f"INSERT INTO processes_searchtext (rowid, said) VALUES (NEW.id, {_SAID})",  # noqa: S608
        "UPDATE": f"UPDATE processes_searchtext SET said = {_SAID} WHERE rowid = NEW.id",  # noqa: S608
        "DELETE": "DELETE FROM processes_searchtext WHERE rowid = OLD.id",
    }.items():
        name = f"search_text_{verb.lower()}"
        yield name, _trigger(name, verb, entries, write)


def present(cursor: Any) -> dict[str, str]:
    """Name and definition of those that are there."""
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
        ["search%"],
    )
    return dict(cursor.fetchall())


def install(cursor: Any) -> None:
    """Create the tables of FTS5 and the triggers."""
    remove(cursor)
    for statement in (TABLE, VOCABULARY, "DELETE FROM processes_searchtext"):
        cursor.execute(statement)
    for _name, definition in wanted():
        cursor.execute(definition)


def remove(cursor: Any) -> None:
    """Drop the triggers."""
    for name, _definition in wanted():
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def query(words: Sequence[str], *, whole: bool = False) -> str:
    """What MATCH is asked; words are letters and digits only (processes.search.words)."""
    ending = "" if whole else "*"
    return " AND ".join(f'"{word}"{ending if len(word) > 1 else ""}' for word in words)


def _trigger(name: str, verb: str, table: str, write: str, when: str = "") -> str:
    condition = f" WHEN {when}" if when else ""
    return f"CREATE TRIGGER {name} AFTER {verb} ON {table}{condition} BEGIN {write}; END"
