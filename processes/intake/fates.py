"""What becomes of every row: new, changed, as it was, or wrong and why."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.utils import get_column_letter

from processes.intake.known import Key, Known, planning_key, post_keys
from processes.intake.reading import Line
from processes.intake.sheets import CADRES, KINDS, PLANNING, POSTS, folded
from processes.intake.values import READERS, Wrong
from processes.organisation.names import sort_key
from processes.organisation.people import Cadre, Planning, PostHeld

Values = dict[str, Any]
#: Told after so many rows, and at the end.
OFTEN = 100
Report = Callable[[str, int, int], None]


class Fate(TextChoices):
    """What an import does with a row."""

    NEW = "new", gettext_lazy("new")
    CHANGED = "changed", gettext_lazy("changed")
    SAME = "same", gettext_lazy("as it was")
    WRONG = "wrong", gettext_lazy("wrong")


@dataclass(frozen=True)
class Fault:
    """What is wrong in a column; the letter is the one that the spreadsheet shows."""

    letter: str
    heading: str
    reason: str


@dataclass
class Row:
    """A line of the file with its fate, and the row of the database that it becomes."""

    line: Line
    label: str = ""
    fate: Fate = Fate.WRONG
    faults: list[Fault] = field(default_factory=list)
    instance: Model | None = None
    old: Values = field(default_factory=dict)
    new: Values = field(default_factory=dict)

    def blame(self, column: str, reason: str) -> None:
        """Say what is wrong in a column; the row is then not entered."""
        places = self.line.heading.places
        asked = next(c for c in self.line.heading.kind.columns if c.field == column)
        letter = get_column_letter(places[column] + 1) if column in places else ""
        self.faults.append(Fault(letter, asked.heading, reason))
        self.fate = Fate.WRONG


def judge(
    lines: Iterable[Line], known: Known, barred: Mapping[str, str], report: Report
) -> list[Row]:
    """The fate of each line. `barred` says by identity number why somebody is not touched.

    People come before their posts and planning, in whatever order the file has them.
    """
    rows = [Row(line) for line in lines]
    judging = _Judging(known, barred)
    ordered = sorted(rows, key=lambda row: KINDS.index(row.line.heading.kind))
    for done, row in enumerate(ordered, start=1):
        judging.judge(row)
        if done % OFTEN == 0 or done == len(ordered):
            report("check", done, len(ordered))
    judging.count_seats()
    return rows


class _Judging:
    def __init__(self, known: Known, barred: Mapping[str, str]) -> None:
        self._known, self._barred = known, barred
        self._seen: dict[Key, Line] = {}
        self._lost: set[str] = set()
        self._posts: list[tuple[Row, PostHeld]] = []
        self._finders: dict[str, Callable[[Row, Values], None]] = {
            CADRES.name: self._cadre,
            POSTS.name: self._post,
            PLANNING.name: self._planning,
        }

    def judge(self, row: Row) -> None:
        kind, values = row.line.heading.kind, self._values(row)
        code = values.get("code", "")
        cadre = self._known.cadres.get(code)
        row.label = " ".join(filter(None, (code, values.get("full_name") or str(cadre or ""))))
        if not row.faults:
            self._finders[kind.name](row, values)
        if not row.faults and row.fate is not Fate.SAME and code in self._barred:
            row.blame("code", self._barred[code])
        if row.faults and kind is CADRES:
            self._lost.add(code)

    def _values(self, row: Row) -> Values:
        """The cells as values; what is empty and need not be said is left out."""
        found: Values = {}
        for column in row.line.heading.kind.columns:
            cell = row.line.cell(column.field)
            if cell is None:
                if column.required:
                    row.blame(column.field, _("The cell is empty."))
                continue
            try:
                read = READERS.get(column.kind)
                found[column.field] = read(cell) if read else cell
                self._check_length(column.field, found[column.field])
            except Wrong as wrong:
                row.blame(column.field, str(wrong))
        self._look_up(row, found)
        return found

    def _check_length(self, name: str, value: Any) -> None:
        if isinstance(value, str) and len(value) > (100 if name == "document" else 200):
            raise Wrong(_("The text is too long."))

    def _look_up(self, row: Row, found: Values) -> None:
        """Words of units, groups and positions become their rows."""
        day = found.get("since") or found.get("approved_on") or self._known.on
        for column in row.line.heading.kind.columns:
            if column.kind in ("unit", "group", "position") and column.field in found:
                try:
                    found[column.field] = getattr(self._known, column.kind)(
                        found[column.field], day
                    )
                except Wrong as wrong:
                    row.blame(column.field, str(wrong))

    def _once(self, row: Row, column: str, *key: Any) -> None:
        """The same thing twice in the files is a fault of the second one."""
        first = self._seen.setdefault((row.line.heading.kind.name, *key), row.line)
        if first is not row.line:
            place = {"sheet": first.place, "row": first.number}
            row.blame(column, _("The same stands in “%(sheet)s”, row %(row)d.") % place)

    def _cadre(self, row: Row, values: Values) -> None:
        code = values["code"]
        self._once(row, "code", code)
        words = values.pop("full_name").split()
        values["family_name"], values["given_name"] = words[0], words[-1]
        values["middle_name"] = " ".join(words[1:-1])
        if values["born_on"] >= self._known.on:
            row.blame("born_on", _("The day lies in the future."))
        self._after(row, values, "born_on", "party_joined_on")
        old = self._known.cadres.get(code)
        if old and not self._mine(old):
            row.blame("code", _("This person works in another province."))
        if row.faults:
            return
        self._settle(row, old, Cadre, values)
        cadre = row.instance
        if isinstance(cadre, Cadre):
            cadre.name_sort = sort_key(cadre.full_name)
            self._known.cadres[code] = cadre

    def _post(self, row: Row, values: Values) -> None:
        cadre = self._person(row, values)
        position = values.get("position")
        for name in ("group", "unit"):
            if position and getattr(position, f"{name}_id") != values[name].pk:
                reason = _("The position is of another: %(other)s.")
                row.blame(name, reason % {"other": getattr(position, name)})
        self._after(row, values, "since", "until", "term_ends_on")
        if cadre and values["since"] <= cadre.born_on:
            row.blame("since", _("The day comes before the date of birth."))
        if cadre is None or row.faults:
            return
        post = PostHeld(**values)
        keys = list(post_keys(post))
        for key in keys:
            self._once(row, "since", *key)
        if row.faults:
            return
        old = next((self._known.posts[key] for key in keys if key in self._known.posts), None)
        self._settle(row, old, PostHeld, values)
        if isinstance(row.instance, PostHeld):
            self._posts.append((row, row.instance))

    def _planning(self, row: Row, values: Values) -> None:
        cadre = self._person(row, values)
        self._after(row, values, "approved_on", "until")
        if cadre is None or row.faults:
            return
        key = planning_key(Planning(**values))
        self._once(row, "approved_on", *key)
        if not row.faults:
            self._settle(row, self._known.planning.get(key), Planning, values)

    def _person(self, row: Row, values: Values) -> Cadre | None:
        """The cadre of a post or of planning, who is on file or in the same import."""
        code = values.pop("code")
        cadre = self._known.cadres.get(code)
        if code in self._lost:
            row.blame("code", _("Correct the row of this person first."))
        elif cadre is None:
            row.blame("code", _("Nobody has this identity number; enter the person as well."))
        elif not self._mine(cadre):
            row.blame("code", _("This person works in another province."))
        values["cadre"] = cadre
        return cadre

    def _mine(self, cadre: Cadre) -> bool:
        within = self._known.provinces
        return within is None or cadre.unit.province_id in within

    def _after(self, row: Row, values: Values, first: str, *others: str) -> None:
        for name in others:
            if name in values and values[name] <= values[first]:
                day = {"day": f"{values[first]:%d/%m/%Y}"}
                row.blame(name, _("The day must come after %(day)s.") % day)

    def _settle(self, row: Row, old: Model | None, model: type[Model], values: Values) -> None:
        """New, changed or as it was; what a row leaves empty stays as it is."""
        if old is None:
            row.instance, row.fate = model(**values), Fate.NEW
            self._check(row)
            return
        row.instance = old
        for name, value in values.items():
            column = f"{name}_id" if isinstance(value, Model) else name
            said = value.pk if isinstance(value, Model) else value
            known = getattr(old, column)
            if said != known and not (name == "title" and folded(said) == folded(known)):
                row.old[column], row.new[column] = plain(known), plain(said)
                setattr(old, name, value)
        row.fate = Fate.CHANGED if row.new else Fate.SAME
        self._check(row)

    def _check(self, row: Row) -> None:
        """What the page of the person would refuse is refused here as well."""
        if row.instance is None or row.fate is Fate.SAME:
            return
        try:
            row.instance.clean()
        except ValidationError as wrong:
            named = {column.field for column in row.line.heading.kind.columns}
            for name, said in wrong.message_dict.items():
                row.blame(name if name in named else "code", " ".join(said))

    def count_seats(self) -> None:
        """Nobody is entered into a post that is full."""
        said = [(r, p) for r, p in self._posts if not r.faults and p.position is not None]
        wanted = {post.position for _row, post in said if post.position}
        known = {post.pk for _row, post in said if post.pk}
        holders: dict[int | None, int] = {}
        for post in self._known.holders(wanted):
            if post.pk not in known:
                holders[post.position_id] = holders.get(post.position_id, 0) + 1
        for row, post in said:
            if post.position is None or (post.until and post.until <= self._known.on):
                continue
            held = holders[post.position_id] = holders.get(post.position_id, 0) + 1
            if held > post.position.seats and row.fate is not Fate.SAME:
                seats = {"seats": post.position.seats}
                row.blame("position", _("The post has %(seats)d seats, all of them held.") % seats)


def plain(value: Any) -> Any:
    """A value as an entry of the trail holds it."""
    return value.isoformat() if isinstance(value, date) else value
