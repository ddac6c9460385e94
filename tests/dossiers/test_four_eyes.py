"""Whoever adds a paper to a dossier does not judge it, though adding one is no step."""

import pytest

from permissions.catalogue import Act
from permissions.errors import Refused
from permissions.models import User
from processes.audit.models import Event
from processes.demo.stories import advance
from processes.demo.walk import Walk
from processes.steps.actions import perform, take
from processes.steps.bars import COMPILE, FOUR_EYES, UPLOAD
from processes.steps.known import Known
from processes.steps.who_can import who_can
from tests.dossiers.papers import add
from tests.world import World


def may(walk: Walk, step: str, person: User) -> set[bool]:
    """Asked of one task, of a list of tasks, and of who can."""
    task = walk.task(step)
    listed = Known.of_all(person, [task])[task.pk]
    return {
        not task.flow_task.why_not(person, task),
        not task.flow_task.why_not(person, task, listed),
        person in who_can(walk.case, [(task.act, task.unit_id)])[task.act, task.unit_id],
    }


@pytest.mark.stands("check_dossier")
def test_whoever_checks_dossiers_may_as_long_as_they_added_nothing(
    walk: Walk, world: World
) -> None:
    advance(walk, "check_dossier")
    assert may(walk, "check_dossier", world["oc_clerk"]) == {True}
    add(walk.case, world["oc_clerk"])
    assert may(walk, "check_dossier", world["oc_clerk"]) == {False}


@pytest.mark.stands("appraise")
def test_whoever_appraises_is_refused_with_an_entry_once_they_have_added_a_paper(
    walk: Walk, world: World
) -> None:
    advance(walk, "appraise")
    assert may(walk, "appraise", world["oc_head"]) == {True}
    take(walk.task("appraise").pk, by=world["oc_head"])
    add(walk.case, world["oc_head"])
    assert may(walk, "appraise", world["oc_head"]) == {False}
    with pytest.raises(Refused, match="You prepared papers of this case"):
        perform(walk.task("appraise").pk, by=world["oc_head"], data={"outcome": "recommend"})
    assert walk.case.entries.latest("seq").event == Event.REFUSED


@pytest.mark.stands("appraise")
def test_a_document_that_a_step_has_drawn_up_bars_nobody(walk: Walk, world: World) -> None:
    advance(walk, "appraise")
    walk.case.documents.filter(generated=True).update(uploaded_by=world["oc_head"])
    assert may(walk, "appraise", world["oc_head"]) == {True}


@pytest.mark.parametrize("act", sorted(FOUR_EYES))
def test_what_bars_a_preparer_bars_whoever_adds_papers_but_from_ones_own_paper(act: str) -> None:
    own = {Act.COMMENT, Act.OPINE, Act.HEAD_DECIDE}
    prepared = Act.PREPARE in FOUR_EYES[act]
    assert bool(FOUR_EYES[act] & {UPLOAD, COMPILE}) == (prepared and act not in own)


@pytest.mark.stands("committee_opinion")
def test_the_committee_comments_although_it_adds_its_comment_to_the_dossier(
    walk: Walk, world: World
) -> None:
    advance(walk, "committee_opinion")
    add(walk.case, world["party"], "committee_comment")
    task = walk.task("committee_opinion")
    assert (task.act, task.flow_task.why_not(world["party"], task)) == (Act.COMMENT, "")
