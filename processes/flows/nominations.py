"""What the nominations have in common: the Party's five conferences, the State's candidacy.

Procedures.md 8.1 and 12.4 (d01 to d04), 8.2 and 12.5 (n01, n02, n06).
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow.this_object import this

from permissions.catalogue import Act, Lane
from processes.cases.models import Case
from processes.flows import choices
from processes.flows import choices_nomination as who
from processes.flows import effects_nomination as effects
from processes.flows.told_nomination import told
from processes.steps import forms, forms_nomination
from processes.steps.automatic import Service
from processes.steps.base import Step, named
from processes.steps.vote import ConferenceStep


class Nomination:
    """What every nomination tells on the page of its case."""

    @classmethod
    def told(cls, case: Case) -> list[tuple[Any, str]]:
        """Scope, variant or election, the list, and the answers from outside."""
        return told(case)


class PartyNomination(Nomination):
    """From the scope to the superior's approval: rows d01 to d04 of table 12.4.

    A procedure says where the scope leads (`scope_to`) and what the approval (`approved_to`).
    """

    comes_first = True
    rerun_from = "build_roster"
    new_round_at: tuple[str, ...] = ("scope", "build_roster")
    votes_again_at: tuple[str, ...] = ("nomination_3",)

    # fmt: off
    scope = (
        Step("d01", _("Set number, structure and standards"), Lane.SC, Act.RESOLVE,
             form=forms_nomination.ScopeForm)
        .Does(effects.scope_set)
        .On("submit", named("scope_to"))
    )
    build_roster = (
        Service("d01r", _("Build the roster"), effects.roster_built, Lane.OC)
        .On("ok", this.nomination_1)
        .On("none_eligible", this.ask_superior)
    )
    nomination_1 = (
        ConferenceStep("d02a", _("Nomination 1: Standing Committee"), Lane.SC, Act.CONDUCT_SC,
                       conference="n1")
        .On("list_passed", this.nomination_2)
        .On("redo", this.nomination_1)
        .On("quorum_fail", this.nomination_1)
    )
    nomination_2 = (
        ConferenceStep("d02b", _("Nomination 2: Executive Committee or key cadres"), Lane.EC,
                       Act.CONDUCT_SC, conference="n2", candidates=choices.roster)
        .Reads(over50="counted", top2="counted", tie="counted", none="counted")
        .On("counted", this.nomination_3)
        .On("quorum_fail", this.nomination_2)
    )
    nomination_3 = (
        ConferenceStep("d02c", _("Nomination 3: Standing Committee"), Lane.SC, Act.CONDUCT_SC,
                       conference="n3", candidates=choices.roster)
        .On("over50", this.nomination_4)
        .On("top2", this.nomination_4)
        .On("tie", this.rule_on_nominees)
        .On("none", this.ask_superior)
        .On("quorum_fail", this.nomination_3)
    )
    rule_on_nominees = (
        Step("d02t", _("Rule on the tie of nominees"), Lane.STANDING, Act.RULE,
             form=forms.RulingForm, reasons=("ruled",))
        .Among(who.tied_nominees)
        .Does(effects.nominees_ruled)
        .On("ruled", this.nomination_4)
    )
    nomination_4 = (
        ConferenceStep("d02d", _("Nomination 4: key cadres"), Lane.EC, Act.CONDUCT_SC,
                       conference="n4", candidates=who.nominees)
        .On("counted", this.nomination_5)
        .On("quorum_fail", this.nomination_4)
    )
    nomination_5 = (
        ConferenceStep("d02e", _("Nomination 5: Executive Committee"), Lane.EC, Act.CONDUCT_SC,
                       conference="n5", candidates=who.nominees, chooses=True)
        .Does(effects.nominee_selected)
        .On("selected", this.submit_upward)
        .On("none", this.ask_superior)
        .On("quorum_fail", this.nomination_5)
    )
    ask_superior = (
        Step("d02n", _("Ask the superior committee"), Lane.SC, Act.RESOLVE,
             form=forms.NoResultForm, reasons=("rerun", "stop"))
        .Does(effects.nominate_again)
        .On("rerun", this.build_roster)
        .On("stop", this.rejected)
    )
    submit_upward = (
        Step("d03", _("Compile the dossier for the superior committee"), Lane.OC, Act.CHECK,
             reasons=("incomplete",))
        .Does(effects.submitted_upward)
        .On("complete", this.superior_appraisal)
        .On("incomplete", this.submit_upward)
    )
    superior_appraisal = (
        Step("d04", _("The superior committee appraises and directs"), Lane.SUPERIOR,
             Act.RECORD_ANSWER, form=forms_nomination.AnswerForm, reasons=("change", "reject"))
        .Does(effects.superior_answered)
        .On("approve", named("approved_to"))
        .On("change", this.build_roster)
        .On("reject", this.rejected)
    )
    # fmt: on


class Candidacy(Nomination):
    """The Standing Committee nominates, papers are compiled, or another try: n01, n02, n06.

    A procedure says where a complete dossier leads (`candidacy_to`), and before which row it
    has to be complete (`candidacy_stage`).
    """

    comes_first = True

    # fmt: off
    nominate = (
        ConferenceStep("n01", _("The Standing Committee nominates"), Lane.SC, Act.CONDUCT_SC,
                       conference="sc_nomination", candidates=choices.candidate)
        .Before(effects.ready_for_nomination)
        .On("approve", this.candidacy_dossier)
        .On("reject", this.rejected)
        .On("quorum_fail", this.nominate)
    )
    candidacy_dossier = (
        Step("n02", _("Compile the candidacy dossier"), Lane.OC, Act.CHECK,
             reasons=("incomplete",))
        .Does(effects.candidacy_compiled)
        .On("complete", named("candidacy_to"))
        .On("incomplete", this.candidacy_dossier)
    )
    renominate = (
        Step("n06", _("Nominate again or end"), Lane.SC, Act.RESOLVE, reasons=("retry", "stop"))
        .On("retry", this.nominate)
        .On("stop", this.rejected)
    )
    # fmt: on
