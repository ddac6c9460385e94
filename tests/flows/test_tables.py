"""The flow files say what the law book's table says."""

from processes.flows import AppointmentInPlaceFlow
from processes.flows.table import table

TABLE = (
    "a01 a02 a03 a04 a04x a05 a06 a07 a08 a09 a10 a10h a10n a11 a12 a13 a14 a15 a16 a17 a18 a18s "
    "a19 a20 z_hold z_withdraw z_reject"
)


def test_every_row_of_the_law_book_is_a_step() -> None:
    codes = [row.code for row in AppointmentInPlaceFlow.rows()]
    assert [code for code in TABLE.split() if code not in codes] == []


def test_every_step_is_reached() -> None:
    reached = {edge.dst for row in AppointmentInPlaceFlow.rows() for edge in row._outgoing()}
    lost = [row.name for row in AppointmentInPlaceFlow.rows() if row not in reached]
    assert lost == []


def test_the_printed_table_names_each_outcome() -> None:
    printed = table(AppointmentInPlaceFlow)
    assert "approve→a04; reject→z_reject; return→a01; quorum_fail→a03" in printed
