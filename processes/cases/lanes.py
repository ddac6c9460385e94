"""Which unit stands in a lane of a case: its own, the person's, the position's, or data's."""

from datetime import date

from django.utils.translation import gettext as _

from permissions.catalogue import DESTINATION_LANES, OWN_UNIT_LANES, SOURCE_LANES, Lane
from processes.cases.models import Case
from processes.organisation.lookups import NotSetUp, organ_in_lane
from processes.organisation.units import Unit


def unit_in_lane(case: Case, lane: Lane, *, on: date) -> Unit:
    """The unit in whose name a lane acts in this case that day; raises NotSetUp."""
    if lane in OWN_UNIT_LANES:
        return case.unit
    if lane in SOURCE_LANES:
        return source_of(case)
    if lane in DESTINATION_LANES:
        return case.position.unit if case.position else case.unit
    return organ_in_lane(lane, province=case.province, on=on)


def source_of(case: Case) -> Unit:
    """The unit where the person of the case worked when the case met them first.

    Kept as the fact `source`, because the person moves before the case ends.
    """
    if "source" in case.facts:
        return Unit.objects.get(pk=case.facts["source"])
    if case.candidate is None:
        raise NotSetUp(_("The case has no candidate yet, so no unit where the person works."))
    return case.candidate.unit
