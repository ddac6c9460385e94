"""The rotation programme of the demo: a board that is filled, and a chain of each kind."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from permissions.checks import today
from processes.audit.verify import verify
from processes.demo.programme import CHOSEN, build_programme, build_scheme
from processes.demo.province import build_province
from processes.organisation.units import Unit
from processes.rotation.missions import ChosenPost, MissionOrder, ProductDelivery, RotationReview
from processes.rotation.progress import progress
from processes.rotation.schemes import MoveChain, RotationScheme
from processes.rotation.trial import try_chain

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scheme(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[RotationScheme]:
    with django_db_blocker.unblock(), transaction.atomic():
        build_province(2021, today=today())
        found = build_scheme(Unit.objects.get(level__code="province"), today=today())
        build_programme(found, today=today())
        yield found
        transaction.set_rollback(True)
    connection.close()


def test_one_chain_could_start_and_one_could_not(scheme):
    trials = [try_chain(chain, today()) for chain in MoveChain.objects.order_by("pk")]
    assert [trial.blocked for trial in trials] == [False, True]
    assert all(tried.conflicts for tried in trials[1].moves)


def test_the_scheme_has_targets_and_moves_on_paper(scheme):
    rows = progress(scheme)
    assert {row.target.year for row in rows} >= {today().year, today().year + 1}
    assert sum(row.drafted for row in rows) == 4


def test_heads_of_departments_deliver_products(scheme):
    assert ChosenPost.objects.count() == CHOSEN
    assert MissionOrder.objects.filter(case__isnull=True).count() == CHOSEN // 2
    assert set(ProductDelivery.objects.values_list("state", flat=True)) == {"accepted", "waiting"}
    assert {"excellent", "good"} <= set(RotationReview.objects.values_list("level", flat=True))


def test_every_change_is_in_the_trail(scheme):
    assert verify(0).sound
