"""Numbers by organ, type and term: without gaps and without doubles, also when many take one."""

from datetime import date

import pytest
from django.db import transaction

from processes.dossiers.models import NumberSequence, NumberSymbol, Term
from processes.dossiers.numbering import take_number
from tests import make
from tests.races import at_once

ON = date(2026, 11, 23)


@pytest.fixture
def organ(db):
    """The committee of a province."""
    return make.province()


def take(organ, kind="QĐ", on=ON):
    return take_number(organ, kind, on=on)


def test_numbers_follow_each_other(organ):
    assert [take(organ) for _n in range(3)] == ["1-QĐ/TU", "2-QĐ/TU", "3-QĐ/TU"]


def test_each_type_has_a_row_of_its_own(organ):
    assert [take(organ), take(organ, "KL"), take(organ)] == ["1-QĐ/TU", "1-KL/TU", "2-QĐ/TU"]


def test_each_organ_has_a_row_of_its_own(organ):
    other = make.unit(organ)
    other.parent = organ
    other.save()
    assert [take(organ), take(other)] == ["1-QĐ/TU", f"1-QĐ/{other.code}"]


def test_the_row_runs_through_the_term_of_the_committee(organ):
    Term.objects.create(
        province=organ, name="2025-2030", valid_from=date(2025, 10, 1), valid_to=date(2030, 10, 1)
    )
    days = [date(2026, 1, 1), date(2029, 12, 31), date(2030, 10, 1)]
    assert [take(organ, on=day) for day in days] == ["1-QĐ/TU", "2-QĐ/TU", "1-QĐ/TU"]


def test_where_no_term_is_known_the_row_runs_through_the_year(organ):
    days = [date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [take(organ, on=day) for day in days] == ["1-QĐ/TU", "2-QĐ/TU", "1-QĐ/TU"]


def test_a_state_organ_writes_its_numbers_in_the_form_of_the_state(organ):
    unit = make.unit(organ)
    unit.kind, unit.parent, unit.code = "state_organ", organ, "UBND"
    unit.save()
    assert take(unit) == "1/QĐ-UBND"


def test_data_name_the_symbol_of_an_organ(organ):
    NumberSymbol.objects.create(organ=organ, symbol="BTV", pattern=NumberSymbol.PARTY)
    assert take(organ) == "1-QĐ/BTV"


@transaction.atomic
def take_in_vain(organ):
    """The document that the number was for fails."""
    take(organ)
    raise ValueError("no document")


def test_a_number_is_free_again_when_its_document_fails(organ):
    with pytest.raises(ValueError, match="no document"):
        take_in_vain(organ)
    assert take(organ) == "1-QĐ/TU"


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_six_who_take_numbers_at_once_get_one_each(organ):
    """The first number too: its row does not exist yet when they start."""

    def three():
        return [take(organ) for _n in range(3)]

    given = [number for numbers in at_once(*[three] * 6) for number in numbers]
    assert sorted(given, key=_value) == [f"{n}-QĐ/TU" for n in range(1, 19)]
    assert NumberSequence.objects.get().last == 18


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_a_number_taken_in_vain_leaves_no_gap_behind_others(organ):
    given = at_once(*[lambda: take(organ), lambda: take_in_vain(organ)] * 4)
    numbers = [number for number in given if isinstance(number, str)]
    assert sorted(numbers, key=_value) == [f"{n}-QĐ/TU" for n in range(1, 5)]
    assert sum(isinstance(error, ValueError) for error in given) == 4


def _value(number):
    return int(number.partition("-")[0])
