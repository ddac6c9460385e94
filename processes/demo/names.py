"""Names of nobody: common Vietnamese words put together by chance, each name once."""

from random import Random

from processes.demo.tables import table
from processes.organisation.people import Cadre

FullName = tuple[str, str, str]


class Names:
    """Gives out family, middle and given names; four words make a known person unlikely."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._given_out: set[FullName] = set()
        self._words = {(row["sex"], row["part"]): row["words"].split() for row in table("names")}

    def next(self, sex: Cadre.Sex) -> FullName:
        """A name that nobody in this province has yet."""
        while True:
            parts = [(sex, "middle"), (sex, "second"), (sex, "given")]
            family = self._chance.choice(self._words["any", "family"])
            middle, second, given = (self._chance.choice(self._words[part]) for part in parts)
            name = (family, f"{middle} {second}", given)
            if name not in self._given_out and second != given:
                self._given_out.add(name)
                return name
