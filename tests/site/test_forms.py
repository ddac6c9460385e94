"""Every form has labels, marks its errors and lists them on top."""

import pytest
from django import forms
from django.utils.translation import override


class Count(forms.Form):
    slips = forms.IntegerField(label="Số phiếu", help_text="Phiếu phát ra", min_value=0)
    agreed = forms.BooleanField(label="Đồng ý")
    outcome = forms.ChoiceField(label="Kết quả", choices=[("a", "A")], widget=forms.RadioSelect)
    case = forms.CharField(widget=forms.HiddenInput)


@pytest.fixture
def sent():
    with override("en"):
        yield str(Count({"slips": "-1", "case": ""}))


def test_a_field_has_its_label_and_its_class():
    html = str(Count())
    assert '<label class="form-label required" for="id_slips">Số phiếu</label>' in html
    assert 'class="form-control"' in html


def test_choices_stand_in_a_fieldset():
    assert "<legend" in str(Count())


def test_help_is_tied_to_its_field():
    html = str(Count())
    assert 'aria-describedby="id_slips_helptext"' in html
    assert 'id="id_slips_helptext"' in html


def test_a_wrong_field_is_marked_and_tied_to_its_error(sent):
    assert "form-control is-invalid" in sent
    assert 'aria-invalid="true"' in sent
    assert 'id="id_slips_error"' in sent


def test_errors_are_listed_on_top_with_links_to_their_fields(sent):
    assert sent.index('<a href="#id_slips">') < sent.index('id="id_slips"')


def test_an_error_in_a_hidden_field_is_not_swallowed(sent):
    assert "Case: This field is required." in sent


def test_a_fresh_form_shows_no_error():
    assert "alert" not in str(Count())
