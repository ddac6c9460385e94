"""Forms of a delegation: who authorises whom to sign what and until when, and the signature."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from permissions.catalogue import Act
from permissions.checks import may, today
from processes.cases.models import Case
from processes.steps.forms import StepForm, day_field, offer, text_field
from processes.steps.start_forms import StartForm

BODIES = [
    ("standing_committee", _("Standing Committee")),
    ("executive_committee", _("Executive Committee")),
]
DELEGATES = [
    ("standing_committee", _("the Standing Committee")),
    ("secretary", _("the Secretary")),
    ("deputy_secretary", _("a deputy secretary")),
    ("oc_head", _("the head of the Organization Committee")),
]
#: Symbols of the documents that a delegate may finalise (36-HD/VPTW) [recalled: unverified].
TYPES = [
    ("NQ", _("resolution (nghị quyết)")),
    ("QĐ", _("decision (quyết định)")),
    ("QC", _("rules (quy chế)")),
    ("KH", _("plan (kế hoạch)")),
    ("KL", _("conclusion (kết luận)")),
    ("TB", _("notice (thông báo)")),
]
#: The step that offers to sign under a delegation, in the procedures that have it.
SIGNING = "sign_decision"


class DelegationStartForm(StartForm):
    """Which body is to authorise whom, for which document, in which scope and until when."""

    title = forms.CharField(label=_("Document to be signed"), max_length=300)
    case_code = forms.CharField(
        label=_("Number of the case whose decision it is"),
        required=False,
        max_length=30,
        help_text=_("Leave it empty for a document that belongs to no case."),
    )
    body = forms.ChoiceField(label=_("Authorised by"), choices=BODIES)
    delegate = forms.ChoiceField(label=_("Who is authorised"), choices=DELEGATES)
    scope = text_field(_("Scope of the delegation"), max_length=2000)
    until = day_field(_("Last day of the delegation"))

    field_order = (
        "title", "case_code", "body", "delegate", "scope", "until", "secrecy", "reason",
    )  # fmt: skip

    def clean_case_code(self) -> Case | None:
        """An open case that comes to a signature and in which the organ takes part."""
        code = self.cleaned_data["case_code"].strip()
        if not code:
            return None
        cases = Case.objects.filter(participants__unit=self.unit, finished__isnull=True)
        case = cases.filter(code=code, province=self.unit.province_id).first()
        if case is None or SIGNING not in case.flow_class._nodes_by_name:
            raise forms.ValidationError(_("No open case with this number comes to a signature."))
        return case

    def clean(self) -> dict[str, Any]:
        """A day to come; no body authorises itself."""
        cleaned = super().clean() or {}
        day = cleaned.get("until")
        if day and day <= today():
            self.add_error("until", _("Give a day to come."))
        if cleaned.get("body") == cleaned.get("delegate"):
            self.add_error("delegate", _("A body does not authorise itself."))
        return cleaned

    def opening(self) -> dict[str, Any]:
        """The document is the case; what the body is asked for are its facts."""
        said = self.cleaned_data
        asked = {name: said[name] for name in ("body", "delegate", "scope")}
        facts = {"delegation": asked | {"until": said["until"].isoformat()}}
        parent = said["case_code"] or self.parent
        return super().opening() | {"title": said["title"], "facts": facts, "parent": parent}


class FinaliseForm(StepForm):
    """The final wording of a document that belongs to no case."""

    kind = forms.ChoiceField(label=_("Type of document"), choices=TYPES)
    wording = text_field(_("Final wording"), rows=10)

    offered = ("signed",)
    field_order = ("kind", "wording", "outcome", "reason")

    def prepare(self) -> None:
        """A decision of a case has its wording there."""
        super().prepare()
        if self.case.parent_id:
            del self.fields["kind"], self.fields["wording"]


class SignForm(StepForm):
    """Sign by own authority, or under a delegation that is in force for the case."""

    under = forms.ChoiceField(label=_("Signed"), required=False)

    field_order = ("under", "outcome", "reason")

    def prepare(self) -> None:
        """Offer what the person may sign by; nothing is asked where no delegation is in force."""
        super().prepare()
        found = self.node.delegations_for(self.user, self.case)
        if not found:
            del self.fields["under"]
            return
        names = dict(DELEGATES)
        under = [(task.pk, _under(task, names)) for task in found]
        own = [("", _("by own authority"))] if may(self.user, Act.SIGN, self.task.unit_id) else []
        offer(self, "under", [*own, *under])
        self.fields["under"].required = not own


def _under(task: Any, names: dict[str, Any]) -> str:
    case = task.process
    label = _("under delegation %(code)s, as %(delegate)s")
    delegate = names[case.facts["delegation"]["delegate"]]
    return str(label % {"code": case.code, "delegate": delegate})
