"""The lists of the rotation programme as files."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, QuerySet
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from permissions.checks import today
from permissions.models import User
from processes.cases.bars import family_of
from processes.organisation.positions import Position
from processes.pages.exports import Listing, file_of
from processes.pages.rotation_board import BoardFilter, drafts_of, guard_reader
from processes.pages.tables import Cell
from processes.rotation.board import Holder, Row, board, posts_of
from processes.rotation.missions import MissionOrder, RotationReview
from processes.rotation.progress import Progress, progress
from processes.rotation.rights import readable_missions
from processes.rotation.schemes import RotationScheme

PORTION = 200


@login_required
@require_GET
def board_file(request: HttpRequest, kind: str) -> FileResponse:
    """The posts of the board as a file, one row for each holder. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    provinces = guard_reader(user)
    wish = BoardFilter(request.GET, chains=drafts_of(user))
    posts = wish.narrow(posts_of(provinces, today()))
    listing = Listing(
        "rotation-board",
        _("Rotation board"),
        (
            _("Unit"), _("Code"), _("Post"), _("Held by"), _("Since"), _("Months"), _("Term"),
            _("Limit of terms reached"), _("Of the place"), _("Rotation until"), _("Planned"),
        ),
        _posts(posts, family_of(user).all),
        Position._meta.label_lower,
    )  # fmt: skip
    return file_of(listing, kind, by=user)


@login_required
@require_GET
def scheme_file(request: HttpRequest, scheme_id: int, kind: str) -> FileResponse:
    """The targets of a scheme with what has come of them, as a file. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    scheme = get_object_or_404(RotationScheme, pk=scheme_id, province__in=guard_reader(user))
    listing = Listing(
        "rotation-scheme",
        scheme.title,
        (
            _("Year"), _("Direction"), _("Receiving unit"), _("Moves wanted"), _("On paper"),
            _("Under way"), _("Done"), _("Missing"),
        ),
        map(_target, progress(scheme)),
        RotationScheme._meta.label_lower,
    )  # fmt: skip
    return file_of(listing, kind, by=user)


@login_required
@require_GET
def missions_file(request: HttpRequest, kind: str) -> FileResponse:
    """The missions that the person may know of, as a file."""
    user: User = request.user  # type: ignore[assignment]
    last = RotationReview.objects.filter(concluded_on__isnull=False)
    found = readable_missions(user).select_related("cadre", "position", "unit")
    found = found.prefetch_related(Prefetch("reviews", last, to_attr="concluded"))
    listing = Listing(
        "missions",
        _("Missions"),
        (
            _("Cadre"), _("Post"), _("Unit"), _("Ground"), _("Since"), _("Ended on"), _("Period"),
            _("Points"), _("Level"),
        ),
        _missions(found),
        MissionOrder._meta.label_lower,
    )  # fmt: skip
    return file_of(listing, kind, by=user)


def _target(row: Progress) -> list[Cell]:
    target = row.target
    return [
        target.year, target.get_direction_display(), str(target.unit or _("Any")), target.number,
        row.drafted, row.running, row.done, row.missing,
    ]  # fmt: skip


def _posts(posts: QuerySet[Position], closed: frozenset[int]) -> Iterator[Sequence[Cell]]:
    """A portion at a time, each in the same few queries."""
    found = list(posts)
    for start in range(0, len(found), PORTION):
        for row in board(found[start : start + PORTION], today()):
            yield from _seats(row, closed)


def _seats(row: Row, closed: frozenset[int]) -> Iterator[Sequence[Cell]]:
    post = row.position
    about: list[Cell] = [str(post.unit), post.code, post.title]
    for holder in row.holders:
        yield [*about, *_holder(holder, closed)]
    if row.vacant:
        yield [*about, _("vacant"), *[None] * 7]


def _holder(holder: Holder, closed: frozenset[int]) -> list[Cell]:
    moves = [] if holder.cadre.pk in closed else [str(one.position) for one in holder.leaving]
    return [
        str(holder.cadre), holder.tenure.since, holder.tenure.months, holder.tenure.terms,
        _("yes") if holder.at_limit else "", _("yes") if holder.local else "", holder.mark,
        "; ".join(moves),
    ]  # fmt: skip


def _missions(orders: QuerySet[MissionOrder]) -> Iterator[Sequence[Cell]]:
    for order in orders.iterator(chunk_size=PORTION):
        concluded: list[Any] = order.concluded  # type: ignore[attr-defined]
        last = concluded[0] if concluded else None
        yield [
            str(order.cadre), order.position.title, str(order.unit),
            _("rotation") if order.case_id else _("chosen post"), order.since, order.ended_on,
            last.period if last else None, str(last.total) if last and last.total else None,
            str(last.get_level_display()) if last else None,
        ]  # fmt: skip
