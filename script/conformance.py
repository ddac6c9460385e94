"""Read models and logs with pm4py, and see that ended cases fit their models: script/conformance.

pm4py knows neither call activities nor events on the border of a task nor event sub-processes.
Before it reads a model, calls become tasks, an event that ends its task becomes a way out of it,
and what stands beside the usual way is left out. Cases that left it - withdrawn, held, restarted -
are counted apart; the site lists them under “Deviations”.
"""

import sys
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

warnings.filterwarnings("ignore")

import pm4py
from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
NAMES = {"b": BPMN}
OFF_THE_WAY = {"withdrawn", "held", "restarted"}


def readable(path: Path, target: Path) -> None:
    """Write the model as pm4py can read it."""
    tree = etree.parse(path)
    process = tree.find("b:process", NAMES)
    for call in process.findall("b:callActivity", NAMES):
        call.tag = f"{{{BPMN}}}task"
    for frame in process.findall("b:subProcess", NAMES):
        process.remove(frame)
    for event in process.findall("b:boundaryEvent", NAMES):
        _way_out(process, event)
    tree.write(target)


def _way_out(process: Any, event: Any) -> None:
    """Lead from the choice behind the task where an event ended it; drop what only says “late”."""
    (flow,) = [f for f in process.findall("b:sequenceFlow", NAMES)
               if f.get("sourceRef") == event.get("id")]  # fmt: skip
    if event.get("cancelActivity") == "false":
        late = process.find(f"b:endEvent[@id='{flow.get('targetRef')}']", NAMES)
        for element in (late, flow):
            process.remove(element)
    else:
        flow.set("sourceRef", _choice_behind(process, event.get("attachedToRef")))
    process.remove(event)


def _choice_behind(process: Any, task: str) -> str:
    """The gateway that follows a task; one is put there where there is none."""
    (flow,) = [f for f in process.findall("b:sequenceFlow", NAMES) if f.get("sourceRef") == task]
    gateway = process.find(f"b:exclusiveGateway[@id='{flow.get('targetRef')}']", NAMES)
    if gateway is not None and gateway.get("id").startswith(task):
        return str(gateway.get("id"))
    name = f"{task}-choice"
    etree.SubElement(process, f"{{{BPMN}}}exclusiveGateway", id=name)
    flow.set("sourceRef", name)
    etree.SubElement(
        process, f"{{{BPMN}}}sequenceFlow", id=f"{name}-in", sourceRef=task, targetRef=name
    )
    return name


def events(path: Path) -> tuple[Any, int]:
    """The steps of cases that stayed on the way, opinions side by side as one; how many left it."""
    log = pm4py.read_xes(str(path), return_legacy_log_object=False)
    if not len(log):
        return log, 0
    case = "case:concept:name"
    left = set(log[(log["kind"] == "deviation") & log["outcome"].isin(OFF_THE_WAY)][case])
    log = log[(log["kind"] == "step") & ~log[case].isin(left)]
    if "many" in log:
        again = (log["step"] == log.groupby(case)["step"].shift()) & (log["many"] == True)  # noqa: E712
        log = log[~again]
    return log, len(left)


def fitness(folder: Path, name: str) -> str:
    """One line for a procedure. Ends the program where a case does not fit."""
    ocel = pm4py.read_ocel2_json(str(folder / f"{name}.ocel.json"))
    log, left = events(folder / f"{name}.xes")
    with TemporaryDirectory() as place:
        target = Path(place) / "model.bpmn"
        readable(folder / f"{name}.bpmn", target)
        net = pm4py.convert_to_petri_net(pm4py.read_bpmn(str(target)))
    told = f"{name:28} OCEL {len(ocel.events):5} events, {len(ocel.objects):5} objects;"
    if not len(log):
        return f"{told} no case on the usual way, {left} beside it"
    cases = log["case:concept:name"].nunique()
    found = pm4py.conformance_diagnostics_alignments(log, *net)
    worst = min(one["fitness"] for one in found)
    bad = [one["alignment"] for one in found if one["fitness"] < 1]
    if bad:
        sys.exit(f"{name}: fitness {worst}: {bad}")
    return f"{told} fitness {worst} over {cases} cases, {left} beside the usual way"


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for model in sorted(folder.glob("*.bpmn")):
        print(fitness(folder, model.stem))
