"""Nomination to an elective post of the State (chức vụ do HĐND bầu): procedures.md 8.2, 12.5."""

from django.utils.translation import gettext_lazy as _
from viewflow.this_object import this

from permissions.catalogue import Act, Lane
from processes.flows import choices_nomination as who
from processes.flows import choices_posts, effects_posts
from processes.flows import effects_nomination as effects
from processes.flows.common import Ends
from processes.flows.nominations import Candidacy, PartyNomination
from processes.organisation.positions import Competence
from processes.rules.rulebook import Family
from processes.steps import forms_nomination
from processes.steps.automatic import CaseEnd, Gateway, Service
from processes.steps.base import Step
from processes.steps.council import CouncilFloor, CouncilStep
from processes.steps.flow import CaseFlow


class NominationStatePostFlow(PartyNomination, Candidacy, Ends, CaseFlow):
    """Nomination to an elective State post.

    What a citizen would be told stands in its description.
    """

    process_title = _("Nomination to an elective State post")
    process_description = _(
        "The Party chooses its nominee as for its own posts; the People's Council elects, and "
        "the Prime Minister or the provincial chair approves. After mergers the superior may "
        "designate somebody instead, without a vote."
    )
    code = "GTN"
    action = Competence.Action.NOMINATE
    families = (Family.APPOINTMENT, Family.ELECTION)
    dossier = "candidacy"
    started_in = Lane.OC
    start_form = forms_nomination.StateStartForm
    first = "scope"
    scope_to = "variant"
    approved_to = "nominate"
    candidacy_to = "voted_or_designated"
    candidacy_stage = "n04"
    restart_from = ("scope", "nominate", "candidacy_dossier")

    # fmt: off
    variant = (
        Gateway("n00", _("By election or by designation"), who.variant, Lane.OC)
        .On("election", this.build_roster)
        .On("designation", this.nominate)
    )
    voted_or_designated = (
        Gateway("n04g", _("Voted on or designated"), who.variant, Lane.OC)
        .On("election", this.council_floor)
        .On("designation", this.designate)
    )
    council_floor = (
        CouncilFloor("n04a", _("Proposals at the People's Council"), Lane.PC, Act.CONDUCT,
                     form=forms_nomination.CouncilFloorForm)
        .Among(who.may_be_listed)
        .Does(effects.council_floor)
        .On("list_fixed", this.council_elects)
    )
    council_elects = (
        CouncilStep("n04", _("The People's Council elects"), Lane.PC, Act.CONDUCT,
                    conference="council_election", candidates=who.council_candidates)
        .Reads(selected="elected", none="not_elected", tie="not_elected")
        .Refines(who.nominee_won)
        .On("elected", this.approver)
        .On("not_elected", this.renominate)
        .On("quorum_fail", this.council_elects)
    )
    approver = (
        Gateway("n05g", _("Who approves the result"), who.approver, Lane.OC)
        .On("prime_minister", this.approve_above)
        .On("provincial_chair", this.approve_here)
    )
    approve_above = (
        Step("n05", _("The Prime Minister approves the result"), Lane.SUPERIOR,
             Act.RECORD_ANSWER, form=forms_nomination.EffectiveAnswerForm, reasons=("refused",))
        .Among(choices_posts.of_candidate)
        .Does(effects_posts.result_answered)
        .On("ok", this.record_election)
        .On("refused", this.renominate)
    )
    approve_here = (
        Step("n05p", _("The provincial chair approves the result"), Lane.PCOM, Act.ISSUE,
             form=forms_nomination.EffectiveAnswerForm, reasons=("refused",))
        .Among(choices_posts.of_candidate)
        .Does(effects_posts.result_answered)
        .On("ok", this.record_election)
        .On("refused", this.renominate)
    )
    designate = (
        Step("n05d", _("The superior designates"), Lane.SUPERIOR, Act.RECORD_ANSWER,
             form=forms_nomination.EffectiveAnswerForm, reasons=("refused",))
        .Among(choices_posts.of_candidate)
        .Does(effects_posts.result_answered)
        .On("ok", this.record_designation)
        .On("refused", this.renominate)
    )
    record_election = (
        Service("n07", _("Enter who was elected"), effects.candidate_recorded)
        .On("updated", this.elected)
    )
    record_designation = (
        Service("n07d", _("Enter who was designated"), effects.candidate_recorded)
        .On("updated", this.designated)
    )
    elected = CaseEnd("END", _("Elected"), "elected")
    designated = CaseEnd("ENDd", _("Designated"), "designated")
    # fmt: on
