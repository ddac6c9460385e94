"""What is asked for, what is there, and what is fresh on the day that counts."""

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import translation

from permissions.checks import today
from processes.cases.rules import rules_of
from processes.demo.stories import advance
from processes.dossiers.checklist import asked_for, checklist, expiring, problems
from processes.dossiers.models import Document
from tests.dossiers.papers import add

DAY = relativedelta(days=1)


def line_of(case, code, on=None):
    return next(line for line in checklist(case, on=on or today()) if line.code == code)


@pytest.fixture
def valid(case):
    """For how long a health certificate is valid under the edition of the case."""
    item = rules_of(case).value("dossier.items.health_certificate")
    return relativedelta(months=item["valid_months"])


def test_it_has_every_item_of_the_edition(case):
    lines = {line.code for line in checklist(case, on=today())}
    assert lines == {code for code, _name, _item in asked_for(rules_of(case))}


def test_a_stage_asks_only_for_what_is_due_before_it(case):
    early = {line.code for line in checklist(case, on=today(), stage="a10")}
    assert early == {"committee_comment", "complaint_verdict"}
    assert len(checklist(case, on=today(), stage="a12")) > len(early)


def test_what_is_missing_is_said_once_for_each_paper(case):
    assert len(problems(case, on=today(), stage="a10")) == 1


@pytest.mark.parametrize(("language", "name"), [("vi", "Sơ yếu"), ("en", "Curriculum")])
def test_papers_are_named_in_the_language_of_the_reader(case, language, name):
    with translation.override(language):
        assert line_of(case, "cv").title.startswith(name)


def test_a_paper_that_is_there_is_no_problem(case, world):
    paper = add(case, world["clerk"])
    line = line_of(case, "cv")
    assert (line.document, line.problem, line.fresh) == (paper, "", True)


@pytest.mark.parametrize(("late", "fresh"), [(0, True), (1, False)])
def test_a_paper_is_fresh_up_to_its_last_day(case, world, valid, late, fresh):
    issued = today() - valid - late * DAY
    add(case, world["clerk"], "health_certificate", issued_on=issued)
    line = line_of(case, "health_certificate")
    assert (line.fresh, bool(line.problem)) == (fresh, not fresh)


def test_freshness_counts_on_the_day_of_the_submission_once_it_was_received(case, world, valid):
    add(case, world["clerk"], "health_certificate", issued_on=today() - valid)
    later = today() + 30 * DAY
    assert line_of(case, "health_certificate", later).fresh is False
    case.dossier_received_on = today()
    assert line_of(case, "health_certificate", later).fresh is True


def test_what_expires_before_the_meeting_is_told(case, world, valid):
    issued = today() - valid + 5 * DAY
    add(case, world["clerk"], "health_certificate", issued_on=issued)
    # Not today and five days: six months after the 31st is another day than the 31st.
    told = [expiring(case, on=today(), until=issued + valid + n * DAY) for n in (0, 1)]
    assert [[line.code for line in lines] for lines in told] == [[], ["health_certificate"]]


def test_the_latest_version_answers_and_all_are_shown(case, world):
    first, second = add(case, world["clerk"]), add(case, world["clerk"])
    line = line_of(case, "cv")
    assert (line.document, line.versions) == (second, (first, second))


def test_papers_about_another_candidate_do_not_count(case, world):
    add(case, world["clerk"], cadre=world.candidates[0])
    case.candidate = world.candidates[1]
    line = line_of(case, "cv")
    assert (line.document, len(line.versions)) == (None, 1)


def test_papers_about_the_same_candidate_count_in_the_next_round(case, world):
    paper = add(case, world["clerk"], cadre=world.candidates[0])
    case.candidate, case.round = world.candidates[0], 2
    assert line_of(case, "cv").document == paper


def test_the_committees_comment_is_asked_for_again_in_the_next_round(walk, world):
    case = walk.case
    add(case, world["party"], "committee_comment")
    assert problems(case, on=today(), stage="a10") == []
    case.round = 2
    assert len(problems(case, on=today(), stage="a10")) == 1


@pytest.mark.parametrize(("again", "counts"), [("a07", False), ("a10", True)])
def test_the_committees_comment_counts_unless_nominees_are_voted_on_again(
    walk, world, again, counts
):
    case = walk.case
    paper = add(case, world["party"], "committee_comment")
    case.facts["voted_again"] = [{"round": case.round, "from": again, "papers": paper.pk}]
    assert bool(line_of(case, "committee_comment").document) is counts
    newer = add(case, world["party"], "committee_comment")
    assert line_of(case, "committee_comment").document == newer


def test_a_personal_paper_of_nobody_counts_for_nobody(walk, world):
    paper = add(walk.case, world["clerk"], cadre=world.candidates[0])
    assert line_of(walk.case, "cv").document is None
    Document.objects.filter(pk=paper.pk).update(cadre=None)
    walk.case.candidate = world.candidates[0]
    assert line_of(walk.case, "cv").document is None


def test_a_paper_needed_where_there_is_one_is_never_missing(case):
    line = line_of(case, "complaint_verdict")
    assert (line.needed, line.problem) == (False, "")


def test_count_minutes_answer_without_an_upload(walk):
    advance(walk, "assemble_dossier")
    assert line_of(walk.case, "vote_summary").document.generated


def test_it_takes_few_queries_however_many_papers_there_are(
    case, world, django_assert_max_num_queries
):
    for _n in range(5):
        add(case, world["clerk"])
    with django_assert_max_num_queries(4):
        checklist(case, on=today())


def test_count_minutes_of_the_standing_committee_are_none_of_the_unit(walk):
    advance(walk, "conference_1")
    line = line_of(walk.case, "vote_summary")
    assert (line.document, len(line.versions)) == (None, 1)
