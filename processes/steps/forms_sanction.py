"""Forms of a sanction: what was found about whom, the explanation, and the conclusion."""

from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from permissions.checks import today
from processes.cases.models import Case, Opinion
from processes.organisation.people import Cadre, Discipline
from processes.organisation.unit_notes import UnitNote
from processes.organisation.units import Unit
from processes.rotation.missions import Finding
from processes.steps.forms import StepForm, TaskForm, offer, text_field
from processes.steps.start_forms import StartForm

#: What is found by hand may be something else than a review of a rotation looks for.
OTHER = "other"
KINDS = [*Finding.Kind.choices, (OTHER, _("another violation"))]


class SanctionStartForm(StartForm):
    """A finding that the Inspection Committee takes up by itself: what, and about whom."""

    kind = forms.ChoiceField(label=_("Kind of finding"), choices=KINDS)
    person = forms.CharField(
        label=_("Identity number of the person"),
        required=False,
        max_length=20,
        help_text=_("Leave it empty when the finding is about a unit."),
    )
    accused_unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False
    )
    finding = text_field(_("What was found"), max_length=4000)
    basis = forms.CharField(label=_("Document of the finding"), max_length=200)

    field_order = ("kind", "person", "accused_unit", "finding", "basis", "secrecy", "reason")

    def prepare(self) -> None:
        """Offer the units of the province; what concerns a person is confidential by default."""
        self.fields["secrecy"].initial = Case.Secrecy.SECRET
        units = Unit.objects.in_force(today()).filter(province=self.unit.province_id)
        choice: Any = self.fields["accused_unit"]
        choice.queryset = units.order_by("name")

    def clean_person(self) -> Cadre | None:
        """The cadre of the province with this number; raises ValidationError for another."""
        number = self.cleaned_data["person"].strip()
        if not number:
            return None
        found = Cadre.objects.filter(code=number, unit__province=self.unit.province_id)
        cadre = found.select_related("unit").first()
        if cadre is None:
            raise forms.ValidationError(_("Nobody in this province has this identity number."))
        return cadre

    def clean(self) -> dict[str, Any]:
        """A finding is about a person or about a unit, never about both."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("person")) == bool(cleaned.get("accused_unit")):
            self.add_error("accused_unit", _("Name a person or a unit, and only one of them."))
        return cleaned

    def opening(self) -> dict[str, Any]:
        """What the case is about."""
        said = self.cleaned_data
        cadre, unit = said["person"], said["accused_unit"]
        found = about(said["kind"], said["finding"], said["basis"], cadre=cadre, unit=unit)
        return super().opening() | found


def about(
    kind: str, text: str, basis: str, *, cadre: Cadre | None, unit: Unit | None
) -> dict[str, Any]:
    """What `open_case` is told of a finding: about whom, and which unit explains it.

    The title names the unit only: it stands in lists.
    """
    concerned = cadre.unit if cadre else unit
    assert concerned is not None  # noqa: S101 -- a finding is about somebody
    with translation.override("vi"):
        title = f"{dict(KINDS)[kind]}: {concerned.name_on(today())}"
    return {
        "candidate": cadre,
        "title": title,
        "facts": {
            "source": concerned.pk,
            "asked": [concerned.pk],
            "finding": {"kind": kind, "text": text, "basis": basis},
        },
    }


class ExplanationForm(TaskForm):
    """The written explanation of the person or of the unit."""

    text = text_field(
        _("Explanation in writing"),
        rows=8,
        help_text=_(
            "The words of the person or the unit concerned. Whoever the case is about does not "
            "send it themselves: somebody of the unit enters what they have signed."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """An explanation is kept as an opinion that takes no stand."""
        return (super().clean() or {}) | {"stand": Opinion.Stand.COMMENT}


class ConclusionForm(StepForm):
    """What the Inspection Committee concludes, and which discipline it proposes."""

    report = text_field(_("Conclusion"), rows=8)
    proposal = forms.ChoiceField(label=_("Proposed form of discipline"), required=False)

    field_order = ("report", "outcome", "proposal", "reason")

    def prepare(self) -> None:
        """Persons and units have their own forms of discipline."""
        super().prepare()
        offered = Discipline.Form.choices if self.case.candidate_id else UnitNote.Form.choices[1:]
        offer(self, "proposal", [("", "—"), *offered])

    def clean(self) -> dict[str, Any]:
        """Discipline is proposed in one of its forms."""
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == "discipline" and not cleaned.get("proposal"):
            self.add_error("proposal", _("Choose the form of discipline."))
        return cleaned
