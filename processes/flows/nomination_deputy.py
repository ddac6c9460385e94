"""Nomination of a People's Council deputy (ứng cử đại biểu HĐND): procedures.md 8.3, 12.5."""

from django.utils.translation import gettext_lazy as _
from viewflow.this_object import this

from permissions.catalogue import Act, Lane
from processes.flows import choices, choices_posts, effects_posts
from processes.flows import effects_nomination as effects
from processes.flows.common import Ends
from processes.flows.nominations import Candidacy
from processes.organisation.positions import Competence
from processes.rules.rulebook import Family
from processes.steps import forms_nomination
from processes.steps.automatic import CaseEnd, Service
from processes.steps.base import Step
from processes.steps.calendar import OnCalendar
from processes.steps.council import VotersStep
from processes.steps.flow import CaseFlow
from processes.steps.vote import ConferenceStep


class NominationDeputyFlow(Candidacy, Ends, CaseFlow):
    """Nomination of a People's Council deputy.

    What a citizen would be told stands in its description.
    """

    process_title = _("Nomination of a People's Council deputy")
    process_description = _(
        "The Standing Committee nominates, the voters at the workplace say whether they trust "
        "the nominee, the Fatherland Front consults in three rounds by the calendar of the "
        "election, the voters elect, and the election committee confirms. A seat each: one case "
        "for one nominee."
    )
    code = "DBHD"
    action = Competence.Action.NOMINATE
    families = (Family.ELECTION, Family.APPOINTMENT)
    dossier = "deputy"
    started_in = Lane.OC
    start_form = forms_nomination.DeputyStartForm
    moves_people = False
    first = "nominate"
    rerun_from = "nominate"
    candidacy_to = "consultation_1"
    candidacy_stage = "n03"
    restart_from = ("nominate", "candidacy_dossier", "consultation_1")

    # fmt: off
    nominate = (
        ConferenceStep("n01", _("The Standing Committee nominates"), Lane.SC, Act.CONDUCT_SC,
                       conference="sc_nomination", candidates=choices.candidate)
        .On("approve", this.candidacy_dossier)
        .On("reject", this.rejected)
        .On("quorum_fail", this.nominate)
    )
    consultation_1 = (
        OnCalendar("n03", _("Front consultation, round 1"), Lane.FRONT, Act.RECORD_ANSWER,
                   form=forms_nomination.AnswerForm, reasons=("failed",),
                   deadline="election.consultation_days.round_1")
        .Does(effects.superior_answered)
        .On("passed", this.workplace_voters)
        .On("failed", this.candidacy_dossier)
    )
    workplace_voters = (
        VotersStep("n03a", _("Voters' conference at the workplace"), Lane.SRC_UNIT, Act.CONDUCT,
                   conference="workplace_voters", candidates=choices.candidate,
                   deadline="election.consultation_days.voters")
        .Before(effects.all_staff_called)
        .Reads(approve="passed", reject="failed")
        .On("passed", this.consultation_2)
        .On("failed", this.rejected)
        .On("quorum_fail", this.workplace_voters)
    )
    consultation_2 = (
        OnCalendar("n03b", _("Front consultation, round 2"), Lane.FRONT, Act.RECORD_ANSWER,
                   form=forms_nomination.AnswerForm, reasons=("failed",),
                   deadline="election.consultation_days.round_2")
        .Does(effects.superior_answered)
        .On("passed", this.consultation_3)
        .On("failed", this.candidacy_dossier)
    )
    consultation_3 = (
        OnCalendar("n03c", _("Front consultation, round 3"), Lane.FRONT, Act.RECORD_ANSWER,
                   form=forms_nomination.AnswerForm, reasons=("failed",),
                   deadline="election.consultation_days.round_3")
        .Does(effects.list_official)
        .On("passed", this.voters_elect)
        .On("failed", this.candidacy_dossier)
    )
    voters_elect = (
        Step("n04", _("The voters elect"), Lane.ELECTION, Act.RECORD_ANSWER,
             form=forms_nomination.ElectionResultForm, reasons=("not_elected",))
        .Does(effects.voters_decided)
        .On("elected", this.confirm_deputy)
        .On("not_elected", this.renominate)
    )
    confirm_deputy = (
        Step("n05", _("The result is confirmed"), Lane.ELECTION, Act.RECORD_ANSWER,
             form=forms_nomination.EffectiveAnswerForm, reasons=("refused",))
        .Among(choices_posts.of_candidate)
        .Does(effects_posts.result_answered)
        .On("ok", this.record_election)
        .On("refused", this.renominate)
    )
    record_election = (
        Service("n07", _("Enter who was elected"), effects.candidate_recorded)
        .On("updated", this.elected)
    )
    elected = CaseEnd("END", _("Elected"), "elected")
    # fmt: on
