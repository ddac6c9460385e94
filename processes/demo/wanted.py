"""People whom the demo had better leave alone: open cases may still choose them."""

from collections.abc import Iterable

from processes.cases.models import Case
from processes.flows import choices
from processes.flows.appointment_in_place import AppointmentInPlaceFlow
from processes.organisation.people import Cadre


def wanted() -> set[int]:
    """Numbers of those whom an open case has nominated and may still choose.

    Somebody whom another case moves cannot be chosen: whoever goes on with the case that has
    nominated them would be sent to finish the other one first.
    """
    undecided = Case.objects.filter(
        flow_class=AppointmentInPlaceFlow, finished__isnull=True, candidate=None
    )
    return {cadre.pk for case in undecided for cadre in choices.nominees(case)}


def unwanted_first(people: Iterable[Cadre]) -> list[Cadre]:
    """The people in their order, those last whom an open case may still choose."""
    last = wanted()
    return sorted(people, key=lambda cadre: cadre.pk in last)
