"""Delegation of a signature (ủy quyền hoàn thiện, ký): procedures.md 12.7 s_delegate, section 1."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from viewflow.this_object import this

from permissions.catalogue import Act, Lane
from processes.cases.models import Case
from processes.flows import delegations
from processes.flows import effects_delegation as own
from processes.flows.common import Ends
from processes.steps import forms_delegation
from processes.steps.automatic import CaseEnd, Gateway
from processes.steps.base import Step
from processes.steps.flow import CaseFlow
from processes.steps.signing import LAST_DAY, DelegatedStep
from processes.steps.vote import ConferenceStep


class DelegationFlow(Ends, CaseFlow):
    """Delegation of a signature; what a citizen would be told stands in its description."""

    process_title = _("Delegation of a signature")
    process_description = _(
        "A body authorises another body or an office holder, by its vote, to finalise and sign "
        "one document until a day. The delegate signs it, or the decision of the case that it "
        "belongs to; the clock ends a delegation that was not used."
    )
    code = "UQ"
    action = None
    dossier = "delegation"
    started_in = Lane.OC
    start_form = forms_delegation.DelegationStartForm
    about_position = False
    moves_people = False
    first = "draft_delegation"
    rerun_from = "draft_delegation"
    restart_from = ("draft_delegation",)

    # fmt: off
    draft_delegation = (
        Step("u01", _("Draft the resolution on the delegation"), Lane.OC, Act.CHECK)
        .Does(own.drafted)
        .On("submit", this.authorising_body)
    )
    authorising_body = (
        Gateway("u02", _("Which body authorises"), own.body, Lane.OC)
        .On("standing_committee", this.standing_committee_authorises)
        .On("executive_committee", this.executive_committee_authorises)
    )
    standing_committee_authorises = (
        ConferenceStep("u02s", _("The Standing Committee authorises"), Lane.SC, Act.CONDUCT_SC,
                       conference="sc_delegation", motions=("return",))
        .Does(own.authorised)
        .On("approve", this.sign_for_body)
        .On("reject", this.rejected)
        .On("return", this.draft_delegation)
        .On("quorum_fail", this.standing_committee_authorises)
    )
    executive_committee_authorises = (
        ConferenceStep("u02e", _("The Executive Committee authorises"), Lane.EC, Act.CONDUCT_SC,
                       conference="ec_delegation", motions=("return",))
        .Does(own.authorised)
        .On("approve", this.sign_for_body)
        .On("reject", this.rejected)
        .On("return", this.draft_delegation)
        .On("quorum_fail", this.executive_committee_authorises)
    )
    sign_for_body = (
        DelegatedStep("u03", _("Finalise and sign under the delegation"), Lane.SEC,
                      Act.SIGN_DELEGATED, form=forms_delegation.FinaliseForm,
                      deadline=LAST_DAY)
        .Stops(LAST_DAY, "expired")
        .In(delegations.lane_of)
        .Does(own.signed_for)
        .On("signed", this.signed)
        .On("expired", this.expired)
    )
    signed = CaseEnd("END", _("Signed under a delegation"), "signed")
    expired = CaseEnd("z_expired", _("Delegation ended unused"), "expired")
    # fmt: on

    @classmethod
    def told(cls, case: Case) -> list[tuple[Any, str]]:
        """Who is authorised by whom to sign, how, and until when."""
        said = case.facts["delegation"]
        return [
            (_("Authorised by"), str(dict(forms_delegation.BODIES)[said["body"]])),
            (_("Who is authorised"), str(dict(forms_delegation.DELEGATES)[said["delegate"]])),
            (_("Signature"), ", ".join(delegations.signature(case).values())),
            (_("Scope of the delegation"), said["scope"]),
            (_("Last day of the delegation"),
             date_format(delegations.until(case), "SHORT_DATE_FORMAT")),
        ]  # fmt: skip
