"""Forms of nominations: scope, answers from above, lists, the floor, results, the start."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from permissions.checks import today
from processes.cases.models import Case
from processes.cases.rules import rules_of
from processes.organisation.bodies import Body
from processes.organisation.elections import Election
from processes.organisation.horizon import MOST_PEOPLE
from processes.organisation.people import Cadre
from processes.organisation.positions import Position
from processes.steps.fields import NumberField, SeveralField
from processes.steps.forms import StepForm, among, day_field, offer, text_field
from processes.steps.forms_posts import POST, PostsAsked
from processes.steps.labels import OUTCOMES
from processes.steps.start_forms import StartForm


def people_field(label: Any, **kwargs: Any) -> SeveralField:
    """Several people, each with a box."""
    return SeveralField(
        label=label,
        queryset=Cadre.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        **kwargs,
    )


class ScopeForm(StepForm):
    """Number, structure and standards that the Standing Committee sets."""

    number = NumberField(label=_("Number of people"), min_value=1, max_value=MOST_PEOPLE, initial=1)
    structure = text_field(_("Structure"))
    standards = text_field(_("Standards and conditions"))

    field_order = ("number", "structure", "standards", "outcome", "reason")


class AnswerForm(StepForm):
    """The answer of a body outside, with the document that says it."""

    document = forms.CharField(label=_("Number of the document"), max_length=200)
    answered_on = day_field(_("Date of the document"), initial=today)

    field_order: tuple[str, ...] = ("document", "answered_on", "outcome", "reason")

    def clean_answered_on(self) -> date:
        """A document that is recorded today was written today or before."""
        day: date = self.cleaned_data["answered_on"]
        if day > today():
            raise ValidationError(_("The date of the document cannot be in the future."))
        return day


class EffectiveAnswerForm(PostsAsked, AnswerForm):
    """An answer that lets somebody hold a post from a day on, and what becomes of the others."""

    effective_on = day_field(_("In effect from"), required=False)

    field_order: tuple[str, ...] = ("document", "answered_on", "outcome", "effective_on", "reason")

    def prepare(self) -> None:
        """Ask about posts after the day from which the new one is held."""
        super().prepare()
        asked = self.asked()
        self.order_fields([*self.field_order[:-1], *asked, "reason"])
        given = ", ".join(str(OUTCOMES[name]) for name in self.node.outcomes if name != "refused")
        for name in asked:
            self.fields[name].required = False
        for name in asked[:1]:
            needed = _("Needed for: %(outcomes)s.") % {"outcomes": given}
            self.fields[name].help_text = f"{self.fields[name].help_text} {needed}"

    def clean(self) -> dict[str, Any]:
        """Only a refusal has no such day and asks about no post."""
        cleaned = super().clean()
        if cleaned.get("outcome") == "refused":
            del cleaned["former_posts"]
            return cleaned
        if not cleaned.get("effective_on"):
            self.add_error("effective_on", _("Say from which day the result is in effect."))
        for number, said in cleaned["former_posts"].items():
            if not said and (name := f"{POST}{number}") not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned


class NomineeCases(SeveralField):
    """Cases, named by their nominees."""

    def label_from_instance(self, case: Any) -> str:
        """The nominee with the number of their case."""
        return f"{case.candidate} ({case.code})"


class ListForm(StepForm):
    """The list for an election: how many are elected, and who stands beside the nominee."""

    to_elect = NumberField(
        label=_("Number to elect"), min_value=1, max_value=MOST_PEOPLE, initial=1
    )
    opens_on = day_field(_("The congress or conference opens on"))
    cases = NomineeCases(
        label=_("Nominees of other cases in the same election"),
        queryset=Case.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Their cases wait for this election and go on by its result."),
    )
    others = people_field(_("On the list beside the nominee"))

    field_order: tuple[str, ...] = ("to_elect", "opens_on", "cases", "others", "outcome", "reason")

    def prepare(self) -> None:
        """Only people who meet the conditions can be listed; the edition limits how many."""
        self.offered = self.node.chosen
        super().prepare()
        known = [case.pk for case in self.node.flow_class.may_share_election(self.case)]
        among(self, "cases", Case.objects.visible_to(self.user).filter(pk__in=known))
        if not known:
            del self.fields["cases"]
        rules = rules_of(self.case)
        share, own = rules.value("election.surplus"), rules.value("election.surplus_prepared")
        self.fields["others"].help_text = _(
            "The surplus is at most %(limit)s%% of the number to elect; the committee itself "
            "prepares %(least)s to %(most)s%%."
        ) % {"limit": 100 * share["num"] // share["den"], **own}
        among_people(self, "others", self.node.choices_of(self.case))


class OtherElectionForm(StepForm):
    """A case that waits for the election of another one chooses only to leave it."""

    def prepare(self) -> None:
        """Elected or not: that is not chosen here."""
        self.offered = self.node.chosen
        super().prepare()


class FloorForm(StepForm):
    """What the delegates propose, and who asks to be taken off the list."""

    extra = people_field(_("Proposed, or standing themselves"))
    proposed_by = forms.ChoiceField(
        label=_("Proposed by"),
        choices=[
            ("", "—"),
            ("self", _("themselves")),
            ("delegate", _("a delegate")),
            ("committee_member", _("a member of the outgoing committee")),
        ],
        required=False,
    )
    withdrawing = people_field(_("Ask to withdraw"))

    field_order: tuple[str, ...] = ("extra", "proposed_by", "withdrawing", "outcome", "reason")

    def prepare(self) -> None:
        """People off the list can be proposed, people on it can ask to withdraw."""
        super().prepare()
        if rules_of(self.case).value("election.withdrawal_decided_by") != "conference":
            offered = [name for name in self.node.outcomes if name != "withdrawals"]
            offer(self, "outcome", ((name, OUTCOMES[name]) for name in offered))
        may_be_proposed, on_the_list = self.node.choices_of(self.case)
        among_people(self, "extra", may_be_proposed)
        among_people(self, "withdrawing", on_the_list)

    def clean(self) -> dict[str, Any] | None:
        """A vote needs somebody to vote on."""
        cleaned = super().clean() or {}
        needed = {"poll": "extra", "withdrawals": "withdrawing"}.get(cleaned.get("outcome", ""))
        if needed and not cleaned.get(needed):
            self.add_error(needed, _("Name at least one person."))
        if cleaned.get("extra") and not cleaned.get("proposed_by"):
            self.add_error("proposed_by", _("Say who proposed these people."))
        return cleaned


class CouncilFloorForm(StepForm):
    """Whom deputies propose beside the nominee, and how the council decides on the list."""

    extra = people_field(_("Proposed by deputies"))
    manner = forms.ChoiceField(
        label=_("The council decided on number and list by"),
        choices=[
            ("hands", _("show of hands")),
            ("electronic", _("electronic vote")),
            ("secret", _("secret ballot")),
        ],
        widget=forms.RadioSelect,
    )

    field_order: tuple[str, ...] = ("extra", "manner", "outcome", "reason")

    def prepare(self) -> None:
        """People who meet the conditions can be proposed."""
        super().prepare()
        among_people(self, "extra", self.node.choices_of(self.case))


class ElectionResultForm(StepForm):
    """The official result of an election for one candidate."""

    document = forms.CharField(label=_("Number of the record of the result"), max_length=200)
    valid = NumberField(label=_("Valid slips"), min_value=1)
    votes = NumberField(label=_("Votes for the candidate"), min_value=0)

    field_order: tuple[str, ...] = ("document", "valid", "votes", "outcome", "reason")

    def clean(self) -> dict[str, Any] | None:
        """Nobody has more votes than there are valid slips."""
        cleaned = super().clean() or {}
        if cleaned.get("votes", 0) > cleaned.get("valid", 0):
            self.add_error("votes", _("There are more votes than valid slips."))
        return cleaned


class PartyStartForm(StartForm):
    """A post of the Party."""

    def clean(self) -> dict[str, Any] | None:
        """A post of the State has a procedure of its own."""
        refuse_kind(self.position, Position.Kind.PARTY)
        return super().clean()


class NomineeForm(StartForm):
    """A start that names somebody by their number."""

    nominee = forms.CharField(
        label=_("Identity number of the nominee"),
        max_length=20,
        help_text=_("As in the cadre's record."),
    )

    field_order: tuple[str, ...] = ("nominee", "secrecy", "reason")

    def clean_nominee(self) -> Cadre | None:
        """Somebody who works in the province."""
        code = self.cleaned_data["nominee"].strip()
        if not code and not self.fields["nominee"].required:
            return None
        province = self.unit.province or self.unit
        found = Cadre.objects.filter(code=code, unit__province=province).first()
        if found is None:
            raise ValidationError(_("Nobody in this province has this number."))
        return found


class StateStartForm(NomineeForm):
    """By election, or by designation on a legal basis: then the person is named at once."""

    variant = forms.ChoiceField(
        label=_("Filled"),
        choices=[("election", _("By election")), ("designation", _("By designation"))],
        initial="election",
        widget=forms.RadioSelect,
        help_text=_("By designation only after a merger of units, on a legal basis."),
    )
    legal_basis = forms.CharField(
        label=_("Legal basis of the designation"), max_length=300, required=False
    )

    field_order: tuple[str, ...] = ("variant", "legal_basis", "nominee", "secrecy", "reason")

    def prepare(self) -> None:
        """An election finds its nominee through the five conferences."""
        self.fields["nominee"].required = False
        self.fields["nominee"].label = _("Identity number of the person to be designated")

    def clean(self) -> dict[str, Any] | None:
        """A designation has a basis and a person; an election has neither yet."""
        refuse_kind(self.position, Position.Kind.STATE)
        cleaned = super().clean() or {}
        designated = cleaned.get("variant") == "designation"
        if designated and not cleaned.get("legal_basis"):
            self.add_error("legal_basis", _("Name the legal basis of the designation."))
        if designated and "nominee" in cleaned and not cleaned["nominee"]:
            self.add_error("nominee", _("Name the person to be designated."))
        if cleaned.get("variant") == "election" and cleaned.get("nominee"):
            self.add_error("nominee", _("An election finds its nominee by the five conferences."))
        return cleaned

    def opening(self) -> dict[str, Any]:
        said, cleaned = super().opening(), self.cleaned_data
        facts: dict[str, Any] = {"variant": cleaned["variant"]}
        if cleaned["variant"] == "designation":
            facts |= {"legal_basis": cleaned["legal_basis"], "designee": cleaned["nominee"].pk}
            said["candidate"] = cleaned["nominee"]
        return said | {"facts": facts}


class DeputyStartForm(NomineeForm):
    """Who is nominated, and for which election."""

    election = forms.ModelChoiceField(label=_("Election"), queryset=Election.objects.none())

    field_order: tuple[str, ...] = ("election", "nominee", "secrecy", "reason")

    def prepare(self) -> None:
        """Elections of the country or the province that are still ahead."""
        province = self.unit.province or self.unit
        here = Q(province__isnull=True) | Q(province=province)
        among(self, "election", Election.objects.filter(here, held_on__gte=today()))

    def clean(self) -> dict[str, Any] | None:
        """Deputies have their seats in a People's Council."""
        councils = Body.objects.in_force(today()).filter(kind=Body.Kind.PEOPLES_COUNCIL)
        if not self.position or not councils.filter(unit=self.position.unit).exists():
            raise ValidationError(_("This post is no seat in a People's Council."))
        return super().clean()

    def opening(self) -> dict[str, Any]:
        nominee, said = self.cleaned_data["nominee"], super().opening()
        facts = {"election": self.cleaned_data["election"].pk, "source": nominee.unit_id}
        title = f"{self.position.title}: {nominee}" if self.position else str(nominee)
        return said | {"candidate": nominee, "facts": facts, "title": title}


def refuse_kind(position: Position | None, kind: str) -> None:
    """Refuse a post of the other kind; raises ValidationError."""
    if position is not None and position.kind != kind:
        raise ValidationError(
            _("This procedure is for another kind of post: %(kind)s.")
            % {"kind": Position.Kind(kind).label}
        )


def among_people(form: forms.Form, name: str, people: list[Cadre]) -> None:
    """Let a field choose among these people, in the order of Vietnamese lists."""
    chosen = Cadre.objects.filter(pk__in=[cadre.pk for cadre in people])
    among(form, name, chosen.order_by("name_sort"))
