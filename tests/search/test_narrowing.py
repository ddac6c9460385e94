"""The list of cases is narrowed in two ways, and by both it holds the same cases."""

import pytest

from processes.cases.models import Case
from processes.search import narrowing
from processes.search.narrowing import cases_having
from tests.world import World

pytestmark = pytest.mark.stands("appraise")


@pytest.fixture(params=["frequent", "rare"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """How frequent the words are taken to be; SQLite knows one way only."""
    monkeypatch.setattr(narrowing, "FREQUENT", 1 if request.param == "frequent" else 1_000)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("who", ["clerk", "oc_clerk", "inspector"])
def test_a_case_is_kept_by_beginnings_of_its_words(standing: Case, world: World, who: str) -> None:
    seen = Case.objects.visible_to(world[who])
    for text in (standing.code, "pho giam", str(standing.candidate).upper()):
        assert list(seen.filter(cases_having(world[who], text))) == [standing]


@pytest.mark.usefixtures("way")
def test_a_word_that_the_case_lacks_drops_it(standing: Case, world: World) -> None:
    text = f"{standing.code} zzzz"
    assert not Case.objects.filter(cases_having(world["clerk"], text)).exists()


def test_more_cases_than_can_be_named_are_all_kept(
    standing: Case, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowing, "FEW", 1)
    assert list(Case.objects.filter(cases_having(world["clerk"], "pho giam"))) == [standing]


def test_signs_alone_keep_nothing_and_no_words_keep_all(standing: Case, world: World) -> None:
    assert not Case.objects.filter(cases_having(world["clerk"], "…")).exists()
    assert Case.objects.filter(cases_having(world["clerk"], " ")).exists()
