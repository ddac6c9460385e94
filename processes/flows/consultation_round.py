"""Round of written comments (lấy ý kiến bằng văn bản): procedures.md 12.7 s_consult, section 1."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow.this_object import this

from permissions.catalogue import Act, Lane
from processes.cases.models import Case
from processes.flows import effects
from processes.flows import effects_consultation as own
from processes.flows.common import Ends
from processes.organisation.units import Unit
from processes.steps import forms, forms_consultation
from processes.steps.automatic import CaseEnd
from processes.steps.base import Step
from processes.steps.flow import CaseFlow
from processes.steps.many import ConsultNamed
from processes.steps.vote import ConferenceStep


class ConsultationRoundFlow(Ends, CaseFlow):
    """Round of written comments; what a citizen would be told stands in its description."""

    process_title = _("Round of written comments")
    process_description = _(
        "The Organization Committee sends a draft to the units; they comment in writing side by "
        "side. One synthesis answers each comment, and with it the draft goes on the agenda of "
        "the Standing Committee."
    )
    code = "LYK"
    action = None
    dossier = "consultation"
    started_in = Lane.OC
    start_form = forms_consultation.ConsultationStartForm
    about_position = False
    moves_people = False
    first = "send_draft"
    rerun_from = "synthesise"
    restart_from = ("send_draft", "synthesise")

    # fmt: off
    send_draft = (
        Step("y01", _("Send the draft to the units"), Lane.OC, Act.CHECK,
             form=forms_consultation.SendForm)
        .Does(own.draft_sent)
        .On("send", this.comment_in_writing)
    )
    comment_in_writing = (
        ConsultNamed("y02", _("Comment in writing"), Lane.UNIT, Act.ANSWER,
                     form=forms.OpinionForm, deadline="deadlines.consultation")
        .On("all_in", this.synthesise)
        .On("deadline", this.synthesise)
        .On("adverse", this.synthesise)
    )
    synthesise = (
        Step("y03", _("Answer each comment in one synthesis"), Lane.OC, Act.APPRAISE,
             form=forms_consultation.SynthesisForm)
        .Does(own.synthesised)
        .On("submit", this.schedule)
    )
    schedule = (
        Step("y04", _("Put on the agenda"), Lane.STANDING, Act.SCHEDULE,
             form=forms.ScheduleForm, reasons=("return",))
        .Does(effects.scheduled)
        .InBulk()
        .On("scheduled", this.consider_comments)
        .On("return", this.synthesise)
    )
    consider_comments = (
        ConferenceStep("y05", _("The Standing Committee considers the synthesis"), Lane.SC,
                       Act.CONDUCT_SC, conference="sc_consultation")
        .On("note", this.noted)
        .On("approve", this.approved)
        .On("return", this.synthesise)
        .On("quorum_fail", this.consider_comments)
    )
    noted = CaseEnd("z_noted", _("Taken note of"), "noted")
    approved = CaseEnd("END", _("Approved"), "approved")
    # fmt: on

    @classmethod
    def told(cls, case: Case) -> list[tuple[Any, str]]:
        """Who is asked, and the synthesis; the comments stand on the page already."""
        asked = Unit.objects.filter(pk__in=case.facts["asked"]).order_by("name", "pk")
        return [
            (_("Units asked"), ", ".join(map(str, asked))),
            (_("Synthesis and proposal"), case.facts.get("synthesis", "")),
        ]
