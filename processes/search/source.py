"""What is searched: of each kind the SELECT that says how its rows read, and when they change.

The triggers, the rebuilding and the comparison all come from here. `head` is what a row is called,
`rest` what else it is found by.

Marks: `@7` people who read cases, records or staffing of unit 7, `!7` those of them who are
cleared (confidential cases), `^1` those who read the whole province 1, `~5` account 5.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_NAME = "{0}.family_name || ' ' || {0}.middle_name || ' ' || {0}.given_name"
_UNIT = "'@' || coalesce({0}.unit_id, 0) || ' ^' || coalesce(u.province_id, 0)"
_CASE = (
    "coalesce((SELECT {joined} FROM processes_participant m WHERE m.case_id = c.id), '')"
    " || ' ^' || c.province_id || ' ~' || coalesce(c.opened_by_id, 0)"
)
_MARK = "CASE WHEN c.secrecy = 'internal' THEN '@' ELSE '!' END || m.unit_id"

#: head, rest, marks, and where they come from.
SOURCES = {
    "case": (
        f"c.code || ' ' || coalesce({_NAME.format('k')}, '')",
        "c.title || ' ' || coalesce(u.name, '')",
        _CASE,
        "processes_case c LEFT JOIN processes_unit u ON u.id = c.unit_id"
        " LEFT JOIN processes_cadre k ON k.id = c.candidate_id",
    ),
    "document": (
        "d.title || ' ' || d.number",
        "coalesce(c.code, '')",
        f"coalesce({_CASE}, '')",
        "processes_document d LEFT JOIN processes_case c ON c.id = d.case_id",
    ),
    "cadre": (
        _NAME.format("k"),
        "k.code || ' ' || coalesce(u.name, '')",
        _UNIT.format("k") + " || ' ~' || coalesce(k.user_id, 0)",
        "processes_cadre k LEFT JOIN processes_unit u ON u.id = k.unit_id",
    ),
    "position": (
        "p.title",
        "p.code || ' ' || coalesce(u.name, '') || ' ' || coalesce(g.name, '')",
        _UNIT.format("p"),
        "processes_position p LEFT JOIN processes_unit u ON u.id = p.unit_id"
        " LEFT JOIN processes_titlegroup g ON g.id = p.group_id",
    ),
    "unit": (
        "u.name",
        "u.code || ' ' || coalesce((SELECT {former} FROM processes_unitname n"
        " WHERE n.unit_id = u.id), '')",
        "'@' || u.id || ' ^' || coalesce(u.province_id, 0)",
        "processes_unit u",
    ),
    "account": (
        "a.last_name || ' ' || a.first_name",
        "a.username || ' ' || a.title",
        "''",
        "permissions_user a",
    ),
}
_ALIASES = {kind: source[3].split()[1] for kind, source in SOURCES.items()}
#: Rows that one statement gathers from several, in the words of each database.
_GATHERED = {
    "postgresql": {
        "joined": f"string_agg({_MARK}, ' ' ORDER BY m.unit_id)",
        "former": "string_agg(n.name, ' ' ORDER BY n.id)",
    },
    "sqlite": {
        "joined": f"group_concat({_MARK}, ' ')",
        "former": "group_concat(n.name, ' ')",
    },
}


@dataclass(frozen=True)
class Watch:
    """A table and those of its columns that other rows are found by."""

    table: str
    columns: tuple[str, ...]
    kind: str
    #: Which rows of the kind read otherwise now; {0} is the row of the table.
    rows: str
    verbs: tuple[str, ...] = ("INSERT", "UPDATE")

    @property
    def name(self) -> str:
        """Name of its triggers, before the verb."""
        return f"search_{self.table.partition('_')[2]}_{self.kind}"


_CHANGED, _ALL = ("UPDATE",), ("INSERT", "UPDATE", "DELETE")
_NAMES = ("family_name", "middle_name", "given_name")
_SEEN = ("secrecy", "province_id", "opened_by_id")
WATCHED = (
    Watch("processes_case", ("code", "title", "candidate_id", "unit_id", *_SEEN), "case",
          "c.id = {0}.id"),
    Watch("processes_case", _SEEN, "document", "d.case_id = {0}.id", _CHANGED),
    Watch("processes_participant", ("unit_id",), "case", "c.id = {0}.case_id", _ALL),
    Watch("processes_participant", ("unit_id",), "document", "d.case_id = {0}.case_id", _ALL),
    Watch("processes_document", ("title", "number", "case_id"), "document", "d.id = {0}.id"),
    Watch("processes_cadre", (*_NAMES, "code", "unit_id", "user_id"), "cadre", "k.id = {0}.id"),
    Watch("processes_cadre", _NAMES, "case", "c.candidate_id = {0}.id", _CHANGED),
    Watch("processes_position", ("title", "code", "unit_id", "group_id"), "position",
          "p.id = {0}.id"),
    Watch("processes_titlegroup", ("name",), "position", "p.group_id = {0}.id", _CHANGED),
    Watch("processes_unit", ("name", "code", "province_id"), "unit", "u.id = {0}.id"),
    Watch("processes_unit", ("name",), "case", "c.unit_id = {0}.id", _CHANGED),
    Watch("processes_unit", ("name", "province_id"), "cadre", "k.unit_id = {0}.id", _CHANGED),
    Watch("processes_unit", ("name", "province_id"), "position", "p.unit_id = {0}.id", _CHANGED),
    Watch("processes_unitname", ("name", "unit_id"), "unit", "u.id = {0}.unit_id", _ALL),
    Watch("permissions_user", ("last_name", "first_name", "username", "title"), "account",
          "a.id = {0}.id"),
)  # fmt: skip


def tables() -> set[str]:
    """Every table that a trigger of the search stands on."""
    return {watch.table for watch in WATCHED}


def owners() -> Iterator[tuple[str, str]]:
    """Each kind with the table whose rows it is about."""
    for kind, source in SOURCES.items():
        yield kind, source[3].split()[0]


def rows(vendor: str, kind: str, which: str = "") -> str:
    """The SELECT of a kind: as the table of words should be, for all rows or for some."""
    head, rest, marks, origin = SOURCES[kind]
    gathered = _GATHERED[vendor]
    where = f" WHERE {which}" if which else ""
    return (
        f"SELECT '{kind}' AS kind, {_ALIASES[kind]}.id AS ref, {head} AS head,"  # noqa: S608
        f" {rest.format(**gathered)} AS rest, {marks.format(**gathered)} AS marks"
        f" FROM {origin}{where}"
    )


def refreshed(vendor: str, kind: str, which: str) -> str:
    """The statement that writes some rows of a kind anew."""
    return (
        "INSERT INTO processes_searchentry (kind, ref, head, rest, marks)"
        f" {rows(vendor, kind, which)} ON CONFLICT (kind, ref) DO UPDATE"
        " SET head = excluded.head, rest = excluded.rest, marks = excluded.marks"
    )
