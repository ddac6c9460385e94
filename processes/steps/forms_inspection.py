"""Forms of an inspection: its cases, what goes on, the explanation, the conclusion."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from processes.cases.models import Case
from processes.inspections.models import InspectionFinding, InspectionRecommendation
from processes.inspections.queries import pending, requests_to
from processes.steps.forms import StepForm, TaskForm, text_field
from processes.steps.start_forms import StartForm

#: Between the numbers of cases that somebody types or pastes.
SEPARATORS = re.compile(r"[\s,;]+")
#: So many cases fit into one inspection: each is a line of its conclusion.
MOST = 200
UPHELD = "upheld_"


def cases_field(**more: Any) -> forms.CharField:
    """Numbers of cases, as they stand on their pages."""
    return text_field(
        _("Numbers of the cases"),
        rows=4,
        help_text=_("One a line, or with commas between them; as “BN-2026-00012”."),
        **more,
    )


def cases_named(text: str, *, province: int | None) -> list[Case]:
    """The cases of a province that a text names by their numbers, each once.

    Raises ValidationError that names what is no case there; an inspection is not inspected.
    """
    codes = list(dict.fromkeys(code.upper() for code in SEPARATORS.split(text) if code))
    if len(codes) > MOST:
        said = _("An inspection has at most %(most)s cases; open another one for the rest.")
        raise forms.ValidationError(said % {"most": MOST})
    found = Case.objects.filter(code__in=codes, province=province).order_by("pk")
    cases = [case for case in found if not case.flow_class.units_apart]
    if lost := [code for code in codes if code not in {case.code for case in cases}]:
        said = _("These are no numbers of cases that can be inspected here: %(codes)s.")
        raise forms.ValidationError(said % {"codes": ", ".join(lost)})
    return cases


class InspectionStartForm(StartForm):
    """What is inspected, on which basis, and in which cases."""

    title = forms.CharField(label=_("What is inspected"), max_length=300)
    basis = forms.CharField(
        label=_("Basis of the inspection"),
        max_length=300,
        help_text=_("The programme, the decision or the report that it rests on."),
    )
    codes = cases_field()

    field_order = ("title", "basis", "codes", "secrecy", "reason")

    def prepare(self) -> None:
        """Offer the case from which somebody came; an inspection is confidential by default."""
        self.fields["secrecy"].initial = Case.Secrecy.SECRET
        self.fields["codes"].initial = self.search

    def clean_codes(self) -> str:
        """Keep the cases beside their numbers."""
        text: str = self.cleaned_data["codes"]
        self.cases = cases_named(text, province=self.unit.province_id or self.unit.pk)
        return text

    def opening(self) -> dict[str, Any]:
        """Title, basis and cases."""
        said = self.cleaned_data
        facts = {"basis": said["basis"], "cases": [case.pk for case in self.cases]}
        return super().opening() | {"title": said["title"], "facts": facts}


class ExamineForm(StepForm):
    """What goes on: requests are sent, or the conclusion is drafted."""

    def prepare(self) -> None:
        """Say how many requests wait."""
        super().prepare()
        waiting = pending(self.case).count()
        self.fields["outcome"].help_text = ngettext(
            "%(count)s request for explanation is written and not sent.",
            "%(count)s requests for explanation are written and not sent.",
            waiting,
        ) % {"count": waiting}


class AnswerForm(TaskForm):
    """The written explanation of a unit, under what it is asked."""

    text = text_field(_("Explanation in writing"), rows=10)

    def prepare(self) -> None:
        """The questions stand above the field."""
        asked = [
            f"{number}. {one.case.code}: {one.text}" if one.case else f"{number}. {one.text}"
            for number, one in enumerate(requests_to(self.task), start=1)
        ]
        self.said = "\n".join(asked)


class DraftForm(StepForm):
    """The conclusion, and for each finding whether it stands after what was explained."""

    text = text_field(_("Conclusion"), rows=10)

    def prepare(self) -> None:
        """One field for each finding; the draft that came back stands in the form."""
        super().prepare()
        self.fields["text"].initial = self.case.facts.get("drafted", {}).get("text", "")
        findings = InspectionFinding.objects.filter(inspection=self.case).order_by("pk")
        self.findings = list(findings.select_related("unit", "cadre"))
        for row in self.findings:
            whom = f"{row.cadre}, {row.unit}" if row.cadre else str(row.unit)
            self.fields[f"{UPHELD}{row.pk}"] = forms.TypedChoiceField(
                label=_("Finding about %(whom)s (%(level)s)")
                % {"whom": whom, "level": row.get_level_display()},
                help_text=row.text,
                choices=[("yes", _("upheld")), ("no", _("not upheld"))],
                coerce=lambda said: said == "yes",
                initial={True: "yes", False: "no"}.get(row.upheld),  # type: ignore[arg-type]
                widget=forms.RadioSelect,
                required=False,
                empty_value=None,
            )
        self.order_fields([*(f"{UPHELD}{row.pk}" for row in self.findings), "text", "outcome"])

    def clean(self) -> dict[str, Any]:
        """A conclusion says of each finding whether it stands."""
        cleaned = super().clean() or {}
        upheld = {row.pk: cleaned.pop(f"{UPHELD}{row.pk}", None) for row in self.findings}
        if cleaned.get("outcome") == "submit":
            for number, said in upheld.items():
                if said is None:
                    self.add_error(f"{UPHELD}{number}", _("Say whether this finding stands."))
        return cleaned | {"upheld": upheld}


class SignOffForm(StepForm):
    """The second inspector reads what they sign."""

    def prepare(self) -> None:
        """The draft stands above the choice, with how much hangs on it."""
        super().prepare()
        findings = InspectionFinding.objects.filter(inspection=self.case, upheld=True).count()
        advised = InspectionRecommendation.objects.filter(inspection=self.case).count()
        said = _("Findings upheld: %(findings)s. Recommendations: %(advised)s.")
        counted = said % {"findings": findings, "advised": advised}
        self.said = f"{self.case.facts['drafted']['text']}\n\n{counted}"
