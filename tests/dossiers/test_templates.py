"""The templates in the repository are the ones that their script builds."""

import importlib.util
from pathlib import Path

import pytest
from django.conf import settings
from docx import Document

SCRIPT = Path(settings.BASE_DIR) / "script" / "build_templates.py"


@pytest.fixture(scope="module")
def built():
    spec = importlib.util.spec_from_file_location("build_templates", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module, dict(module.built())


def test_every_template_is_kept_as_built(built):
    module, documents = built
    kept = {path.name: Document(str(path)) for path in module.FOLDER.glob("*.docx")}
    assert kept.keys() == documents.keys()
    for name, document in documents.items():
        assert kept[name].element.xml == document.element.xml, name
        assert kept[name].styles.element.xml == document.styles.element.xml, name


def test_every_kind_has_a_template(built):
    from processes.dossiers.drawing import KINDS

    _module, documents = built
    assert {name.partition(".")[0] for name in documents} == set(KINDS)


@pytest.mark.parametrize("name", ["party_decision.docx", "state_decision.docx"])
def test_a_decision_has_the_parts_of_the_regulation(built, name):
    """Quy định 66-QĐ/TW Điều 15: title, organ, number, place and day, type, text, signature."""
    _module, documents = built
    document = documents[name]
    left, right = document.tables[0].rows[0].cells
    told = [p.text for p in left.paragraphs if "{{" in p.text]
    *_superior, organ, number = told
    assert (organ, "{{ number }}" in number) == ("{{ organ }}", True)
    assert right.paragraphs[-1].runs[0].italic
    assert document.paragraphs[0].text == "QUYẾT ĐỊNH"
    assert "{{ signer }}" in document.tables[1].rows[0].cells[1].text
