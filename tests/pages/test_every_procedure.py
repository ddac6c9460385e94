"""What the pages need of a procedure, asked of every one: words for all that it can say."""

from html import unescape

import pytest
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override
from viewflow.workflow.token import Token

from permissions.checks import today
from processes.cases.models import Case, CaseTask, Participant
from processes.flows import FLOWS
from processes.pages.labels import CONFERENCES, DEADLINES, ENDS
from processes.rules import load
from processes.steps.automatic import CaseEnd
from processes.steps.labels import OUTCOMES
from processes.steps.vote import ConferenceStep
from tests.pages.conftest import words
from tests.world import STAFF

#: What a start form says that the page of a case does not do without.
SAID = {
    "sanction": {"finding": {"kind": "other", "text": "Việc cần xem xét", "basis": "KL 1"}},
    "consultation_round": {"asked": []},
    "inspection": {"basis": "Chương trình 2026", "cases": [], "drafted": {"text": "", "by": 1}},
    "delegation": {
        "delegation": {
            "body": "standing_committee", "delegate": "secretary", "scope": "Hoàn thiện và ký",
            "until": "2030-01-01",
        }
    },
}  # fmt: skip
PROCEDURES = pytest.mark.parametrize("name", FLOWS)


def titled(name):
    """What the procedure is called on an English page."""
    with override("en"):
        return escape(str(FLOWS[name].process_title))


def rows(name):
    return FLOWS[name].instance and FLOWS[name].rows()


@PROCEDURES
def test_every_outcome_has_its_word(name):
    said = {outcome for row in rows(name) for outcome in row.outcomes}
    assert said - set(OUTCOMES) - {""} == set()


@PROCEDURES
def test_every_end_has_its_word(name):
    assert {row.outcome for row in rows(name) if isinstance(row, CaseEnd)} - set(ENDS) == set()


@PROCEDURES
def test_every_conference_has_its_word(name):
    held = {row.conference for row in rows(name) if isinstance(row, ConferenceStep)}
    assert held - set(CONFERENCES) == set()


@PROCEDURES
def test_every_deadline_has_its_word(name):
    set_by = {getattr(row, "deadline", "") for row in rows(name)} - {""}
    assert set_by - set(DEADLINES) == set()


def test_a_step_that_two_procedures_name_alike_is_called_alike():
    titles: dict[str, set[str]] = {}
    for name in FLOWS:
        for row in rows(name):
            titles.setdefault(row.name, set()).add(str(row.task_title))
    assert {name: found for name, found in titles.items() if len(found) > 1} == {}


def test_every_procedure_has_its_own_code_and_title():
    for said in ([f.code for f in FLOWS.values()], [str(f.process_title) for f in FLOWS.values()]):
        assert all(said)
        assert len(set(said)) == len(said)


@pytest.fixture
def bare(world):
    """Make a case of a procedure that stands at every step that a person carries out at once."""

    def made(name):
        flow_class = FLOWS[name]
        rules = load().for_case(today(), False, flow_class.families)
        unit = world.units["SNV"]
        case = Case.objects.create(
            flow_class=flow_class, code=f"{flow_class.code}-1", title=f"Việc của {name}",
            position=world.positions["party"] if flow_class.about_position else None,
            unit=unit, province=world.units["P26"], opened_by=world["clerk"], opened_on=today(),
            facts=SAID.get(name, {}), edition=rules.leading.key,
            editions=[one.key for one in rules.editions],
        )  # fmt: skip
        Participant.objects.create(case=case, unit=unit)
        for row in flow_class.rows():
            if row.act:
                CaseTask.objects.create(
                    process=case, flow_task=row, token=Token(f"start/{row.name}"), act=row.act,
                    unit=unit, owner=world["clerk"],
                )  # fmt: skip
        return case

    return made


@PROCEDURES
def test_its_case_is_in_the_lists_under_its_procedure(name, bare, browser):
    case, client = bare(name), browser("clerk")
    for address in ("/cases/", "/inbox/"):
        page = unescape(words(client.get(address, {"procedure": name})))
        assert case.title in page
        assert f"{unescape(titled(name))}</span>" in page
        other = next(one for one in FLOWS if one != name)
        assert case.title not in words(client.get(address, {"procedure": other}))


@PROCEDURES
def test_its_case_has_a_page_a_trail_and_a_row_in_the_file(name, bare, browser):
    case = bare(name)
    for who in ("clerk", "inspector"):
        page = browser(who).get(reverse("case", args=[case.pk]))
        assert page.status_code == 200
        assert len(page.context["sheet"].open_tasks) == case.task_set.count()
    assert browser("inspector").get(reverse("case_trail", args=[case.pk])).status_code == 200
    file = browser("clerk").get("/cases.csv", {"procedure": name})
    assert case.code in b"".join(file.streaming_content).decode()


@PROCEDURES
def test_the_page_speaks_of_a_candidate_only_where_somebody_is_moved(name, bare, browser):
    case = bare(name)
    page = words(browser("clerk").get(reverse("case", args=[case.pk])))
    assert ("not chosen yet" in page) == FLOWS[name].moves_people
    assert ('id="conferences"' in page) == any(isinstance(r, ConferenceStep) for r in rows(name))


def test_every_procedure_is_started_by_somebody_from_its_page(world, browser):
    begun = set()
    for who in STAFF:
        client = browser(who)
        response = client.get("/start/")
        for name in response.context["flows"] if response.status_code == 200 else ():
            page = client.get(reverse("start_at", args=[name]), follow=True)
            assert page.status_code == 200
            assert titled(name) in words(page)
            begun.add(name)
    assert begun == {name for name, flow in FLOWS.items() if flow.started_in}
