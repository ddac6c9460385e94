"""The procedures, one file each; open these first."""

from processes.flows.appointment_from_elsewhere import AppointmentFromElsewhereFlow
from processes.flows.appointment_in_place import AppointmentInPlaceFlow
from processes.flows.consultation_round import ConsultationRoundFlow
from processes.flows.delegation import DelegationFlow
from processes.flows.inspection import InspectionFlow
from processes.flows.nomination_deputy import NominationDeputyFlow
from processes.flows.nomination_party_post import NominationPartyPostFlow
from processes.flows.nomination_state_post import NominationStatePostFlow
from processes.flows.reappointment import ReappointmentFlow
from processes.flows.rotation import RotationFlow
from processes.flows.sanction import SanctionFlow
from processes.steps.flow import CaseFlow

#: Every procedure by the name that its addresses use.
FLOWS: dict[str, type[CaseFlow]] = {
    "appointment_in_place": AppointmentInPlaceFlow,
    "appointment_from_elsewhere": AppointmentFromElsewhereFlow,
    "reappointment": ReappointmentFlow,
    "nomination_party_post": NominationPartyPostFlow,
    "nomination_state_post": NominationStatePostFlow,
    "nomination_deputy": NominationDeputyFlow,
    "consultation_round": ConsultationRoundFlow,
    "delegation": DelegationFlow,
    "sanction": SanctionFlow,
    "inspection": InspectionFlow,
    "rotation": RotationFlow,
}


def procedure_name(flow_class: type[CaseFlow]) -> str:
    """The name by which addresses know a procedure."""
    return next(name for name, known in FLOWS.items() if known is flow_class)
