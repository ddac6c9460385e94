"""The procedures, one file each; open these first."""

from processes.flows.appointment_in_place import AppointmentInPlaceFlow
from processes.steps.flow import CaseFlow

#: Every procedure by the name that its addresses use.
FLOWS: dict[str, type[CaseFlow]] = {
    "appointment_in_place": AppointmentInPlaceFlow,
}
