"""Conferences outside the Party: the People's Council, and voters at a workplace."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from permissions.checks import today
from permissions.models import User
from processes.cases.models import Case
from processes.organisation.bodies import Body
from processes.organisation.units import Unit
from processes.steps.base import Step, StepActivation
from processes.steps.calendar import ConferenceOnCalendar
from processes.steps.conference_forms import CallForm
from processes.steps.vote import ConferenceStep


class OfCouncil(Step):
    """At the People's Council of the position's own unit, or else at the one in the lane."""

    def unit_of(self, case: Case) -> Unit:
        own = Body.objects.in_force(today()).filter(
            kind=Body.Kind.PEOPLES_COUNCIL, unit=case.post.unit
        )
        return case.post.unit if own.exists() else super().unit_of(case)


class CouncilFloor(OfCouncil):
    """Deputies propose, before the council votes."""


class CouncilStep(OfCouncil, ConferenceStep):
    """The People's Council votes."""


class VotersCallForm(CallForm):
    """Voters at a workplace choose how they vote (guidance of 2025-2026 [verified: S82])."""

    manner = forms.ChoiceField(
        label=_("Manner of voting"),
        choices=[("open", _("show of hands")), ("secret", _("secret ballot"))],
        widget=forms.RadioSelect,
    )


class VotersStep(ConferenceOnCalendar):
    """Voters at the workplace say whether they trust a nominee."""

    own_forms = {"call": VotersCallForm}

    def _call(self, activation: StepActivation, *, by: User, **fields: Any) -> None:
        manner = fields.pop("manner")
        super()._call(activation, by=by, **fields)
        meeting = self.sitting(activation.task)
        meeting.secret = manner == "secret"
        meeting.save(update_fields=["secret"])
