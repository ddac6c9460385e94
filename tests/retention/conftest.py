"""A case that has ended, with papers, talk and reasons; who orders, approves and objects."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from permissions.checks import today
from processes.cases.erasure import ErasureOrder
from processes.cases.models import Case
from processes.demo.stories_sanction import against_person
from processes.demo.walk import PDF
from processes.dossiers.models import Document
from processes.dossiers.store import keep
from processes.organisation.people import Cadre
from processes.retention.content import places_of
from processes.retention.writers import approve, ask, last_objection_from
from processes.steps.befall import CASE_ACTIONS
from processes.talk.models import CommentVersion
from processes.talk.writers import say
from tests.flows.support import browser, road, world
from tests.world import World

__all__ = ["browser", "road", "world"]
WHY = "Thông tin về bệnh tật không liên quan đến việc xem xét."
SAID = "Gia đình đồng chí đang có người ốm nặng."


@pytest.fixture(autouse=True)
def papers(settings, tmp_path) -> None:
    """A folder that no other test has put papers into."""
    settings.DOCUMENT_ROOT = settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def running(world: World) -> Case:
    """A case in which something was said and handed in."""
    case = against_person(world.units["P26"], world.candidates[0]).case
    keep(
        case, PDF, by=world["ic_clerk"], item="finding_paper", title="Văn bản", issued_on=today(),
        mime="application/pdf", extension="pdf", step="1", number="", generated=False, cadre=None,
    )  # fmt: skip
    file = SimpleUploadedFile("ghi-chu.pdf", PDF + b"\n% 2")
    say(case, by=world["ic_clerk"], text=SAID, files=[file])
    return case


@pytest.fixture
def case(running: Case, world: World) -> Case:
    """The same, withdrawn with a reason."""
    withdraw = next(action for action in CASE_ACTIONS if action.name == "withdraw")
    withdraw.perform(running.pk, by=world["ic_head"], data={"reason": WHY})
    return Case.objects.get(pk=running.pk)


@pytest.fixture
def paper(case: Case) -> Document:
    return Document.objects.get(case=case, item="finding_paper")


@pytest.fixture
def version(case: Case) -> CommentVersion:
    return CommentVersion.objects.get(comment__case=case)


def order_of(about: Case | Cadre, world: World, *keys: str) -> ErasureOrder:
    """An order to erase these places, or all of them."""
    chosen = keys or [place.key for place in places_of(about)]
    clerk = world["ic_clerk" if isinstance(about, Case) else "oc_clerk"]
    return ask(
        about, chosen, by=clerk, authority="Ban Thường vụ Tỉnh ủy",
        document="15-QĐ/TU", issued_on=today(), reason="Theo yêu cầu của đồng chí có liên quan.",
    )  # fmt: skip


@pytest.fixture
def order(case: Case, world: World) -> ErasureOrder:
    return order_of(case, world)


@pytest.fixture
def approved(order: ErasureOrder, world: World) -> ErasureOrder:
    return approve(order, by=world["secretary"])


def due() -> date:
    """The day on which what is approved today is carried out."""
    return last_objection_from(today())
