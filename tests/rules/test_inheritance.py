"""What an edition does not state it inherits, with its origin, and unconfirmed."""

import pytest

from processes.rules import Rulebook, UnknownKey
from tests.rules.conftest import HEIR, Folder


def test_an_inherited_value_keeps_where_it_came_from(rulebook: Rulebook) -> None:
    quorum = rulebook.edition("R377_2025").get("quorum")
    assert (quorum.stated_in, quorum.edition, quorum.source) == ("R80_2022", "R377_2025", "S1")


def test_an_inherited_value_is_not_confirmed_though_it_was(rulebook: Rulebook) -> None:
    assert rulebook.edition("R80_2022").get("quorum").confirmed
    assert not rulebook.edition("R377_2025").get("quorum").confirmed


def test_a_value_may_come_down_two_generations(rulebook: Rulebook) -> None:
    assert rulebook.edition("R377_2025").get("age.counted_on").stated_in == "R105_2017"


def test_an_heir_may_confirm_what_it_inherits(folder: Folder) -> None:
    folder.edit(HEIR, lambda content: content.update(inherited_confirmed=["age.counted_on"]))
    rulebook = folder.load()
    assert rulebook.edition("R80_2022").get("age.counted_on").confirmed
    assert not rulebook.edition("R377_2025").get("age.counted_on").confirmed


def test_a_stated_value_replaces_the_inherited_one(rulebook: Rulebook) -> None:
    months = [
        rulebook.edition(key).get("discipline_bar.reprimand") for key in ("R80_2022", "R377_2025")
    ]
    assert months[0].value < months[1].value
    assert months[1].confirmed


def test_a_key_that_nobody_knows_is_named(rulebook: Rulebook) -> None:
    with pytest.raises(UnknownKey, match="R80_2022 has no 'quorums'"):
        rulebook.edition("R80_2022").get("quorums")


def test_what_is_read_cannot_be_changed(rulebook: Rulebook) -> None:
    with pytest.raises(TypeError):
        rulebook.edition("R80_2022").get("quorum").value["num"] = 1


def test_a_change_of_a_value_changes_the_digest_of_the_edition_and_its_heirs(
    folder: Folder, rulebook: Rulebook
) -> None:
    folder.edit(HEIR, lambda content: content["parameters"]["quorum"]["value"].update(den=4))
    changed = folder.load()
    keys = [one.key for one in rulebook.editions if one.digest != changed.edition(one.key).digest]
    assert keys == ["R80_2022", "R377_2025"]
    assert changed.digest() != rulebook.digest()


def test_the_digest_does_not_depend_on_the_order_of_lines(
    folder: Folder, rulebook: Rulebook
) -> None:
    folder.edit(HEIR, lambda content: content.update(parameters=reversed_order(content)))
    assert folder.load().digest() == rulebook.digest()


def reversed_order(content: dict[str, dict[str, object]]) -> dict[str, object]:
    return dict(reversed(content["parameters"].items()))
