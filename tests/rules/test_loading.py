"""Wrong files are refused with the file, the key and what is wrong."""

from datetime import date

import pytest

from processes.rules import RuleError
from tests.rules.conftest import DECREE, FIRST, HEIR, Folder, Spoil


def stated(key: str, **facts: object) -> Spoil:
    return lambda content: content["parameters"][key].update(facts)


def unstated(key: str, fact: str) -> Spoil:
    return lambda content: content["parameters"][key].pop(fact)


def added(key: str, facts: object) -> Spoil:
    return lambda content: content["parameters"].update({key: facts})


def says(key: str, value: object) -> Spoil:
    return lambda content: content.update({key: value})


def whole(key: str, **said: object) -> Spoil:
    return lambda content: content["parameters"][key]["value"].update(said)


VOTE = {"body": "leadership", "vote": "secret"}
MALE = "retirement_age.male"

PARAMETERS = [
    ("top_n", unstated("top_n", "article"), "article"),
    ("top_n", unstated("top_n", "source"), "source"),
    ("top_n", unstated("top_n", "confidence"), "confidence"),
    ("top_n", unstated("top_n", "value"), "has no value"),
    ("top_n", stated("top_n", article=" "), "article"),
    ("top_n", stated("top_n", confidence="sure"), "'sure' is none of"),
    ("top_n", stated("top_n", source="S999"), "'S999' is not in sources.yaml"),
    ("top_n", stated("top_n", source="recall"), "nothing can be verified"),
    ("vote_base", stated("vote_base", source="design"), "a design choice"),
    ("tellers_required", stated("tellers_required", source="S5"), "a design choice"),
    ("top_n", stated("top_n", value="two"), "'two' is not a whole number"),
    ("top_n", stated("top_n", value=True), "True is not a whole number"),
    ("top_n", stated("top_n", value=0), "0 is less than 1"),
    ("top_n", stated("top_n", unit="month"), "'month' is not wanted"),
    ("top_n", stated("top_n", remark="x"), "'remark' is not said of a parameter"),
    ("planning.required", stated("planning.required", value="yes"), "neither true nor false"),
    ("min_months_in_post", stated("min_months_in_post", unit="year"), "'year' is none of month"),
    ("deadlines.process", unstated("deadlines.process", "unit"), "unit: None is none of"),
    ("vote_base", stated("vote_base", value="present"), "'present' is none of summoned"),
    ("numbering.scope", stated("numbering.scope", value=[]), "not a list with entries"),
    ("numbering.scope", stated("numbering.scope", value=["organ", "day"]), "'day' is none of"),
    ("quorum", stated("quorum", value=3), "3 is not a mapping"),
    ("conferences.c1", stated("conferences.c1", value=VOTE), "has the fields body, vote, needs"),
    ("threshold", whole("threshold", num=3), "more than 3/2 is more than the whole"),
    ("threshold", whole("threshold", num=2), "more than 2/2 is more than the whole"),
    ("quorum", whole("quorum", num=4), "4/3 is more than the whole"),
    ("conferences.c1", whole("conferences.c1", vote="secret"), "where the rule is minutes"),
    ("conferences.c2", whole("conferences.c2", ballot="none"), "where the rule is minutes"),
    ("conferences.c4", whole("conferences.c4", at_half="head_decides"), "does not ask"),
    (MALE, stated(MALE, value={}), "not a table by year"),
    (MALE, stated(MALE, value={"soon": 720}), "'soon' is not a whole number"),
    ("quorums", added("quorums", {"value": 1}), "is not a known parameter"),
    ("top_n", added("top_n", 2), "has no value"),
]


@pytest.mark.parametrize(("key", "spoil", "reason"), PARAMETERS)
def test_a_wrong_parameter_is_named_with_file_key_and_reason(
    folder: Folder, key: str, spoil: Spoil, reason: str
) -> None:
    folder.edit(FIRST, spoil)
    with pytest.raises(RuleError) as error:
        folder.load()
    assert (error.value.file, error.value.key) == (FIRST, key)
    assert reason in error.value.reason


HEADS = [
    (FIRST, "key", says("key", "105"), "does not look like"),
    (HEIR, "key", says("key", "R105_2017"), "R105_2017 is also in R105_2017.yaml"),
    (FIRST, "title", lambda content: content.pop("title"), "is missing"),
    (FIRST, "titel", says("titel", "x"), "is not a key of an edition"),
    (FIRST, "family", says("family", "party"), "'party' is none of"),
    (FIRST, "parameters", says("parameters", None), "is not a mapping"),
    (FIRST, "effective", says("effective", ["2017-12-19", None]), "needs a first day"),
    (FIRST, "effective", says("effective", [date(2018, 1, 1), date(2018, 1, 1)]), "needs"),
    (HEIR, "effective", says("effective", [date(2022, 8, 17), date(2025, 10, 8)]), "overlaps"),
    (HEIR, "effective", says("effective", [date(2022, 8, 19), date(2025, 10, 8)]), "leaves a gap"),
    (HEIR, "inherits", says("inherits", "R1"), "'R1' is not an edition"),
    (HEIR, "inherits", says("inherits", "R80_2022"), "goes in a circle"),
    (HEIR, "inherited_confirmed", says("inherited_confirmed", ["top"]), "'top' is none of"),
    (HEIR, "quorum", says("inherited_confirmed", ["quorum"]), "is stated here"),
    (HEIR, "term.years", says("inherited_confirmed", ["term.years"]), "is not confirmed in R105"),
    (DECREE, "inherited_confirmed", says("inherited_confirmed", ["quorum"]), "nothing is inherit"),
]


@pytest.mark.parametrize(("name", "key", "spoil", "reason"), HEADS)
def test_a_wrong_head_is_named_with_file_key_and_reason(
    folder: Folder, name: str, key: str, spoil: Spoil, reason: str
) -> None:
    folder.edit(name, spoil)
    with pytest.raises(RuleError) as error:
        folder.load()
    assert (error.value.file, error.value.key) == (name, key)
    assert reason in error.value.reason


def test_a_longer_circle_of_inheritance_is_refused(folder: Folder) -> None:
    folder.edit(FIRST, says("inherits", "R377_2025"))
    with pytest.raises(RuleError, match="inherits: goes in a circle"):
        folder.load()


def test_two_editions_without_end_in_a_family_overlap(folder: Folder) -> None:
    folder.edit(DECREE, says("effective", [date(2020, 12, 1), None]))
    with pytest.raises(RuleError, match=r"D170_2025.yaml: effective: overlaps D138_2020, .* never"):
        folder.load()


def test_an_appointment_edition_without_a_parameter_is_refused(folder: Folder) -> None:
    folder.edit(FIRST, lambda content: content["parameters"].pop("top_n"))
    with pytest.raises(RuleError, match=r"R105_2017.yaml: top_n: is neither stated nor inherited"):
        folder.load()


def test_a_key_that_stands_twice_is_refused(folder: Folder) -> None:
    file = folder.path / FIRST
    file.write_text(file.read_text(encoding="utf-8") + "key: R106\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"R105_2017.yaml: file: .*'key' stands twice"):
        folder.load()


@pytest.mark.parametrize("content", [b"- one", b"key: [", b"\xff\xfe\xfa", b"? {a: 1}\n: 2", b""])
def test_a_file_that_is_no_mapping_is_refused(folder: Folder, content: bytes) -> None:
    (folder.path / FIRST).write_bytes(content)
    with pytest.raises(RuleError, match=r"R105_2017.yaml: file"):
        folder.load()


def test_a_folder_without_sources_is_refused(folder: Folder) -> None:
    (folder.path / "sources.yaml").unlink()
    with pytest.raises(RuleError, match=r"sources.yaml: file: is missing"):
        folder.load()


def test_a_source_without_a_word_on_what_it_is_is_refused(folder: Folder) -> None:
    folder.edit("sources.yaml", says("S5", {"what": "", "url": None}))
    with pytest.raises(RuleError, match=r"sources.yaml: S5: what"):
        folder.load()
