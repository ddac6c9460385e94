"""All editions together: which one is in force on a day, and what is not confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from processes.rules.case import CaseRules
from processes.rules.edition import Edition, Parameter, digest_of
from processes.rules.errors import NoEdition, UnknownKey


class Family(StrEnum):
    """Editions of one family follow one another without gap or overlap."""

    APPOINTMENT = "appointment"
    STATE_POST = "state_post"
    ROTATION = "rotation"
    ELECTION = "election"
    EVALUATION = "evaluation"


@dataclass(frozen=True)
class Rulebook:
    """The editions of every family, in the order of family and first day."""

    editions: tuple[Edition, ...]

    def edition(self, key: str) -> Edition:
        """Give the edition with this key.

        Raises UnknownKey.
        """
        for edition in self.editions:
            if edition.key == key:
                return edition
        raise UnknownKey(key, "the rulebook")

    def in_force(self, family: str, on: date) -> Edition:
        """Give the edition of the family that is in force on the day.

        Raises NoEdition.
        """
        for edition in self.editions:
            if edition.family == family and edition.covers(on):
                return edition
        raise NoEdition(family, on)

    def for_case(
        self, on: date, state_post: bool, families: Iterable[str] = (Family.APPOINTMENT,)
    ) -> CaseRules:
        """Give the rules of a case that starts on the day, of these families, the leading first.

        Raises NoEdition.
        """
        decrees = [Family.STATE_POST] if state_post else []
        return CaseRules(*(self.in_force(family, on) for family in (*families, *decrees)))

    def for_keys(self, *keys: str) -> CaseRules:
        """Give the rules of a case that has kept the keys of its editions, the leading first.

        Raises UnknownKey.
        """
        return CaseRules(*map(self.edition, keys))

    def unconfirmed(self) -> list[Parameter]:
        """List every parameter of every edition that a domain expert has to confirm."""
        every = [one.parameters[key] for one in self.editions for key in sorted(one.parameters)]
        return [parameter for parameter in every if not parameter.confirmed]

    def digest(self) -> str:
        """Identify the content of all editions together."""
        return digest_of({edition.key: edition.digest for edition in self.editions})
