"""What becomes of the posts that somebody holds already who is appointed in place."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from permissions.checks import today
from processes.audit.models import AuditEntry
from processes.cases.models import Case, Clock
from processes.demo.stories import promulgate
from processes.demo.walk import Walk
from processes.organisation.people import PostHeld
from processes.organisation.positions import Position
from processes.organisation.staffing import staffed, vacant_seats
from processes.pages.entries import told
from processes.steps.forms_posts import KEPT, LEFT, POST
from tests.world import SINCE, World

pytestmark = pytest.mark.stands("promulgate")


@pytest.fixture
def former(walk: Walk) -> PostHeld:
    """The one post that the candidate of the small world holds."""
    return walk.case.candidate.posthelds.get(until__isnull=True)


@pytest.fixture
def deputy(walk: Walk, world: World) -> PostHeld:
    """A post of the structure that the candidate holds besides, with its term."""
    post = Position.objects.create(
        code="SNV-P", unit=world.units["SNV"], title="Phó Giám đốc", group=world.group,
        kind=Position.Kind.STATE, valid_from=SINCE,
    )  # fmt: skip
    return PostHeld.objects.create(
        cadre=walk.case.candidate, position=post, title=post.title, group=post.group,
        unit=post.unit, since=SINCE, term_ends_on=today() + timedelta(days=400),
    )  # fmt: skip


def until(post: PostHeld) -> date | None:
    post.refresh_from_db()
    return post.until


def entry(case: Case) -> AuditEntry:
    return AuditEntry.objects.get(case=case, step="promulgate", event="concluded")


def said(case: Case) -> str:
    with translation.override("en"):
        return told([entry(case)])[0].sentence


@pytest.mark.usefixtures("deputy")
def test_each_post_is_asked_about_and_nothing_is_chosen_beforehand(walk: Walk) -> None:
    task = walk.task("promulgate")
    form = task.flow_task.form_class(task=task, user=walk.actor(task))
    asked = [field for name, field in form.fields.items() if name.startswith(POST)]
    assert [(field.initial, field.required) for field in asked] == [(None, True)] * 2


def test_without_an_answer_nothing_is_promulgated(walk: Walk, former: PostHeld) -> None:
    with pytest.raises(ValidationError, match=f"{POST}{former.pk}"):
        walk.do("promulgate", "done", effective_on=today(), announced_at="Hội trường")
    assert walk.at == ["promulgate"]


def test_a_post_that_is_left_ends_on_the_day_of_effect(walk: Walk, former: PostHeld) -> None:
    later = today() + timedelta(days=20)
    promulgate(walk, LEFT, effective_on=later)
    assert (walk.case.outcome, until(former)) == ("appointed", later)


def test_a_post_that_is_kept_goes_on(walk: Walk, former: PostHeld) -> None:
    promulgate(walk, KEPT)
    assert (walk.case.outcome, until(former)) == ("appointed", None)


def test_the_seat_of_a_post_that_is_left_is_free_from_that_day(
    walk: Walk, deputy: PostHeld
) -> None:
    later = today() + timedelta(days=20)
    promulgate(walk, LEFT, effective_on=later)
    here = Position.objects.filter(pk=deputy.position_id)
    seats = [vacant_seats(staffed(here, day).get()) for day in (later - timedelta(days=1), later)]
    assert seats == [0, 1]


@pytest.mark.parametrize(("answer", "waits"), [(LEFT, False), (KEPT, True)])
def test_nobody_waits_for_the_end_of_a_term_that_is_left(
    walk: Walk, deputy: PostHeld, answer: str, waits: bool
) -> None:
    before = Case.objects.create(
        flow_class=type(walk.case.flow_class.instance), code="BN-X", position=deputy.position,
        candidate=deputy.cadre, unit=deputy.unit, province=walk.case.province,
        opened_on=SINCE, editions=walk.case.editions, title="x",
    )  # fmt: skip
    clock = Clock.objects.create(
        case=before, rule="reappointment_notice", started_on=SINCE, due_on=deputy.term_ends_on
    )
    promulgate(walk, answer)
    clock.refresh_from_db()
    assert (clock.stopped_on is None) is waits


def test_the_trail_says_how_long_a_post_was_held_before_and_now(
    walk: Walk, former: PostHeld
) -> None:
    promulgate(walk, LEFT)
    (post,) = entry(walk.case).facts["former_posts"]
    assert (post["held"], post["old"], post["new"]) == (former.pk, None, today().isoformat())
    day = f"{today():%d/%m/%Y}"
    assert f"Trưởng phòng, {former.unit}, until: – → {day}" in said(walk.case)


def test_the_trail_says_that_a_post_is_kept(walk: Walk, former: PostHeld) -> None:
    promulgate(walk, KEPT)
    assert f"Trưởng phòng, {former.unit}: kept" in said(walk.case)


def test_whoever_holds_nothing_is_asked_nothing(walk: Walk) -> None:
    PostHeld.objects.filter(cadre=walk.case.candidate).update(until=today())
    walk.do("promulgate", "done", effective_on=today(), announced_at="Hội trường")
    assert walk.case.outcome == "appointed"


def test_a_post_entered_meanwhile_stops_the_step(
    walk: Walk, former: PostHeld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def enter(*args: object, **kwargs: object) -> None:
        former.pk = None
        former.save(force_insert=True)

    monkeypatch.setattr("processes.flows.effects.promulgated", enter)
    with pytest.raises(ValidationError, match=r"meanwhile|thay đổi"):
        promulgate(walk, LEFT)
    assert walk.at == ["promulgate"]
