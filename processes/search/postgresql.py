"""The table of words on PostgreSQL: full text with unaccent, near misses by trigrams."""

from collections.abc import Iterator, Sequence
from typing import Any

from processes.search.source import SOURCES, WATCHED, Watch, owners, refreshed

EXTENSIONS = ("unaccent", "pg_trgm")

#: Immutable, as an index needs it: the dictionary is named, so nothing depends on the session.
PLAIN = """CREATE OR REPLACE FUNCTION search_plain(said text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT trim(regexp_replace(lower({schema}.unaccent('{schema}.unaccent'::regdictionary,
 normalize(said, NFC))), '[^a-z0-9]+', ' ', 'g')) $$"""
WORDS = """CREATE OR REPLACE FUNCTION search_words(said text, marks text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT array_to_tsvector(array_remove(
 string_to_array({own}.search_plain(said) || ' ' || marks, ' '), '')) $$"""
COLUMN = (
    "ALTER TABLE processes_searchentry ADD COLUMN IF NOT EXISTS words tsvector"
    " GENERATED ALWAYS AS ({own}.search_words(head || ' ' || rest, marks)) STORED"
)
INDEX = (
    "CREATE INDEX IF NOT EXISTS search_{kind} ON processes_searchentry USING gin (words)"
    " WITH (fastupdate = off) WHERE kind = '{kind}'"
)
#: Near misses are looked for among names and titles; the words of cases are made of these.
NEAR_KINDS = ("cadre", "position", "unit")
NEAR = (
    "CREATE INDEX IF NOT EXISTS search_near ON processes_searchentry"
    " USING gin ({own}.search_plain(head) gin_trgm_ops)"
    " WHERE kind IN ('cadre', 'position', 'unit')"
)


def wanted() -> Iterator[tuple[str, str]]:
    """Name and body of every trigger's function."""
    for watch in WATCHED:
        for verb in watch.verbs:
            yield f"{watch.name}_{verb.lower()}", _body(watch, verb)
    for kind, table in owners():
        yield f"search_{table.partition('_')[2]}_gone", _gone(kind)


def present(cursor: Any) -> dict[str, str]:
    """Name and body of those that are there and switched on."""
    cursor.execute(
        "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE t.tgname LIKE %s AND t.tgenabled <> 'D'",
        ["search%"],
    )
    return dict(cursor.fetchall())


def install(cursor: Any) -> None:
    """Create functions, column, indexes and triggers."""
    names = {"schema": _schema(cursor, "unaccent"), "own": _current(cursor)}
    for statement in (PLAIN, WORDS, COLUMN):
        cursor.execute(statement.format(**names))
    for kind in SOURCES:
        cursor.execute(INDEX.format(kind=kind))
    cursor.execute(NEAR.format(**names))
    remove(cursor)
    bodies = dict(wanted())
    for name, table, verb in _triggers():
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
            f" AS $${bodies[name]}$$"
        )
        cursor.execute(
            f"CREATE TRIGGER {name} AFTER {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def remove(cursor: Any) -> None:
    """Drop the triggers."""
    for name, table, _verb in _triggers():
        cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")


def query(words: Sequence[str], marks: Sequence[str] = (), *, whole: int = 0) -> str:
    """What `words @@` is asked; words are letters and digits only (processes.search.words).

    So many of the first words as `whole` says are asked as they stand, the others as beginnings.
    """
    asked = [
        f"'{word}'{':*' if number >= whole and len(word) > 1 else ''}"
        for number, word in enumerate(words)
    ]
    if marks:
        asked.append("(" + " | ".join(f"'{mark}'" for mark in marks) + ")")
    return " & ".join(asked)


def _triggers() -> Iterator[tuple[str, str, str]]:
    for watch in WATCHED:
        for verb in watch.verbs:
            yield f"{watch.name}_{verb.lower()}", watch.table, verb
    for _kind, table in owners():
        yield f"search_{table.partition('_')[2]}_gone", table, "DELETE"


def _body(watch: Watch, verb: str) -> str:
    row = "OLD" if verb == "DELETE" else "NEW"
    write = refreshed("postgresql", watch.kind, watch.rows.format(row))
    if verb != "UPDATE":
        return f" BEGIN {write}; RETURN NULL; END "
    # The columns are compared here and not named in the trigger: PostgreSQL would refuse to
    # change the type of a column that a trigger names.
    before, after = (
        ", ".join(f"{one}.{column}" for column in watch.columns) for one in ("OLD", "NEW")
    )
    return (
        f" BEGIN IF ROW({before}) IS DISTINCT FROM ROW({after}) THEN {write};"
        " END IF; RETURN NULL; END "
    )


def _gone(kind: str) -> str:
    return (
        " BEGIN DELETE FROM processes_searchentry"  # noqa: S608
        f" WHERE kind = '{kind}' AND ref = OLD.id; RETURN NULL; END "
    )


def _schema(cursor: Any, extension: str) -> str:
    cursor.execute(
        "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace"
        " WHERE e.extname = %s",
        [extension],
    )
    return str(cursor.fetchone()[0])


def _current(cursor: Any) -> str:
    cursor.execute("SELECT current_schema()")
    return str(cursor.fetchone()[0])
