"""Editions that load and say what no procedure can carry out: found before a case comes to it."""

from unittest.mock import patch

import pytest

from processes.flows.checks import misfits, rules_fit_the_procedures
from tests.rules.conftest import FIRST, Folder

MISFITS = [
    ("dossier.items.cv", {"before": "q99"}, "before: no procedure has a step 'q99'"),
    ("conferences.c2", {"rule": "over_half"}, "rule: step a06 has no outcome approve, reject"),
    ("conferences.c5", {"at_half": None}, "at_half: step a10 needs somebody who decides"),
    ("conferences.sc_decision", {"at_half": "head_decides"}, "at_half: step a16 has no outcome"),
]


@pytest.mark.parametrize(("key", "said", "problem"), MISFITS)
def test_what_no_procedure_can_carry_out_is_named_with_file_and_key(
    folder: Folder, key: str, said: dict[str, object], problem: str
) -> None:
    folder.edit(FIRST, lambda content: content["parameters"][key]["value"].update(said))
    found = list(misfits(folder.load()))
    assert [(one.stated_in, one.key) for one, _problem in found] == [("R105_2017", key)]
    assert problem in found[0][1]


def test_what_is_wrong_stops_manage_py_check(folder: Folder) -> None:
    folder.edit(FIRST, lambda content: content["parameters"]["conferences.c5"]["value"].update(
        at_half=None))  # fmt: skip
    with patch("processes.flows.checks.load", folder.load):
        [error] = rules_fit_the_procedures(None)
    assert error.msg.startswith("R105_2017.yaml: conferences.c5: at_half")


def test_a_file_that_does_not_load_is_named_by_the_check(folder: Folder) -> None:
    folder.edit(FIRST, lambda content: content["parameters"].pop("top_n"))
    with patch("processes.flows.checks.load", folder.load):
        [error] = rules_fit_the_procedures(None)
    assert error.msg.startswith("R105_2017.yaml: top_n")


def test_the_editions_of_the_product_fit_its_procedures() -> None:
    assert rules_fit_the_procedures(None) == []
