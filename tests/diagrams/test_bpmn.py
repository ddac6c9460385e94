"""Every procedure as BPMN 2.0: valid, whole, and drawn so that it can be read."""

from itertools import combinations, pairwise
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.translation import override
from lxml import etree

from processes.diagrams.layout import Box, laid_out
from processes.diagrams.model import Model, model_of
from processes.diagrams.xml import BPMN, bpmn
from processes.flows import FLOWS
from processes.pages.labels import DEADLINES

SCHEMA = Path(__file__).parents[2] / "node_modules/bpmn-moddle/resources/bpmn/xsd/BPMN20.xsd"
NAMES = {"b": BPMN}
every_procedure = pytest.mark.parametrize("name", FLOWS)


def model(name: str) -> Model:
    return model_of(name, FLOWS[name], DEADLINES)


def tree(name: str):
    return etree.fromstring(bpmn(name, FLOWS[name], DEADLINES).encode())


def overlap(one: Box, other: Box) -> bool:
    aside = one.right <= other.x or other.right <= one.x
    return not aside and not (one.bottom <= other.y or other.bottom <= one.y)


@pytest.fixture(scope="module")
def schema():
    """The schema of the OMG, as bpmn-moddle brings it; script/setup installs it."""
    return etree.XMLSchema(etree.parse(SCHEMA))


@every_procedure
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_procedure_is_valid_against_the_schema_of_the_omg(name, language, schema):
    with override(language):
        schema.assertValid(tree(name))


@every_procedure
def test_every_row_of_the_table_stands_in_the_model(name):
    drawn = {node.step for cell in model(name).cells for node in cell.nodes}
    assert drawn - {""} == {row.name for row in FLOWS[name].rows()}


@every_procedure
def test_every_outcome_leads_where_the_table_says(name):
    found = model(name)
    step = {node.id: node.step for cell in found.cells for node in cell.nodes}
    ways = {(step[edge.source], step[edge.target]) for edge in found.edges}
    rows = [row for row in FLOWS[name].rows() if row.name != "held"]
    table = {(row.name, target.name) for row in rows for target in row.outcomes.values()}
    assert table <= ways


@every_procedure
def test_the_lanes_are_those_of_the_table_and_hold_every_step_once(name):
    root = tree(name)
    held = [ref.text for ref in root.iterfind(".//b:lane/b:flowNodeRef", NAMES)]
    process = root.find("b:process", NAMES)
    nodes = [one.get("id") for one in process if one.find("b:incoming", NAMES) is not None]
    assert len(held) == len(set(held))
    assert set(nodes) <= set(held)


@every_procedure
def test_no_two_elements_lie_on_each_other(name):
    found, layout = model(name), laid_out(model(name))
    placed = [layout.boxes[cell.line[0].id] for cell in found.cells]
    assert not [pair for pair in combinations(placed, 2) if overlap(*pair)]


@every_procedure
def test_lines_run_level_or_upright_and_through_no_step(name):
    found, layout = model(name), laid_out(model(name))
    tasks = [layout.boxes[n.id] for c in found.cells for n in c.line if "Task" in n.kind]
    for line in layout.lines.values():
        for (x1, y1), (x2, y2) in pairwise(line):
            assert x1 == x2 or y1 == y2
            way = Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
            assert not [b for b in tasks if overlap(way, Box(b.x + 1, b.y + 1, b.width - 2, 78))]


def test_opinions_are_asked_side_by_side_and_end_by_their_deadline():
    (node,) = (n for c in model("appointment_in_place").cells for n in c.nodes if n.many)
    assert node.id == "consult_organs"
    root = tree("appointment_in_place")
    timer = root.find(".//b:boundaryEvent[@id='consult_organs-deadline']", NAMES)
    assert timer.get("cancelActivity") == "true"
    assert timer.find(".//b:timeDuration", NAMES).text == "deadlines.organ_reply"


def test_a_deadline_that_stops_nothing_only_makes_the_case_late():
    root = tree("appointment_in_place")
    timer = root.find(".//b:boundaryEvent[@id='appraise-deadline']", NAMES)
    late = root.find(".//b:endEvent[@id='appraise-late']", NAMES)
    assert timer.get("cancelActivity") == "false"
    assert late.find("b:escalationEventDefinition", NAMES) is not None


def test_the_procedure_that_goes_on_is_called():
    (call,) = tree("appointment_in_place").iterfind(".//b:callActivity", NAMES)
    assert call.get("calledElement") == "appointment_from_elsewhere"


def test_what_may_befall_a_case_at_any_step_is_an_event_sub_process():
    frames = tree("sanction").iterfind(".//b:subProcess", NAMES)
    assert {(f.get("id"), f.get("triggeredByEvent")) for f in frames} == {
        ("held-any", "true"),
        ("withdrawn-any", "true"),
    }


def test_the_command_prints_a_procedure(capsys):
    call_command("bpmn", "sanction", language="en")
    printed = capsys.readouterr().out
    assert printed.startswith('<?xml version="1.0" encoding="UTF-8"?>')
    assert 'name="Receive the finding"' in printed or "x01 Receive" in printed


def test_the_command_writes_all_of_them_to_a_folder(tmp_path):
    call_command("bpmn", folder=tmp_path)
    assert {path.stem for path in tmp_path.iterdir()} == set(FLOWS)
