"""What an inspector types at the desk, as codes and numbers of rows."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from permissions.catalogue import TELLER, TELLER_NAME, Act, Role
from permissions.checks import today
from processes.audit.models import Event
from processes.cases.models import Case
from processes.organisation.units import Unit
from processes.pages.entries import labels
from processes.pages.widgets import StandingSelect
from processes.questions.declared import Parameter, Ready
from processes.questions.wishes import papers_called, people_called
from processes.rules import load
from processes.steps.fields import NumberField
from processes.steps.forms import day_field

#: Fields of the search whose value is a code as it is.
CODES = ("role", "step", "event", "edition", "only")
ALL = [("", gettext_lazy("All"))]
NUMBER = 9_999


class SearchForm(forms.Form):
    """What is looked for in the trail."""

    person = forms.CharField(label=gettext_lazy("Person"), required=False, max_length=100)
    behalf = forms.CharField(label=gettext_lazy("On behalf of"), required=False, max_length=100)
    case = forms.CharField(label=gettext_lazy("Case number"), required=False, max_length=30)
    document = forms.CharField(
        label=gettext_lazy("Document: title, number or SHA-256"), required=False, max_length=200
    )
    only = forms.ChoiceField(
        label=gettext_lazy("Only"),
        required=False,
        choices=[*ALL, ("refusals", gettext_lazy("Refusals")), ("reads", gettext_lazy("Reads"))],
    )
    event = forms.ChoiceField(
        label=gettext_lazy("Event"), required=False, choices=[*ALL, *Event.choices]
    )
    step = forms.ChoiceField(label=gettext_lazy("Step"), required=False, widget=StandingSelect)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        required=False,
        choices=[*ALL, *Role.choices, (TELLER, TELLER_NAME)],
    )
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"), queryset=Unit.objects.none(), required=False,
        empty_label=gettext_lazy("All"),
    )  # fmt: skip
    edition = forms.ChoiceField(label=gettext_lazy("Edition of the rules"), required=False)
    since = day_field(gettext_lazy("From"), required=False)
    until = day_field(gettext_lazy("To"), required=False)

    def __init__(self, *args: Any, provinces: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(province__in=provinces) | Unit.objects.filter(pk__in=provinces)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        steps = [(name, str(title)) for name, title in labels().steps.items()]
        self.fields["step"].choices = [*ALL, *steps]  # type: ignore[attr-defined]
        editions = [(one.key, edition_title(one)) for one in load().editions]
        self.fields["edition"].choices = [*ALL, *editions]  # type: ignore[attr-defined]

    def wish(self) -> dict[str, Any]:
        """What was typed, resolved; a wrong field narrows nothing and says so."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        wish = {name: said[name] for name in CODES if name in said}
        wish |= {name: said[name].isoformat() for name in ("since", "until") if name in said}
        if "unit" in said:
            wish["unit"] = said["unit"].pk
        if "case" in said:
            wish["case"] = case_called(said["case"]) or 0
        for field, name in (("person", "by"), ("behalf", "behalf")):
            if field in said:
                wish[name] = people_called(said[field])
        if "document" in said:
            wish["documents"] = papers_called(said["document"])
        return wish

    def title(self) -> str:
        """What was asked for in words, for the list of saved questions."""
        said = [(self.fields[name].label, self._word(name)) for name in self.cleaned_data]
        return "; ".join(f"{label}: {word}" for label, word in said if word)[:200]

    def _word(self, name: str) -> str:
        value = self.cleaned_data[name]
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        choices = dict(getattr(self.fields[name], "choices", ())) if name != "unit" else {}
        return str(choices.get(value, value) or "") if value else ""


def edition_title(edition: Any) -> str:
    """What an edition is called in the language of the page."""
    return str(edition.title_en if get_language() == "en" else edition.title)


def case_called(code: str) -> int | None:
    """The number of the case of this code."""
    found = Case.objects.filter(code__iexact=code.strip()).values_list("pk", flat=True)
    number: int | None = found.first()
    return number


class QuestionForm(forms.Form):
    """The parameters of a ready-made question, each with what it is without a word."""

    def __init__(self, *args: Any, question: Ready, cases: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        begun = {one.key: initial_of(one) for one in question.parameters}
        kwargs["initial"] = begun | kwargs["initial"]
        super().__init__(*args, **kwargs)
        self._question, self._cases = question, cases
        for one in question.parameters:
            self.fields[one.key] = _FIELDS[one.kind](one)

    def clean(self) -> dict[str, Any]:
        """A case must be one that the inspector may read; days in their order."""
        said: dict[str, Any] = self.cleaned_data
        if code := said.get("case"):
            found = self._cases.filter(code__iexact=code.strip()).values_list("pk", flat=True)
            said["case"] = found.first()
            if said["case"] is None:
                self.add_error("case", _("There is no case of this number that you may read."))
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", _("Choose a day that is not before the first one."))
        return said

    def values(self) -> dict[str, Any]:
        """The parameters as they are kept."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in self.cleaned_data.items()
            if value not in (None, "")
        }


def initial_of(parameter: Parameter) -> Any:
    """What a parameter is without a word; days are said by how far they are from today."""
    if parameter.kind == "day":
        return today() + timedelta(days=parameter.initial)
    return parameter.initial


_FIELDS: dict[str, Any] = {
    "day": lambda one: day_field(one.label, required=one.required),
    "number": lambda one: NumberField(
        label=one.label, required=one.required, help_text=one.help, min_value=0, max_value=NUMBER
    ),
    "case": lambda one: forms.CharField(label=one.label, required=one.required, max_length=30),
    "acts": lambda one: forms.MultipleChoiceField(
        label=one.label, required=one.required, choices=Act.choices,
        widget=forms.CheckboxSelectMultiple,
    ),
}  # fmt: skip
