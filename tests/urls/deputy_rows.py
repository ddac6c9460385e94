"""The time of a deputy of the clerk, for the addresses that are about one."""

from permissions.checks import today
from permissions.models import StandIn
from processes.demo.walk import PDF
from processes.dossiers.store import put
from tests.world import World


def deputy_rows(world: World) -> dict[str, list[int]]:
    name, digest = put("deputies", PDF, "pdf")
    clerk = world["clerk"]
    made = StandIn.objects.create(
        principal=clerk, deputy=world["stranger"], valid_from=today(), valid_until=today(),
        reason="x", document="x", issued_on=today(), file=name, mime="application/pdf",
        sha256=digest, appointed_by=clerk, ended_on=today(),
    )  # fmt: skip
    return {
        "appoint_deputy": [clerk.pk],
        "end_deputy": [made.pk],
        "authorisation": [made.pk],
    }
