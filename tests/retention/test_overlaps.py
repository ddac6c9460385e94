"""Orders that name the same content: the second takes what is left and spoils nothing."""

import pytest
from django.db import DatabaseError, transaction

from processes.audit.chain import NO_SALT
from processes.audit.models import AuditEntry, Event
from processes.audit.verify import verify
from processes.cases.erasure import ErasureItem
from processes.cases.models import Case
from processes.retention.carry_out import carry_out_due
from processes.retention.writers import approve
from tests.retention.conftest import due, order_of
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_second_order_for_the_same_content_does_no_harm(case: Case, world: World) -> None:
    for _number in (1, 2):
        approve(order_of(case, world), by=world["secretary"])
    assert carry_out_due(due()) == 2
    assert verify(case.pk).sound
    assert case.entries.get(event=Event.WITHDRAWN).removed["reason"] != ""


def test_the_digest_of_what_is_gone_cannot_be_changed(case: Case, world: World) -> None:
    """Not even while another column of the entry goes, which an order names as well."""
    entry = case.entries.get(event=Event.WITHDRAWN)
    order = approve(
        order_of(case, world, f"entry:{entry.pk}:reason"), by=world["secretary"]
    )  # fmt: skip
    carry_out_due(due())
    ErasureItem.objects.create(order=order, kind="entry", number=entry.pk, name="facts", title="x")
    entry.refresh_from_db()
    salts = entry.salts[:32] + 2 * NO_SALT
    forged = {"reason": "0" * 64, "facts": "0" * 64}
    with pytest.raises(DatabaseError, match="History is kept"), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(removed=forged, salts=salts, facts={})
    assert verify(case.pk).sound
