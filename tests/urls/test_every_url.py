"""Every address and every kind of person: who gets what, stated by hand."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from permissions.catalogue import Role
from permissions.checks import today
from permissions.grants import grant
from permissions.models import User
from processes.audit.models import Event
from processes.demo.stories_inspection import inspect
from processes.demo.walk import Walk
from processes.dossiers.checklist import checklist
from processes.intake.models import PeopleImport
from processes.organisation.people import Kinship
from processes.retention.content import places_of
from processes.retention.writers import ask as ask_erasure
from processes.talk.writers import say
from tests.pages.conftest import Browser
from tests.road import STEPS, Road
from tests.rotation.rows import rotation_rows
from tests.urls.conftest import PERSONAS
from tests.urls.deputy_rows import deputy_rows
from tests.world import SINCE, World, make_cadre, make_user

pytestmark = pytest.mark.stands("appraise")

#: Whom the case is about, and their relatives: one who decides, one who inspects.
CONCERNED = ("party", "standing", "kin_inspector")
#: What GET answers. The stranger is the clerk of a unit that has no part in the case.
TABLE = """
               cl  he  oc  or  sc  in  ad  st  an  ca  ki  ik
home           302 302 302 302 302 302 302 302 302 302 302 302
login          200 200 200 200 200 200 200 200 200 200 200 200
sign_in_as     405 405 405 405 405 405 405 405 405 405 405 405
logout         405 405 405 405 405 405 405 405 405 405 405 405
set_language   302 302 302 302 302 302 302 302 302 302 302 302
set_theme      405 405 405 405 405 405 405 405 405 405 405 405
search         200 200 200 200 200 200 200 200 302 200 200 200
inbox          200 200 200 200 200 200 200 200 302 200 200 200
inbox_why      200 200 200 200 200 200 200 200 302 200 200 200
bulk           405 405 405 405 405 405 405 405 302 405 405 405
columns        200 200 200 200 200 200 200 200 302 200 200 200
filters        200 200 200 200 200 200 200 200 302 200 200 200
filters_aside  200 200 200 200 200 200 200 200 302 200 200 200
filter_removed 405 405 405 405 405 405 405 405 302 405 405 405
filter_first   405 405 405 405 405 405 405 405 302 405 405 405
put_off        200 200 200 200 200 200 404 404 302 403 403 403
cases          200 200 200 200 200 200 200 200 302 200 200 200
case           200 200 200 200 200 200 404 404 302 200 200 200
case_trail     200 200 200 200 200 200 404 404 302 403 403 403
case_replay    200 200 200 200 200 200 404 404 302 403 403 403
case_step      200 200 200 200 200 200 404 404 302 403 403 403
glossary       200 200 200 200 200 200 200 200 302 200 200 200
tour           200 200 200 200 200 200 200 200 302 200 200 200
tour_ended     405 405 405 405 405 405 405 405 302 405 405 405
procedures     200 200 200 200 200 200 200 200 302 200 200 200
procedure      200 200 200 200 200 200 200 200 302 200 200 200
procedure_bpmn 200 200 200 200 200 200 200 200 302 200 200 200
talk           200 200 200 200 200 200 404 404 302 403 403 403
talk_edit      403 403 200 403 403 403 404 404 302 403 403 403
talk_withdraw  403 403 200 403 403 403 404 404 302 403 403 403
talk_move      403 403 403 403 403 403 404 404 302 403 403 403
talk_file      200 200 200 200 200 200 404 404 302 403 403 403
case_action    200 200 403 403 403 403 404 404 302 403 403 403
upload         200 403 200 403 403 403 404 404 302 403 403 403
task           200 200 200 200 200 200 404 404 302 403 403 403
take           405 405 405 405 405 405 405 405 302 405 405 405
give_back      405 405 405 405 405 405 405 405 302 405 405 405
hand           403 403 403 403 403 403 404 404 302 403 403 403
hand_in        405 405 405 405 405 405 405 405 302 405 405 405
get_back       405 405 405 405 405 405 405 405 302 405 405 405
calendar       200 200 200 200 200 200 200 200 302 200 200 200
feed_opened    405 405 405 405 405 405 405 405 302 405 405 405
feed_closed    405 405 405 405 405 405 405 405 302 405 405 405
calendar_feed  404 404 404 404 404 404 404 404 404 404 404 404
notices        200 200 200 200 200 200 200 200 302 200 200 200
bell           200 200 200 200 200 200 200 200 302 200 200 200
notices_read   405 405 405 405 405 405 405 405 302 405 405 405
notice_settings 200 200 200 200 200 200 200 200 302 200 200 200
notice         404 404 404 404 404 404 404 404 302 404 404 404
drafts         200 200 200 200 200 200 200 200 302 200 200 200
drop_draft     405 405 405 405 405 405 405 405 302 405 405 405
download       200 200 200 200 200 200 404 404 302 403 403 403
start          200 403 200 403 403 200 403 200 302 403 403 200
start_at       200 403 403 403 403 403 403 200 302 403 403 403
begin_without  404 403 403 403 403 403 403 404 302 403 403 403
begin          200 403 403 403 403 403 403 404 302 403 403 403
unit_standards         200 200 200 403 403 200 403 404 302 403 403 200
unit_standards_file    200 200 200 403 403 200 403 404 302 403 403 200
cadre_standards        200 200 200 404 404 200 404 404 302 200 404 403
training_line          405 405 405 405 405 405 405 405 302 405 405 405
people_import           403 403 200 403 403 403 200 403 302 403 403 403
people_template         403 403 200 403 403 403 200 403 302 403 403 403
people_import_file      403 403 200 403 403 403 404 403 302 403 403 403
people_import_progress  403 403 200 403 403 403 404 403 302 403 403 403
people_import_work      405 405 405 405 405 405 405 405 302 405 405 405
cases_file     200 200 200 200 200 200 200 200 302 200 200 200
people         403 200 200 403 403 200 403 403 302 403 403 200
people_file    403 200 200 403 403 200 403 403 302 403 403 200
person         404 200 200 404 404 200 404 404 302 200 404 403
units          200 200 200 403 403 200 403 200 302 403 403 200
unit           200 200 200 403 403 200 403 404 302 403 403 200
positions_file          200 200 200 403 403 200 403 404 302 403 403 200
all_positions_file      200 200 200 403 403 200 403 200 302 403 403 200
rotation       302 302 302 302 302 302 302 302 302 302 302 302
rotation_board 403 403 200 403 403 200 403 403 302 403 403 200
rotation_board_file 403 403 200 403 403 200 403 403 302 403 403 200
missions_file  200 200 200 200 200 200 200 200 302 200 200 200
scheme_file    403 403 200 403 403 200 403 403 302 403 403 200
rotation_scheme 403 403 200 403 403 200 403 403 302 403 403 200
rotation_chains 403 403 200 403 403 200 403 403 302 403 403 200
rotation_chain 403 403 200 403 403 200 403 403 302 403 403 200
rotation_start 405 405 405 405 405 405 405 405 302 405 405 405
rotation_remove 405 405 405 405 405 405 405 405 302 405 405 405
missions       200 200 200 200 200 200 200 200 302 200 200 200
mission        200 200 200 404 404 200 404 404 302 200 404 200
deliver        200 403 403 404 404 403 404 404 302 403 404 403
judge          403 200 403 404 404 403 404 404 302 403 404 403
review         403 403 200 404 404 403 404 404 302 403 404 403
product_posts  403 403 200 403 403 200 403 403 302 403 403 200
order_products 403 403 200 403 403 403 403 403 302 403 403 403
figures        403 200 403 403 403 200 403 403 302 403 200 200
deviations     403 200 403 403 403 200 403 403 302 403 200 200
procedure_figures 403 200 403 403 403 200 403 403 302 403 200 200
event_log      403 403 403 403 403 200 403 403 302 403 403 200
emergencies    403 403 403 403 403 200 200 403 302 403 403 200
emergency_answer 405 405 405 405 405 405 405 405 302 405 405 405
retention      403 403 200 403 403 200 403 403 302 403 403 200
erasure        404 404 200 404 404 200 404 404 302 404 404 200
erasure_answer 405 405 405 405 405 405 405 405 302 405 405 405
lift_hold      405 405 405 405 405 405 405 405 302 405 405 405
erase_case     403 403 403 403 403 403 404 404 302 403 403 403
erase_record   404 404 200 404 404 404 404 404 302 404 404 404
inspections    403 403 403 403 403 200 403 403 302 403 403 200
inspection     404 404 404 404 404 200 404 404 302 404 404 404
inspection_add 404 404 404 404 404 200 404 404 302 404 404 404
deputies       200 200 200 200 200 200 200 200 302 200 200 200
appoint_deputy 200 200 403 403 403 403 403 403 302 403 403 403
end_deputy     405 405 405 405 405 405 405 405 302 405 405 405
authorisation  200 200 404 404 404 200 404 200 302 404 404 200
trail          403 403 403 403 403 200 403 403 302 403 403 200
trail_csv      403 403 403 403 403 200 403 403 302 403 403 200
verify         405 405 405 405 405 405 405 405 302 405 405 405
desk           403 403 403 403 403 200 403 403 302 403 403 200
desk_ask       405 405 405 405 405 405 405 405 302 405 405 405
ready_question 403 403 403 403 403 200 403 403 302 403 403 200
asked_questions 403 403 403 403 403 200 403 403 302 403 403 200
asked_question 403 403 403 403 403 404 403 403 302 403 403 404
asked_question_file 403 403 403 403 403 404 403 403 302 403 403 404
asked_question_export 405 405 405 405 405 405 405 405 302 405 405 405
checkpoints    403 403 403 403 403 200 403 403 302 403 403 200
checkpoint_now 405 405 405 405 405 405 405 405 302 405 405 405
checkpoint     403 403 403 403 403 404 403 403 302 403 403 404
checkpoint_code 403 403 403 403 403 404 403 403 302 403 403 404
checkpoint_note 403 403 403 403 403 404 403 403 302 403 403 404
case_evidence  403 403 403 403 403 200 403 403 302 403 403 403
verification   403 403 403 403 403 200 403 403 302 403 403 200
inquiry        403 403 403 403 403 404 403 403 302 403 403 404
inquiry_work   405 405 405 405 405 405 405 405 302 405 405 405
inquiry_progress 403 403 403 403 403 404 403 403 302 403 403 404
inquiry_file   403 403 403 403 403 404 403 403 302 403 403 404
admin:index    302 302 302 302 302 302 200 302 302 302 302 302
"""
HEADER, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
EXPECTED = {name: dict(zip(HEADER, map(int, cells), strict=True)) for name, *cells in ROWS}
PROCEDURE = ("start_at", "begin_without", "procedure_bpmn", "procedure_figures")
IMPORT = ("people_import_file", "people_import_progress", "people_import_work")
#: Addresses of a feed that was closed and of a notice that nobody got.
NOBODYS: dict[str, list[Any]] = {"calendar_feed": ["closed-long-ago"], "notice": [0]}
INQUIRIES = (
    "checkpoint", "checkpoint_code", "checkpoint_note",
    "inquiry", "inquiry_work", "inquiry_progress", "inquiry_file",
    "asked_question", "asked_question_export",
)  # fmt: skip
TALK = ("talk", "talk_edit", "talk_withdraw", "talk_move")
CASE_POSTS = (
    *TALK,
    "case_action", "upload", "task", "take", "give_back", "hand", "hand_in", "put_off",
)  # fmt: skip
CASE_GETS = (
    *TALK, "talk_file",
    "case_trail", "case_replay", "case_step", "case_action", "upload", "task",
    "download", "hand", "put_off",
)  # fmt: skip


#: Arguments that no case decides.
FIXED: dict[str, list[Any]] = {
    "procedure": ["appointment_in_place"],
    "procedure_bpmn": ["appointment_in_place"],
    "drop_draft": [1],
    "start_at": ["appointment_in_place"],
    "begin_without": ["appointment_in_place"],
    "cases_file": ["csv"],
    "people_file": ["xlsx"],
    "all_positions_file": ["xlsx"],
    "people_template": ["people.xlsx"],
    "ready_question": ["refusals"],
    "asked_question_file": [1, "csv"],
}


def talk_rows(walk: Walk, world: World) -> dict[str, list[Any]]:
    """What somebody has said in the case, with a file."""
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF\n")
    comment = say(walk.case, by=world["oc_clerk"], text="Đã xem.", files=[file])
    case = walk.case.pk
    told = {key: [case, comment.pk] for key in ("talk_edit", "talk_withdraw", "talk_move")}
    return {"talk": [case], "talk_file": [case, comment.attachments.get().pk], **told}


def inspection_rows(walk: Walk, world: World) -> dict[str, list[Any]]:
    """An inspection of the case, for its page and for what is added to it."""
    made = inspect(world.units["P26"], [walk.case], by=world["inspector"]).case.pk
    return {"inspection": [made], "inspection_add": [made, "finding"]}


def erasure_rows(walk: Walk, world: World) -> dict[str, list[Any]]:
    """An order about the record of somebody who has left, and a case that goes on."""
    person = make_cadre(world.units["SNV"])
    person.posthelds.update(until=today() - timedelta(days=1))
    order = ask_erasure(
        person, [places_of(person)[0].key], by=world["oc_clerk"], authority="Ban Thường vụ",
        document="15-QĐ/TU", issued_on=today(), reason="Theo đơn.",
    )  # fmt: skip
    asked = {key: [order.pk] for key in ("erasure", "erasure_answer")}
    return asked | {
        "lift_hold": [0], "erase_case": [walk.case.pk], "erase_record": [person.pk],
    }  # fmt: skip


def names(patterns: list[Any]) -> Iterator[str]:
    """Names of all addresses; of the administration's only the first page."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name or str(pattern.pattern)
        elif pattern.namespace == "admin":
            yield "admin:index"
        else:
            yield from names(pattern.url_patterns)


def arguments_about(walk: Walk, world: World) -> dict[str, list[Any]]:
    """What the addresses name, with a row made of each kind that none stands for yet."""
    case, task = walk.case.pk, walk.task("appraise").pk
    paper = walk.case.documents.exclude(item="vote_summary").earliest("pk")
    item = next(line.code for line in checklist(walk.case, on=today()) if line.form == "upload")
    sent = PeopleImport.objects.create(by=world["oc_clerk"], name="x.xlsx", sha256="0")
    return {
        **FIXED,
        **talk_rows(walk, world),
        **{key: ["appointment_in_place"] for key in PROCEDURE},
        **{key: [case] for key in ("case", "case_trail", "case_replay", "verify", "case_evidence")},
        "sign_in_as": [world["clerk"].pk],
        "case_action": [case, "withdraw"],
        "case_step": [case, "appraise"],
        "event_log": ["xes"],
        "upload": [case, item],
        **{
            key: [1]
            for key in ("filter_removed", "filter_first", "training_line", "emergency_answer")
        },
        "task": [case, task],
        "hand": [task, "hand-over"],
        **{key: [task] for key in ("take", "give_back", "hand_in", "get_back", "put_off")},
        "download": [paper.pk],
        "begin": ["appointment_in_place", world.positions["state"].pk],
        **{key: [1] for key in INQUIRIES},
        "person": [walk.case.candidate_id],
        "unit": [walk.case.unit_id],
        "positions_file": [walk.case.unit_id, "csv"],
        "unit_standards": [world.units["SNV"].pk],
        "unit_standards_file": [world.units["SNV"].pk, "csv"],
        "cadre_standards": [walk.case.candidate.pk],
        **{key: [sent.pk] for key in IMPORT},
        **erasure_rows(walk, world),
        **inspection_rows(walk, world),
        "rotation_board_file": ["csv"],
        "missions_file": ["xlsx"],
        **(rotation_rows(world) | deputy_rows(world)),
    }


@pytest.fixture(scope="module")
def addresses(road: Road) -> dict[str, str]:
    """An address under every name, about the case that stands at the appraisal.

    Made once: all tests of a module that asks for them begin there.
    """
    walk, world = Walk(road.to(STEPS.index("appraise"))), road.world
    give_family(walk, world)
    arguments = arguments_about(walk, world) | NOBODYS
    return {name: reverse(name, args=arguments.get(name)) for name in EXPECTED}


def give_family(walk: Walk, world: World) -> None:
    """The candidate is the Party secretary, and has relatives where cases are decided and read."""
    candidate = walk.case.candidate
    candidate.user = world["party"]
    candidate.save()
    world.people["kin_inspector"] = inspector = make_user("kin_inspector")
    grant(inspector, Role.INSPECTOR, world.units["P26"], by=None, since=SINCE)
    for relative in (world["standing"].cadre, make_cadre(world.units["UBKTTU"], inspector)):
        Kinship.objects.create(cadre=candidate, relative=relative, relation="anh em ruột")


def client_of(who: str, browser: Browser) -> Client:
    return Client() if who == "anonymous" else browser(who)


def test_every_address_is_in_the_table() -> None:
    assert sorted(names(get_resolver().url_patterns)) == sorted(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_everybody_gets_what_the_table_says(
    name: str, addresses: dict[str, str], browser: Browser
) -> None:
    given = {
        key: client_of(who, browser).get(addresses[name]).status_code
        for key, who in PERSONAS.items()
    }
    assert given == EXPECTED[name]


@pytest.mark.parametrize("name", [name for name, row in EXPECTED.items() if row["cl"] != row["an"]])
def test_who_has_not_signed_in_is_asked_to(
    name: str, addresses: dict[str, str], walk: Walk
) -> None:
    for send in (Client().get, Client().post):
        assert send(addresses[name]).url == f"{reverse('login')}?next={addresses[name]}"


@pytest.mark.parametrize("who", ["stranger", "admin"])
@pytest.mark.parametrize("name", CASE_POSTS)
def test_to_a_stranger_who_sends_a_form_the_case_does_not_exist(
    name: str, who: str, addresses: dict[str, str], browser: Browser, walk: Walk
) -> None:
    before = walk.case.entries.count()
    assert browser(who).post(addresses[name], {"outcome": "recommend"}).status_code == 404
    assert walk.case.entries.count() == before


@pytest.mark.parametrize(
    "who", [w for w in PERSONAS.values() if w not in ("inspector", "anonymous")]
)
def test_only_inspectors_verify(who: str, addresses: dict[str, str], browser: Browser) -> None:
    assert browser(who).post(addresses["verify"]).status_code == 403


def test_an_inspector_verifies(addresses: dict[str, str], browser: Browser) -> None:
    assert browser("inspector").post(addresses["verify"]).url == addresses["case_trail"]


@pytest.mark.parametrize("name", [name for name, row in EXPECTED.items() if row["ad"] == 404])
def test_a_case_is_as_absent_for_a_superuser(
    name: str, addresses: dict[str, str], browser: Browser, world: World
) -> None:
    User.objects.filter(pk=world["admin"].pk).update(is_superuser=True, is_staff=True)
    assert browser("admin").get(addresses[name]).status_code == 404


def refusals(walk: Walk) -> list[User]:
    return [entry.by for entry in walk.case.entries.filter(event=Event.REFUSED)]


@pytest.mark.parametrize("who", CONCERNED)
@pytest.mark.parametrize("name", CASE_GETS)
def test_looking_into_the_own_case_is_refused_with_the_reason_and_entered_once(
    name: str, who: str, addresses: dict[str, str], browser: Browser, walk: Walk, world: World
) -> None:
    client = browser(who)
    said = [client.get(addresses[name]).content.decode() for _time in range(2)]
    assert all("Its dossier, results and trail are closed to you" in page for page in said)
    assert refusals(walk) == [world[who]]


@pytest.mark.parametrize("who", CONCERNED)
@pytest.mark.parametrize("name", [*CASE_POSTS, "verify"])
def test_every_form_that_is_sent_in_the_own_case_is_refused_with_one_entry(
    name: str, who: str, addresses: dict[str, str], browser: Browser, walk: Walk, world: World
) -> None:
    before = walk.case.entries.count()
    client, form = browser(who), {"outcome": "recommend", "reason": "x"}
    assert [client.post(addresses[name], form).status_code for _time in range(2)] == [403, 403]
    written = 0 if name == "verify" and who != "kin_inspector" else 2
    assert refusals(walk) == [world[who]] * written
    assert walk.case.entries.count() == before + written
