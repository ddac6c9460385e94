"""What a person says when they start a case."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from processes.cases.models import Case
from processes.organisation.people import Cadre
from processes.organisation.positions import Position
from processes.organisation.units import Unit
from processes.steps.forms import text_field


class StartForm(forms.Form):
    """How confidential the case is, and what it is opened on.

    A procedure that needs more adds its fields and says in `opening` what they mean. `position`
    is None where a procedure is not about one; `unit` starts the case.
    """

    secrecy = forms.ChoiceField(
        label=_("Confidentiality"),
        choices=Case.Secrecy.choices,
        initial=Case.Secrecy.INTERNAL,
        widget=forms.RadioSelect,
        help_text=_("A confidential case is seen only by people cleared for them."),
    )
    reason = text_field(
        _("Reason"),
        rows=2,
        required=False,
        max_length=2000,
        help_text=_("Kept in the trail beside the opening of the case."),
    )

    #: Whether its people are found by words, and whom it offers.
    searches = False
    people: Sequence[Cadre] = ()

    def __init__(
        self,
        *args: Any,
        position: Position | None,
        unit: Unit,
        search: str = "",
        parent: Case | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.position, self.unit, self.search, self.parent = position, unit, search, parent
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices that depend on the position or the unit."""

    def opening(self) -> dict[str, Any]:
        """What `open_case` is told besides the position: candidate, title, facts."""
        said = {name: self.cleaned_data[name] for name in ("secrecy", "reason")}
        return said | {"parent": self.parent}
