"""What the database knows already of units, groups, positions and people that a file names."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from processes.intake.sheets import folded
from processes.intake.values import Wrong
from processes.organisation.people import Cadre, Planning, PostHeld
from processes.organisation.positions import Position, TitleGroup
from processes.organisation.units import Unit, UnitName

#: So many numbers go into one statement.
MANY = 1000
Key = tuple[Any, ...]


def parts(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """The rows in parts that a statement can name."""
    rest = iter(rows)
    while part := list(islice(rest, MANY)):
        yield part


class Known:
    """Looked up once for a whole file; `provinces` is where the person may enter people."""

    def __init__(self, codes: Iterable[str], provinces: set[int] | None, on: date) -> None:
        self.on = on
        self._within = Q() if provinces is None else Q(province__in=provinces)
        units = Unit.objects.filter(self._within).select_related("level")
        self._units = _by_words((unit, (unit.code, unit.name)) for unit in units)
        self._former = _by_words(
            (row.unit, (row.name,))
            for row in UnitName.objects.filter(unit__in=units.values("pk")).select_related("unit")
        )
        groups = TitleGroup.objects.all()
        self._groups = _by_words((group, (group.code, group.name)) for group in groups)
        posts = Position.objects.filter(unit__in=units.values("pk")).select_related("unit", "group")
        self._positions = _by_words((post, (post.code,)) for post in posts)
        self.provinces = provinces
        self.cadres = {cadre.code: cadre for cadre in _cadres(codes)}
        numbers = [cadre.pk for cadre in self.cadres.values()]
        self.posts: dict[Key, PostHeld] = {}
        for post in _of(PostHeld, numbers):
            self.keep_post(post)
        self.planning = {planning_key(row): row for row in _of(Planning, numbers)}

    def keep_post(self, post: PostHeld) -> None:
        """Find the post again by its position and by its title."""
        for key in post_keys(post):
            self.posts[key] = post

    def unit(self, word: object, on: date) -> Unit:
        """The unit with this code or name, the one of that day where there are several.

        Raises Wrong.
        """
        units = self._units.get(folded(word)) or self._former.get(folded(word), [])
        then = [u for u in units if u.valid_from <= on and (u.valid_to is None or u.valid_to > on)]
        return _only(then or units, word, _("unit"))

    def group(self, word: object, on: date) -> TitleGroup:
        """The title group with this code or name. Raises Wrong."""
        return _only(self._groups.get(folded(word), []), word, _("title group"))

    def position(self, word: object, on: date) -> Position:
        """The position with this code. Raises Wrong."""
        return _only(self._positions.get(folded(word), []), word, _("position"))

    def holders(self, positions: Iterable[Position]) -> list[PostHeld]:
        """Who holds these positions now."""
        held = PostHeld.objects.filter(Q(until__isnull=True) | Q(until__gt=self.on))
        numbers = [post.pk for post in positions]
        return [row for some in parts(numbers) for row in held.filter(position__in=some)]


def post_keys(post: PostHeld) -> Iterator[Key]:
    """What makes a row the same post of the same person."""
    if post.position_id:
        yield post.cadre.code, post.position_id, post.since
    yield post.cadre.code, post.unit_id, folded(post.title), post.since


def planning_key(row: Planning) -> Key:
    """What makes a row the same approval."""
    return row.cadre.code, row.group_id, row.unit_id, row.approved_on


def _only(found: list[Any], word: object, what: str) -> Any:
    names = {"what": what, "word": word}
    if not found:
        raise Wrong(_("There is no %(what)s “%(word)s” here.") % names)
    if len(found) > 1:
        raise Wrong(_("More than one %(what)s is called “%(word)s”; write the code.") % names)
    return found[0]


def _by_words(pairs: Iterable[tuple[Any, Iterable[str]]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row, words in pairs:
        for word in {folded(word) for word in words}:
            found.setdefault(word, []).append(row)
    return found


def _cadres(codes: Iterable[str]) -> Iterator[Cadre]:
    for some in parts(sorted(set(codes))):
        yield from Cadre.objects.filter(code__in=some).select_related("unit")


def _of(model: Any, numbers: list[int]) -> Iterator[Any]:
    for some in parts(numbers):
        yield from model.objects.filter(cadre__in=some).select_related("cadre")
