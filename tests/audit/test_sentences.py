"""What an entry says, and that every event can say something."""

import pytest
from django.utils import translation

from permissions.catalogue import EXCLUSIVE, Role
from permissions.grants import grant
from processes.audit.models import AuditEntry, Event
from processes.audit.sentences import PLACEHOLDER, WORDS, Labels, Names, names_of, sentence
from processes.audit.wording import SENTENCES
from tests import make

LABELS = Labels(
    steps={"request": "Request policy"},
    outcomes={"submit": "Submit"},
    terms={"deadlines.process": "The whole procedure"},
)
NAMES = Names(LABELS, people={1: "Trần Thử An", 2: "Lê Thử Bình"}, units={3: "Sở Thử"})


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def said(event, **columns):
    return sentence(AuditEntry(event=event, **{"by_id": 1} | columns), NAMES)


def placeholders(form):
    with translation.override(None):
        return set(PLACEHOLDER.findall(str(form)))


def test_every_event_has_its_sentences():
    assert set(SENTENCES) == set(Event)


@pytest.mark.parametrize("event", Event)
def test_every_word_of_a_sentence_can_be_found(event):
    assert set().union(*map(placeholders, SENTENCES[event])) <= set(WORDS)


@pytest.mark.parametrize("event", Event)
def test_every_event_can_be_told_of_an_entry_without_facts(event):
    assert "%" not in said(event)
    assert placeholders(SENTENCES[event][-1]) <= {"who"}


@pytest.mark.parametrize("event", Event)
def test_fuller_sentences_come_first(event):
    sizes = [len(placeholders(form)) for form in SENTENCES[event]]
    assert sizes == sorted(sizes, reverse=True)


def test_a_step_is_told_with_role_outcome_and_reason():
    text = said("concluded", role="unit_clerk", step="request", outcome="submit", reason="100 % đủ")
    assert text == (
        "Trần Thử An (Personnel clerk of the unit) concluded “Request policy”: Submit. "
        "Reason: 100 % đủ"
    )


def test_whoever_acts_for_another_says_so():
    assert said("read", behalf_id=2) == "Trần Thử An on behalf of Lê Thử Bình read the dossier."


def test_the_clock_has_no_name():
    assert said("concluded", by_id=None).startswith("The system concluded")


def test_days_are_written_as_in_documents():
    facts = {"rule": "deadlines.process", "due_on": "2026-02-01"}
    told = "A reminder was sent: The whole procedure, due on 01/02/2026."
    assert said("reminded", by_id=None, facts=facts) == told


def test_changed_data_are_told_with_old_and_new():
    facts = {
        "model": "processes.unit", "label": "Sở Thử", "old": {"name": "Sở"},
        "new": {"name": "Sở Thử", "code": "S"},
    }  # fmt: skip
    told = "Trần Thử An changed unit “Sở Thử”: name: Sở → Sở Thử; code: – → S."
    assert said("changed", facts=facts) == told


def test_a_changed_row_is_told_in_words_and_not_in_columns():
    facts = {
        "model": "processes.position", "label": "Phó giám đốc",
        "old": {"kind": "party", "is_head": False, "valid_to": None, "title": "A", "gone": 1},
        "new": {"kind": "state", "is_head": True, "valid_to": "2026-07-01",
                "title": "A", "gone": 2},
    }  # fmt: skip
    told = "kind: Party post → State post; head of the unit: no → yes; valid to: – → 01/07/2026"
    assert f"{told}; gone: 1 → 2." in said("changed", facts=facts)


def test_an_unknown_code_stands_for_itself():
    assert said("concluded", step="old_step", outcome="x") == (
        "Trần Thử An concluded “old_step”: x."
    )
    assert "no. 9" in said("granted", unit_id=3, facts={"user": 9, "role": "r", "from": "f"})


@pytest.mark.parametrize("value", [[1], {"a": 1}, True, "?", 1.5])
def test_odd_facts_do_not_break_a_page(value):
    facts = dict.fromkeys([*WORDS, "role"], value)
    assert all(said(event, facts=facts | {"old": {}, "new": {}}) for event in Event)


@pytest.mark.django_db
def test_names_are_read_in_few_queries_however_many_entries(django_assert_max_num_queries):
    unit, person = make.unit(), make.user(last_name="Lê Thử", first_name="Chi")
    for role in [role for role in Role if not EXCLUSIVE.get(role)]:
        grant(person, role, unit, by=None, since=make.SINCE)
    with django_assert_max_num_queries(4):
        entries = list(AuditEntry.objects.order_by("seq"))
        names = names_of(entries, LABELS)
    assert sentence(entries[0], names) == (
        f"The system gave Lê Thử Chi the role “Personnel clerk of the unit” at {unit} "
        "from 01/01/2015."
    )
