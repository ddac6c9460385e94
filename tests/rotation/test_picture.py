"""The bars of the board: all on one scale, with the mark of a rotation."""

from datetime import date
from types import SimpleNamespace

from processes.pages.picture import LONGEST, seats
from processes.rotation.board import Holder, Row
from processes.rotation.tenure import Tenure

SINCE = date(2024, 1, 1)


def holder(months, **more):
    tenure = Tenure(SINCE, months, 1)
    return Holder(cadre=None, tenure=tenure, **{"at_limit": False, "local": None, **more})


def row(*holders, seats=1):
    return Row(position=SimpleNamespace(seats=seats), holders=holders)


def test_the_longest_time_takes_the_whole_width():
    assert [seat.long for seat in seats([row(holder(60)), row(holder(15))])] == [300, 75]


def test_a_rotation_has_its_mark_on_the_same_scale():
    mark = date(2027, 1, 1)
    (seat,) = seats([row(holder(9, mission=object(), mark=mark))])
    assert (seat.kind, seat.long, seat.mark) == ("rotated", LONGEST // 4, LONGEST)


def test_who_has_reached_the_limit_is_shown_so_before_all():
    (seat,) = seats([row(holder(120, at_limit=True, mission=object()))])
    assert seat.kind == "limit"


def test_each_vacant_seat_is_shown():
    assert [seat.kind for seat in seats([row(holder(1), seats=3)])] == ["held", "vacant", "vacant"]


def test_an_empty_board_is_no_picture():
    assert seats([]) == []
