"""Refusals that are nobody's fault: the world moved on while a person was deciding."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied


class Conflict(Exception):
    """Somebody else did it first; the message says what and when, in the reader's language."""


class Closed(Exception):
    """A vote or a period is over; the message says since when, in the reader's language."""


class Refused(PermissionDenied):
    """A person may not do this; the message says why, and the refusal goes into the trail.

    `noted` once its entry is written, so that the page that is refused leaves no second one.
    `entitled` where the person has the right, and something else stands in the way: no role helps.
    """

    def __init__(self, *said: object, noted: bool = False, entitled: bool = False) -> None:
        super().__init__(*said)
        self.noted = noted
        self.entitled = entitled


class Personal(Refused):
    """Refused because the matter is about the person, or about somebody of their family."""


class Unfit(Refused):
    """Refused because somebody whom a form names cannot be what it makes them.

    `errors` are the sentences by field: the form comes back with them, and nothing typed is lost.
    """

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        super().__init__(" ".join(said for sentences in errors.values() for said in sentences))
        self.errors = errors


class Excluded(Refused):
    """Refused because nobody holds two such roles (`permissions.catalogue.EXCLUSIVE`)."""
