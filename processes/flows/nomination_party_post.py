"""Nomination to a post of the Party (giới thiệu ứng cử chức vụ trong Đảng): procedures.md 12.4."""

from django.utils.translation import gettext_lazy as _
from viewflow.this_object import this

from permissions.catalogue import Act, Lane
from processes.cases.models import Case
from processes.flows import choices_nomination as who
from processes.flows import choices_posts, effects_posts
from processes.flows import effects_nomination as effects
from processes.flows import effects_shared_election as together
from processes.flows import shared_elections as shared
from processes.flows.common import Ends
from processes.flows.nominations import PartyNomination
from processes.organisation.positions import Competence
from processes.rules.rulebook import Family
from processes.steps import forms, forms_nomination
from processes.steps.automatic import CaseEnd, Gateway, Service
from processes.steps.base import Step
from processes.steps.flow import CaseFlow
from processes.steps.until import Until
from processes.steps.vote import ConferenceStep


class NominationPartyPostFlow(PartyNomination, Ends, CaseFlow):
    """Nomination to a Party post; what a citizen would be told stands in its description."""

    process_title = _("Nomination to a Party post")
    process_description = _(
        "The Standing Committee sets number and standards, five conferences choose the nominee, "
        "the superior committee appraises and directs; the congress or the Executive Committee "
        "fixes the list and elects, and the superior committee ratifies the result."
    )
    code = "GTU"
    action = Competence.Action.NOMINATE
    families = (Family.APPOINTMENT, Family.ELECTION)
    dossier = "nomination"
    started_in = Lane.OC
    start_form = forms_nomination.PartyStartForm
    first = "scope"
    scope_to = "build_roster"
    approved_to = "election_list"
    restart_from = ("scope", "build_roster", "nomination_3", "submit_upward", "election_list")

    @staticmethod
    def may_share_election(case: Case) -> list[Case]:
        """The cases whose nominees may stand on the list of this one."""
        return shared.may_join(case)

    # fmt: off
    election_list = (
        Until("d05", _("Draw up the list with its surplus"), Lane.SC, Act.RESOLVE,
              form=forms_nomination.ListForm)
        .Stops(shared.JOINS, "joined")
        .Among(who.may_be_listed)
        .Does(effects.list_drawn_up)
        .On("submit", this.floor)
        .On("joined", this.other_election)
    )
    other_election = (
        Until("d05s", _("Stands in the election of another case"), Lane.SC, Act.RESOLVE,
              form=forms_nomination.OtherElectionForm, reasons=("leave",))
        .Stops(shared.WON, "elected")
        .Stops(shared.LOST, "not_elected")
        .Does(together.election_left)
        .On("elected", this.ratify)
        .On("not_elected", this.report_election)
        .On("leave", this.election_list)
    )
    floor = (
        Step("d06", _("Nominations and withdrawals at the congress"), Lane.CONGRESS,
             Act.CONDUCT_SC, form=forms_nomination.FloorForm)
        .Among(who.on_the_floor)
        .Does(effects.floor_heard)
        .On("list_fixed", this.elect)
        .On("poll", this.extra_nominees)
        .On("withdrawals", this.decide_withdrawals)
    )
    extra_nominees = (
        ConferenceStep("d06a", _("The congress votes on further nominees"), Lane.CONGRESS,
                       Act.CONDUCT_SC, conference="extra_nominees", candidates=who.proposed)
        .Does(effects.extra_listed)
        .On("counted", this.floor)
        .On("quorum_fail", this.extra_nominees)
    )
    decide_withdrawals = (
        ConferenceStep("d06b", _("The congress decides on withdrawals"), Lane.CONGRESS,
                       Act.CONDUCT_SC, conference="withdrawals", candidates=who.withdrawing)
        .Does(effects.withdrawn_from_list)
        .On("counted", this.floor)
        .On("quorum_fail", this.decide_withdrawals)
    )
    elect = (
        ConferenceStep("d07", _("The congress elects"), Lane.CONGRESS, Act.CONDUCT_SC,
                       conference="election", candidates=who.listed, seats=who.seats)
        .Before(effects.ready_for_election)
        .Does(together.election_held)
        .On("elected", this.election_result)
        .On("tie", this.rule_on_election)
        .On("none", this.report_election)
        .On("quorum_fail", this.elect)
    )
    rule_on_election = (
        Step("d07t", _("Rule on the tie of the election"), Lane.STANDING, Act.RULE,
             form=forms.RulingForm, reasons=("ruled",))
        .Among(who.tied_in_election)
        .Does(effects.election_ruled)
        .On("ruled", this.election_result)
    )
    election_result = (
        Gateway("d07g", _("Whether the nominee is elected"), together.election_decided,
                Lane.CONGRESS)
        .On("elected", this.ratify)
        .On("not_elected", this.report_election)
    )
    ratify = (
        Step("d08", _("The superior committee ratifies the result"), Lane.SUPERIOR,
             Act.RECORD_ANSWER, form=forms_nomination.EffectiveAnswerForm, reasons=("refused",))
        .Among(choices_posts.of_elected)
        .Does(effects_posts.result_answered)
        .On("approved", this.record_election)
        .On("refused", this.report_election)
    )
    report_election = (
        Step("d09", _("Report and ask what next"), Lane.SC, Act.RESOLVE,
             form=forms_nomination.AnswerForm, reasons=("retry", "stop"))
        .Does(effects.superior_answered)
        .On("retry", this.election_list)
        .On("stop", this.rejected)
    )
    record_election = (
        Service("d10", _("Enter who was elected"), effects.elected_recorded)
        .On("updated", this.elected)
    )
    elected = CaseEnd("END", _("Elected"), "elected")
    # fmt: on
