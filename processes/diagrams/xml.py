"""A procedure as a file of BPMN 2.0 with its diagram, valid against the schema of the OMG."""

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from processes.diagrams.layout import Box, Layout, laid_out
from processes.diagrams.model import Cell, Edge, Model, Node, model_of
from processes.steps.flow import CaseFlow

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
PREFIXES = {"bpmn": BPMN, "bpmndi": DI, "dc": DC, "di": DD, "xsi": XSI}
for _prefix, _address in PREFIXES.items():
    ET.register_namespace(_prefix, _address)
#: Names the file's own elements; nothing is fetched from there.
TARGET = "urn:personnel-procedures:bpmn"
POOL = "pool"


def bpmn(name: str, flow_class: type[CaseFlow], deadlines: Mapping[str, Any]) -> str:
    """The whole file, in the language that is active."""
    model = model_of(name, flow_class, deadlines)
    root = ET.Element(_b("definitions"), {
        "id": f"{name}-definitions", "targetNamespace": TARGET,
        "exporter": "personnel-procedures",
    })  # fmt: skip
    pool = ET.SubElement(root, _b("collaboration"), {"id": "collaboration"})
    ET.SubElement(
        pool, _b("participant"), {"id": POOL, "name": model.title, "processRef": model.name}
    )
    _process(root, model)
    _diagram(root, model, laid_out(model))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="UTF-8"?>\n', "\n")
    )


def _process(root: ET.Element, model: Model) -> None:
    process = ET.SubElement(
        root, _b("process"), {"id": model.name, "name": model.title, "isExecutable": "false"}
    )
    if model.told:
        ET.SubElement(process, _b("documentation")).text = model.told
    lanes = ET.SubElement(process, _b("laneSet"), {"id": "lanes"})
    for lane in model.lanes:
        band = ET.SubElement(
            lanes, _b("lane"), {"id": f"lane-{lane.value}", "name": str(lane.label)}
        )
        for node in _outside(cell for cell in model.cells if cell.lane == lane):
            ET.SubElement(band, _b("flowNodeRef")).text = node.id
    inside = {node.id for cell in model.cells for node in cell.inside}
    for cell in model.cells:
        for node in [*cell.line, *cell.boundary, *cell.late]:
            element = _element(process, node, model.edges)
            for part in cell.inside:
                _element(element, part, model.edges)
            _flows(element, [e for e in model.edges if cell.inside and e.source in inside
                             and e.source in {part.id for part in cell.inside}])  # fmt: skip
    _flows(process, [edge for edge in model.edges if edge.source not in inside])


def _outside(cells: Any) -> list[Node]:
    return [node for cell in cells for node in [*cell.line, *cell.boundary, *cell.late]]


def _element(parent: ET.Element, node: Node, edges: list[Edge]) -> ET.Element:
    """An element; the schema asks for its parts in this order."""
    element = ET.SubElement(parent, _b(node.kind), {"id": node.id, **_attributes(node)})
    if node.told:
        ET.SubElement(element, _b("documentation")).text = node.told
    for edge in edges:
        if edge.target == node.id:
            ET.SubElement(element, _b("incoming")).text = edge.id
    for edge in edges:
        if edge.source == node.id:
            ET.SubElement(element, _b("outgoing")).text = edge.id
    if node.many:
        ET.SubElement(element, _b("multiInstanceLoopCharacteristics"), {"isSequential": "false"})
    if node.event:
        _definition(element, node)
    return element


def _attributes(node: Node) -> dict[str, str]:
    own: dict[str, dict[str, str]] = {
        "boundaryEvent": {
            "attachedToRef": node.on,
            "cancelActivity": str(node.ends_it).lower(),
        },
        "subProcess": {"triggeredByEvent": "true"},
        "callActivity": {"calledElement": node.calls},
    }
    found = own.get(node.kind, {})
    if node.kind == "startEvent" and node.event == "message":
        found = {"isInterrupting": str(node.ends_it).lower()}
    return found | ({"name": node.name} if node.name else {})


def _definition(element: ET.Element, node: Node) -> None:
    """What the event waits for; a timer names the parameter that the edition gives."""
    definition = ET.SubElement(
        element, _b(f"{node.event}EventDefinition"), {"id": f"{node.id}-definition"}
    )
    if node.event == "timer":
        span = ET.SubElement(
            definition, _b("timeDuration"), {f"{{{XSI}}}type": "bpmn:tFormalExpression"}
        )
        span.text = node.rule


def _flows(parent: ET.Element, edges: list[Edge]) -> None:
    for edge in edges:
        flow = ET.SubElement(parent, _b("sequenceFlow"), {
            "id": edge.id, "sourceRef": edge.source, "targetRef": edge.target,
        })  # fmt: skip
        if edge.name:
            flow.set("name", edge.name)
        if edge.outcomes:
            condition = ET.SubElement(
                flow, _b("conditionExpression"), {f"{{{XSI}}}type": "bpmn:tFormalExpression"}
            )
            condition.text = " or ".join(f'outcome = "{name}"' for name in edge.outcomes)


def _diagram(root: ET.Element, model: Model, layout: Layout) -> None:
    diagram = ET.SubElement(root, _d("BPMNDiagram"), {"id": "diagram"})
    plane = ET.SubElement(diagram, _d("BPMNPlane"), {"id": "plane", "bpmnElement": "collaboration"})
    _shape(plane, POOL, layout.pool, isHorizontal="true")
    for lane, box in layout.lanes.items():
        _shape(plane, f"lane-{lane.value}", box, isHorizontal="true")
    for cell in model.cells:
        _shapes(plane, cell, layout)
    for edge in model.edges:
        line = ET.SubElement(plane, _d("BPMNEdge"), {"id": f"{edge.id}-di", "bpmnElement": edge.id})
        for x, y in layout.lines[edge.id]:
            ET.SubElement(line, f"{{{DD}}}waypoint", {"x": str(x), "y": str(y)})
        _label(line, layout.labels.get(edge.id))


def _shapes(plane: ET.Element, cell: Cell, layout: Layout) -> None:
    for node in cell.nodes:
        more = {"isExpanded": "true"} if node.kind == "subProcess" else {}
        if node.kind == "exclusiveGateway":
            more = {"isMarkerVisible": "true"}
        shape = _shape(plane, node.id, layout.boxes[node.id], **more)
        _label(shape, layout.labels.get(node.id))


def _shape(plane: ET.Element, element: str, box: Box, **more: str) -> ET.Element:
    shape = ET.SubElement(
        plane, _d("BPMNShape"), {"id": f"{element}-di", "bpmnElement": element, **more}
    )
    _bounds(shape, box)
    return shape


def _label(parent: ET.Element, box: Box | None) -> None:
    if box:
        _bounds(ET.SubElement(parent, _d("BPMNLabel")), box)


def _bounds(parent: ET.Element, box: Box) -> None:
    ET.SubElement(parent, f"{{{DC}}}Bounds", {
        "x": str(box.x), "y": str(box.y), "width": str(box.width), "height": str(box.height),
    })  # fmt: skip


def _b(tag: str) -> str:
    return f"{{{BPMN}}}{tag}"


def _d(tag: str) -> str:
    return f"{{{DI}}}{tag}"
