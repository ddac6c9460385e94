"""The rules of one case: its editions, the leading one first, a decree's own rules on top."""

from typing import Any

from processes.rules.edition import Edition, Parameter
from processes.rules.errors import UnknownKey

#: The family whose editions say only what differs for State posts.
DECREES = "state_post"


class CaseRules:
    """Answer from the editions of a case and remember which parameters were read.

    A State post follows the decree wherever the decree itself states a parameter, and the
    Party's editions everywhere else, in their order (law book, section 0: who is chosen, and
    how it is done).
    """

    def __init__(self, *editions: Edition) -> None:
        self.editions = editions
        self.leading = editions[0]
        self.decree = next((one for one in editions if one.family == DECREES), None)
        self._party = [one for one in editions if one.family != DECREES]
        self.used: set[str] = set()

    def get(self, key: str) -> Parameter:
        """Give the parameter that binds this case, and note that it was read.

        Raises UnknownKey.
        """
        parameter = self._binding(key)
        self.used.add(key)
        return parameter

    def value(self, key: str) -> Any:
        """Give only the value of the parameter that binds this case.

        Raises UnknownKey.
        """
        return self.get(key).value

    def knows(self, key: str) -> bool:
        """Whether any of the case's editions has the key; asking is not reading."""
        return any(key in edition.parameters for edition in self.editions)

    def under(self, prefix: str) -> dict[str, Parameter]:
        """Give all parameters below a prefix, by the rest of their keys; all count as read."""
        start = f"{prefix}."
        keys = [key for key in self.keys() if key.startswith(start)]
        return {key.removeprefix(start): self.get(key) for key in keys}

    def keys(self) -> tuple[str, ...]:
        """Name every parameter that binds this case, in order."""
        own = self.decree.stated() if self.decree else ()
        stated = (key for one in self._party for key in one.parameters)
        return tuple(sorted({*own, *stated}))

    def unconfirmed_used(self) -> list[Parameter]:
        """List what was read so far and is not confirmed, in order of the keys."""
        read = [self._binding(key) for key in sorted(self.used)]
        return [parameter for parameter in read if not parameter.confirmed]

    def _binding(self, key: str) -> Parameter:
        if self.decree is not None and self.decree.states(key):
            return self.decree.get(key)
        for edition in self._party:
            if key in edition.parameters:
                return edition.get(key)
        raise UnknownKey(key, self.leading.key)
