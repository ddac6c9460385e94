"""What a person can do from anywhere: go to the pages of the navigation, start procedures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.checks import units_where
from permissions.models import User
from processes.flows import FLOWS
from processes.pages.context import links_of
from processes.pages.start import startable
from processes.search.words import plain


@dataclass(frozen=True)
class Action:
    """Somewhere to go."""

    label: str
    url: str
    note: str = ""


def actions_for(user: User) -> Iterator[Action]:
    """Only what the person can use."""
    for url, label in links_of(user):
        yield Action(label, url)
    for tab, label in (("take", _("To take")), ("done", _("Done"))):
        yield Action(label, f"{reverse('inbox')}?tab={tab}", _("Inbox"))
    if units_where(user, Act.START_CASE, Act.INITIATE):
        for name, units in startable(user).items():
            if units:
                title = str(FLOWS[name].process_title)
                yield Action(title, reverse("start_at", args=[name]), _("Start a case"))


def fitting(actions: Iterable[Action], text: str) -> list[Action]:
    """Those in which every word begins a word; without words all of them."""
    words = plain(text).split()
    return [action for action in actions if all(_begins(word, action) for word in words)]


def _begins(word: str, action: Action) -> bool:
    said = plain(f"{action.label} {action.note}").split()
    return any(one.startswith(word) for one in said)
