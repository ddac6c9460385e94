"""The trail as a file for a spreadsheet."""

import csv
from io import StringIO

import pytest
from django.db import transaction

from processes.audit.export import csv_lines, harmless, header, rows
from processes.audit.models import AuditEntry, Event
from processes.audit.sentences import Labels
from processes.audit.trail import record

pytestmark = pytest.mark.django_db


def entries():
    return AuditEntry.objects.order_by("chain", "seq")


def read(lines):
    text = "".join(lines)
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))


def test_every_entry_is_a_row_under_a_header(case):
    first, *others = read(csv_lines(entries(), Labels()))
    assert first == header()
    assert {len(row) for row in others} == {len(first)}
    assert [row[2] for row in others] == ["1", "2", "3", "4", "5"]


def test_a_row_has_names_and_the_hash(case, clerk):
    row = next(rows(entries(), Labels(steps={"request": "Request policy"})))
    entry = entries()[0]
    assert row[0] == case.code
    assert {str(clerk), str(case.unit), "Request policy", "Lý do 1", entry.hash} <= set(row)


@pytest.mark.parametrize(("code", "said"), [("oc_head", "Trưởng"), ("teller", "kiểm phiếu")])
def test_a_role_stands_there_in_words(case, clerk, code, said):
    with transaction.atomic():
        record(Event.READ, by=clerk, case=case, role=code)
    row = read(csv_lines(entries(), Labels()))[-1]
    assert said in row[7]
    assert code not in row


@pytest.mark.parametrize("text", ["=1+1", "+84", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_a_formula_is_only_text(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Lý do", "a=1", "2026-01-01", " x"])
def test_other_text_stays_as_it_is(text):
    assert harmless(text) == text


def test_a_reason_that_is_a_formula_is_disarmed(case, clerk):
    with transaction.atomic():
        record(Event.READ, by=clerk, case=case, reason='=HYPERLINK("http://x";"y")')
    assert '\'=HYPERLINK("http://x";"y")' in read(csv_lines(entries(), Labels()))[-1]


def test_line_breaks_and_quotes_stay_in_their_cell(case, clerk):
    with transaction.atomic():
        record(Event.READ, by=clerk, case=case, reason='Dòng "một"\nDòng hai')
    assert 'Dòng "một"\nDòng hai' in read(csv_lines(entries(), Labels()))[-1]


def test_more_entries_cost_no_more_queries(case, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert len(list(rows(entries(), Labels()))) == 5
    with django_assert_num_queries(3):
        assert len(list(rows(entries()[:1], Labels()))) == 1


def test_rows_come_in_portions(case, monkeypatch):
    monkeypatch.setattr("processes.audit.export.PORTION", 2)
    assert [row[2] for row in rows(entries(), Labels())] == ["1", "2", "3", "4", "5"]
