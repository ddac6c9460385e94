"""The head of a document: who stands above the issuing organ, its name, and the place.

Hướng dẫn 36-HD/VPTW for the Party's documents, Nghị định 30/2020/NĐ-CP for the State's.
"""

from dataclasses import dataclass
from datetime import date

from processes.dossiers.models import STATE_KINDS
from processes.organisation.units import Unit

#: How the committees of a province are called, by the first words of its name.
PARTY_COMMITTEES = {"Tỉnh ": "Tỉnh ủy", "Thành phố ": "Thành ủy"}
STATE_COMMITTEE = "Ủy ban nhân dân"


@dataclass(frozen=True)
class Letterhead:
    """What stands above the text of a document."""

    superior: str
    organ: str
    place: str
    day: str
    state: bool


def letterhead(organ: Unit, *, province: Unit, on: date) -> Letterhead:
    """The head of an organ's documents on that day, in the form of the Party or of the State."""
    state = organ.kind in STATE_KINDS
    superior, name = _names(organ, province, on, state)
    return Letterhead(
        superior=superior.upper(),
        organ=name.upper(),
        place=_place(province, on),
        day=f"ngày {on:%d} tháng {on:%m} năm {on:%Y}",
        state=state,
    )


def _names(organ: Unit, province: Unit, on: date, state: bool) -> tuple[str, str]:
    """The organ's superior and the organ; the province's own committees have no superior."""
    name = organ.name_on(on)
    if organ.pk == province.pk:
        return "", _party_committee(province, on)
    if organ.parent and organ.parent.pk != province.pk:
        return organ.parent.name_on(on), name
    if not state:
        return _party_committee(province, on), name
    committee = f"{STATE_COMMITTEE} {_lower(province.name_on(on))}"
    if name.startswith(STATE_COMMITTEE):
        return "", committee
    return committee, name


def _party_committee(province: Unit, on: date) -> str:
    name = province.name_on(on)
    called = next((c for start, c in PARTY_COMMITTEES.items() if name.startswith(start)), "")
    return f"{called} {_place(province, on)}" if called else name


def _place(province: Unit, on: date) -> str:
    name = province.name_on(on)
    for start in PARTY_COMMITTEES:
        name = name.removeprefix(start)
    return name


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
