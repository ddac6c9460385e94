"""Fields of forms: what no calendar and no column can take is refused beside the field."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta
from django import forms
from django.core.exceptions import ValidationError

from permissions.checks import today
from processes.organisation.horizon import EARLIEST, LARGEST, YEARS_AHEAD
from processes.organisation.people import Cadre
from processes.steps.fields import NumberField, SeveralField
from processes.steps.forms import day_field
from processes.steps.forms_nomination import ListForm, ScopeForm
from processes.steps.forms_placement import ReceptionForm

ROOT = Path(__file__).parents[2]
#: Fields of Django that have no bounds, and what stands in their place.
UNBOUNDED = {"forms.DateField", "forms.IntegerField", "forms.ModelMultipleChoiceField"}


def ahead(**time: int) -> date:
    return today() + relativedelta(years=YEARS_AHEAD, **time)


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2226-11-01", "9995-01-01"])
def test_a_day_that_nobody_can_have_meant_is_refused(day: str) -> None:
    with pytest.raises(ValidationError) as refused:
        day_field("x").clean(day)
    assert refused.value.error_list[0].code == "horizon"
    assert "01/01/1900" in refused.value.messages[0]


def test_the_days_at_the_ends_of_the_horizon_are_taken() -> None:
    assert day_field("x").clean(EARLIEST.isoformat()) == EARLIEST
    assert day_field("x").clean(ahead().isoformat()) == ahead()
    with pytest.raises(ValidationError):
        day_field("x").clean(ahead(days=1).isoformat())


@pytest.mark.parametrize("typed", ["9" * 23, str(LARGEST + 1)])
def test_a_number_that_no_column_holds_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        NumberField().clean(typed)
    assert NumberField().clean(str(LARGEST)) == LARGEST


@pytest.mark.parametrize(
    ("form", "name"),
    [(ScopeForm, "number"), (ListForm, "to_elect"), (ReceptionForm, "allowance")],
)
def test_numbers_of_people_and_money_are_bounded(form: type[forms.Form], name: str) -> None:
    field = form.base_fields[name]
    with pytest.raises(ValidationError):
        field.clean("9" * 23)
    assert field.clean("3") == 3


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["9" * 21, "-" + "9" * 21])
def test_a_row_that_no_table_has_is_no_choice(typed: str) -> None:
    field = SeveralField(Cadre.objects.all())
    with pytest.raises(ValidationError) as refused:
        field.clean([typed])
    assert refused.value.error_list[0].code == "invalid_choice"


def unbounded(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in UNBOUNDED:
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.attr}"


def test_every_field_for_a_day_a_number_or_several_rows_has_bounds() -> None:
    own = ROOT / "processes/steps/fields.py"
    files = [path for path in (ROOT / "processes").rglob("*.py") if path != own]
    assert [found for path in files for found in unbounded(path)] == []
