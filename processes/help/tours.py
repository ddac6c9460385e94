"""A tour for whoever is new: what their role does here, and where to find what they can use."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permissions.catalogue import Act, Role
from permissions.checks import holdings_of, units_where
from permissions.models import User

#: What each role comes here for, and what it does first.
ROLES: dict[Role, Any] = {
    Role.UNIT_CLERK: gettext_lazy(
        "You start cases of your unit, gather the papers and conduct its conferences. Begin "
        "with “Start a case”; what comes back to you stands in the inbox."
    ),
    Role.UNIT_HEAD: gettext_lazy(
        "You decide where a vote of your unit is exactly half, judge products and appoint "
        "deputies. What waits for you stands in the inbox."
    ),
    Role.UNIT_PARTY: gettext_lazy(
        "You give the written comment of the Party committee before the last conference. It "
        "comes to your inbox when the papers are complete."
    ),
    Role.OC_CLERK: gettext_lazy(
        "You check requests and dossiers: complete, in force, fresh. Send them on or back with "
        "a reason; nothing moves on while something is missing."
    ),
    Role.OC_HEAD: gettext_lazy(
        "You appraise what the specialists have checked, hold and resume cases, and say which "
        "go first."
    ),
    Role.ORGAN_OFFICER: gettext_lazy(
        "You give the opinion of your organ. Several organs are asked side by side, and nobody "
        "waits for another."
    ),
    Role.IC_CLERK: gettext_lazy(
        "You receive findings on rotated cadres and places, and check what is behind them."
    ),
    Role.IC_HEAD: gettext_lazy(
        "You conclude on violations. The decision on the sanction is the Standing Committee's."
    ),
    Role.STANDING_MEMBER: gettext_lazy(
        "You put cases on the agenda, rule on a tie and grant exceptions, each with a reason "
        "that is kept."
    ),
    Role.SC_CLERK: gettext_lazy(
        "You conduct the votes of the Standing Committee: call, attendance, slips, count, close."
    ),
    Role.LIAISON: gettext_lazy("You record the answers of bodies that do not work in this system."),
    Role.SECRETARY: gettext_lazy(
        "You sign decisions of the Party. The document is drawn up before you; signing it is "
        "one step."
    ),
    Role.STATE_CHAIR: gettext_lazy(
        "You issue decisions of the State on what the Standing Committee has decided."
    ),
    Role.OFFICE_CLERK: gettext_lazy(
        "You promulgate decisions: number, day, to whom, and where they are announced."
    ),
    Role.MEMBER: gettext_lazy(
        "You vote in conferences by slip, which this system never sees. When you count slips "
        "as a teller, your count comes to your inbox."
    ),
    Role.INSPECTOR: gettext_lazy(
        "You read everything and change nothing: the trail of every case, its proof, and where "
        "cases left the usual way."
    ),
    Role.ADMINISTRATOR: gettext_lazy(
        "You maintain structure, people, rules and roles, and take part in no case."
    ),
}


@dataclass(frozen=True)
class Stop:
    """A stop of the tour; `url` is the page that it is about, empty where it is about none."""

    title: Any
    text: Any
    url: str = ""


def tour_of(user: User) -> list[Stop]:
    """The stops for what this person is and can use."""
    return [*_roles(user), *_everybody(), *_some(user), _help()]


def _roles(user: User) -> Iterator[Stop]:
    held = {role for role, _unit in holdings_of(user)}
    for role in Role:
        if role in held:
            yield Stop(role.label, ROLES[role])


def _everybody() -> Iterator[Stop]:
    yield Stop(
        _("The inbox"),
        _(
            "“Mine” is what you have taken, “To take” what your role may take; take a task and "
            "it is yours until you give it back. Colours with words say what is late and what "
            "is due this week."
        ),
        reverse("inbox"),
    )
    yield Stop(
        _("Cases and why"),
        _(
            "A case shows its road, papers, votes and deadlines. Where you cannot do "
            "something, it says why and who can."
        ),
        reverse("cases"),
    )
    yield Stop(
        _("Calendar"),
        _(
            "Due days, meetings, terms and papers that lapse, by month or as a list; your own "
            "calendar program can subscribe to it."
        ),
        reverse("calendar"),
    )


def _some(user: User) -> Iterator[Stop]:
    if units_where(user, Act.START_CASE, Act.INITIATE):
        yield Stop(
            _("Start a case"),
            _(
                "Choose the procedure and the post; you are told at once what would stand in "
                "the way."
            ),
            reverse("start"),
        )
    if units_where(user, Act.OVERSEE):
        yield Stop(
            _("Figures"),
            _("How many cases, how long they take, and where they wait."),
            reverse("figures"),
        )
    if units_where(user, Act.INSPECT):
        yield Stop(
            _("Trail"),
            _("Every change with who, when, in which role and why; its proof can be recomputed."),
            reverse("trail"),
        )
    if units_where(user, Act.ADMINISTER):
        yield Stop(
            _("Data"),
            _("Units, people, posts and roles. Every change is an entry in the trail too."),
            reverse("admin:index"),
        )
    if units_where(user, *Act):
        yield Stop(
            _("Deputies"),
            _("When you are away, somebody can be named to stand in, for some days and some work."),
            reverse("deputies"),
        )


def _help() -> Stop:
    return Stop(
        _("Help"),
        _(
            "Press “?” for the keys. “Help” tells each procedure from its definition, explains "
            "the words, and shows this tour again."
        ),
        reverse("procedures"),
    )
