"""What must be true of the packaged editions, whatever an expert changes in them."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from processes.rules import Edition, Rulebook, RuleError, load, unconfirmed_table
from processes.rules import __file__ as package
from processes.rules.loader import DATA

APPOINTMENT = ["R105_2017", "R80_2022", "R377_2025"]


def test_the_packaged_editions_are_read_once() -> None:
    assert load() is load()


def test_only_what_was_verified_is_confirmed(rulebook: Rulebook) -> None:
    doubtful = [
        parameter
        for edition in rulebook.editions
        for parameter in edition.parameters.values()
        if parameter.confidence != "verified"
    ]
    assert doubtful
    assert not any(parameter.confirmed for parameter in doubtful)
    assert set(map(id, doubtful)) <= set(map(id, rulebook.unconfirmed()))


def test_every_source_is_used(rulebook: Rulebook) -> None:
    used = {one.source for edition in rulebook.editions for one in edition.parameters.values()}
    assert used == set(yaml.safe_load((DATA / "sources.yaml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("key", APPOINTMENT)
@pytest.mark.parametrize(("item", "months"), [("health_certificate", "health"), ("cv", "photo")])
def test_a_paper_is_as_fresh_as_the_rule_on_it(
    rulebook: Rulebook, key: str, item: str, months: str
) -> None:
    rules = rulebook.for_keys(key, "D170_2025")
    paper = rules.value(f"dossier.items.{item}")
    assert paper["valid_months"] == rules.value(f"{months}.valid_months")


@pytest.mark.parametrize("sex", ["male", "female"])
def test_the_age_of_retirement_never_falls(rulebook: Rulebook, sex: str) -> None:
    table = rulebook.edition("R105_2017").get(f"retirement_age.{sex}").value
    rows = sorted(table.items())
    assert all(before[0] < after[0] and before[1] < after[1] for before, after in pairwise(rows))


def whole_ages(edition: Edition, sex: str) -> list[int]:
    table = edition.get(f"retirement_age.{sex}").value
    return [table[min(table)], table[max(table)]]


def test_the_ages_of_retirement_start_and_end_as_the_labour_code_says(rulebook: Rulebook) -> None:
    edition = rulebook.edition("R377_2025")
    assert whole_ages(edition, "male") == [60 * 12, 62 * 12]
    assert whole_ages(edition, "female") == [55 * 12, 60 * 12]


HIDDEN = {"c2", "c4", "reappointment_key"}


@pytest.mark.parametrize("keys", [*((key,) for key in APPOINTMENT), ("R377_2025", "D170_2025")])
def test_nominations_and_the_consultation_are_not_announced(
    rulebook: Rulebook, keys: tuple[str, ...]
) -> None:
    meetings = rulebook.for_keys(*keys).under("conferences")
    assert {name for name, one in meetings.items() if not one.value["announced"]} == HIDDEN


def test_the_second_conference_only_collects_names_since_2022(rulebook: Rulebook) -> None:
    rules = [rulebook.edition(key).get("conferences.c2").value["rule"] for key in APPOINTMENT]
    assert rules == ["over_half_or_top2", "collect_names", "collect_names"]


def test_the_rules_know_nothing_of_the_site() -> None:
    files = list(Path(package).parent.glob("*.py"))
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert not re.search(
            r"^\s*(from|import) (django|permissions|processes\.(?!rules))", text, re.M
        )


def test_the_table_has_one_row_per_unconfirmed_parameter(rulebook: Rulebook) -> None:
    head, line, *rows = unconfirmed_table(rulebook, name_of=lambda one: f"“{one.key}”").splitlines()
    assert head.startswith("| edition | parameter |")
    assert len(rows) == len(rulebook.unconfirmed())
    assert {row.count("|") for row in rows} == {line.count("|")}


def test_the_command_prints_the_editions(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("rules")
    assert "| R105_2017 | appointment | 2017-12-19 | 2022-08-18 |" in capsys.readouterr().out


def test_the_command_lists_what_is_unconfirmed(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("rules", unconfirmed=True)
    out = capsys.readouterr().out
    assert "| R377_2025 | quorum | Số người dự tối thiểu | num: 2, den: 3, of: summoned |" in out
    assert "| R80_2022 | quorum |" not in out


def test_the_command_says_which_file_to_correct(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Rulebook:
        raise RuleError("R1.yaml", "quorum", "is missing")

    monkeypatch.setattr("processes.management.commands.rules.load", broken)
    with pytest.raises(CommandError, match=r"R1\.yaml: quorum: is missing"):
        call_command("rules")
