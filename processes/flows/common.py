"""What every procedure ends with, declared once: the decision, the hold, the ends.

These are no procedures themselves: a procedure lists one of them among its bases, and the rows
come after its own. A row that is different in a procedure is simply written there again.
"""

from django.utils.translation import gettext_lazy as _
from viewflow.this_object import this

from permissions.catalogue import Act, Lane
from processes.flows import choices, delegations, effects
from processes.steps import forms, forms_delegation
from processes.steps.automatic import CaseEnd, Gateway, Service
from processes.steps.base import Step, named
from processes.steps.hold import HoldStep
from processes.steps.signing import SignStep
from processes.steps.vote import ConferenceStep


class Ends:
    """The rows that may end or suspend any case: procedures.md 12.7."""

    # fmt: off
    held = (
        HoldStep("z_hold", _("On hold"), Lane.OC, Act.HOLD,
                 form=forms.HoldEndForm, reasons=("resume", "restart", "reject"))
        .Does(effects.hold_ended)
        .On("resume", this.held)
        .On("restart", named("rerun_from"))
        .On("reject", this.rejected)
    )
    withdrawn = CaseEnd("z_withdraw", _("Withdrawn"), "withdrawn")
    rejected = CaseEnd("z_reject", _("Rejected"), "rejected")
    # fmt: on


class Decision(Ends):
    """From the agenda of the Standing Committee to the record: rows a15 to a20 of table 12.1.

    A procedure names the row that appraises `appraise`. `rerun_from` is where votes begin again,
    `supplement_to` where a dossier goes that has to be supplemented.
    """

    # fmt: off
    schedule = (
        Step("a15", _("Put on the agenda"), Lane.STANDING, Act.SCHEDULE,
             form=forms.ScheduleForm, reasons=("return",))
        .Does(effects.scheduled)
        .InBulk()
        .On("scheduled", this.standing_committee)
        .On("return", this.appraise)
    )
    standing_committee = (
        ConferenceStep("a16", _("The Standing Committee votes"), Lane.SC, Act.CONDUCT_SC,
                       conference="sc_decision", candidates=choices.candidate,
                       motions=("supplement", "defer", "rerun"))
        .Before(effects.ready_for_decision)
        .Does(effects.standing_committee_decided)
        .On("approve", this.issuing_authority)
        .On("reject", this.rejected)
        .On("supplement", named("supplement_to"))
        .On("defer", this.standing_committee)
        .On("rerun", named("rerun_from"))
        .On("quorum_fail", this.standing_committee)
    )
    issuing_authority = (
        Gateway("a17", _("Which authority issues the decision"), choices.authority, Lane.OC)
        .On("party_post", this.sign_decision)
        .On("state_post", this.state_decision)
    )
    sign_decision = (
        SignStep("a18", _("Sign the decision"), Lane.SEC, Act.SIGN,
                 form=forms_delegation.SignForm, reasons=("return",))
        .Under(delegations.in_force)
        .Does(effects.decision_signed)
        .On("signed", this.promulgate)
        .On("return", this.schedule)
    )
    state_decision = (
        Step("a18s", _("Issue the State decision"), Lane.PCOM, Act.ISSUE, reasons=("return",))
        .Does(effects.state_decision_issued)
        .On("issued", this.promulgate)
        .On("return", this.schedule)
    )
    promulgate = (
        Step("a19", _("Promulgate and announce"), Lane.OFFICE, Act.PROMULGATE,
             form=forms.PromulgateForm)
        .Does(effects.promulgated)
        .InBulk()
        .On("done", this.update_record)
    )
    update_record = (
        Service("a20", _("Update the record, set the term's timer"), effects.record_updated)
        .On("updated", this.appointed)
    )
    appointed = CaseEnd("END", _("Appointed"), "appointed")
    # fmt: on
