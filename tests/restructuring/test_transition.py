"""What becomes of open cases when their edition ends: the edition says so."""

from datetime import date

from processes.audit.models import Event
from processes.cases.transition import any_follow, follow_editions
from processes.steps.sweep import sweep
from tests.rules.conftest import Folder, folder

__all__ = ["folder"]

ON = date(2030, 1, 1)


def moving(folder: Folder, *names: str):
    """The packaged editions, of which some send their open cases on."""

    def spoil(content):
        content["parameters"]["transition.on_end"] = {
            "value": "move_to_new", "article": "-", "source": "design", "confidence": "design",
        }  # fmt: skip

    for name in names:
        folder.edit(name, spoil)
    return folder.load()


def test_a_case_keeps_its_editions_where_these_say_so(walk):
    before = walk.case.editions
    assert not any_follow()
    assert not follow_editions(walk.case, on=ON)
    assert sweep(date(2025, 7, 1)).followed == 0
    walk.done()
    assert walk.case.editions == before


def test_a_case_moves_to_the_edition_that_follows(walk, folder):
    case = walk.case
    book = moving(folder, "R80_2022.yaml")
    assert case.editions[0] == "R80_2022"
    assert follow_editions(case, on=ON, book=book)
    case.refresh_from_db()
    assert case.edition == case.editions[0] == book.in_force("appointment", ON).key
    entry = case.entries.get(event=Event.ADOPTED)
    assert (entry.facts["old"][0], entry.edition) == ("R80_2022", case.edition)


def test_the_decree_of_a_state_post_follows_as_the_leading_edition_says(walk, folder):
    case = walk.case
    assert case.editions[1] == "D138_2020"
    follow_editions(case, on=date(2025, 7, 1), book=moving(folder, "R80_2022.yaml"))
    assert case.editions == ["R80_2022", "D170_2025"]


def test_before_the_edition_ends_nothing_changes(walk, folder):
    book = moving(folder, "R80_2022.yaml")
    assert any_follow(book)
    assert not follow_editions(walk.case, on=date(2025, 6, 30), book=book)
