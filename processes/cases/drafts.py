"""Drafts of forms: kept, found again, forgotten; never anybody else's, and no part of a case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from permissions.models import User
from processes.cases.bars import closed_cases
from processes.cases.models import Case, CaseTask, Draft

#: How long a draft is kept after its last change.
KEPT_FOR = timedelta(days=settings.DRAFT_DAYS)
#: A title is shortened to what its column holds.
TITLE = 300


class Newer(Exception):
    """The same person has kept a later draft in another window; it is not overwritten."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.draft = draft


@dataclass(frozen=True)
class Place:
    """Which form a draft belongs to."""

    address: str
    part: str = ""
    title: str = ""
    case: Case | None = None
    task: CaseTask | None = None


@dataclass(frozen=True)
class Typed:
    """What a person has typed, on what they saw: the version of their draft, and the case."""

    data: Mapping[str, Any]
    version: int | None = None
    seen: int = 0
    offered: Mapping[str, Any] = field(default_factory=dict)


def place_of(task: CaseTask, part: str = "", word: str = "") -> Place:
    """The form of a task, or one of its parts, which has a word of its own."""
    words = ", ".join(filter(None, [str(task.flow_task.task_title), word]))
    address = reverse("task", args=[task.process_id, task.pk])
    return Place(address, part, f"{task.process.code}: {words}", task.process, task)


def draft_of(place: Place, user: User) -> Draft | None:
    """The person's draft of this form, if they have one."""
    return Draft.objects.filter(by=user, address=place.address, part=place.part).first()


@transaction.atomic
def save_draft(place: Place, *, by: User, typed: Typed) -> Draft:
    """Keep what the person has typed so far. Raises Newer when another window kept it later.

    What they saw when they began stays as it was at the first keeping.
    """
    draft, made = Draft.objects.select_for_update(no_key=True).get_or_create(
        by=by,
        address=place.address,
        part=place.part,
        defaults={
            "title": place.title[:TITLE],
            "task": place.task,
            "case": place.case,
            "data": dict(typed.data),
            "seen": typed.seen,
            "offered": dict(typed.offered),
        },
    )
    if made:
        return draft
    if typed.version is not None and draft.version > typed.version:
        raise Newer(draft)
    draft.data, draft.version = dict(typed.data), draft.version + 1
    draft.save(update_fields=["data", "version", "saved_at"])
    return draft


def pass_draft(task: CaseTask, *, by: User, to: User, data: Mapping[str, Any] | None) -> None:
    """Let what was typed last into the form of a task be the draft of somebody else."""
    mine = Draft.objects.filter(task=task, by=by).order_by("-saved_at").first()
    typed = data if data is not None else mine.data if mine else None
    Draft.objects.filter(task=task, by=by).delete()
    if typed is not None:
        save_draft(place_of(task, typed.get("part", "")), by=to, typed=Typed(typed))


def forget_draft(place: Place, *, by: User) -> None:
    """Throw the draft of a form away, because it was sent."""
    Draft.objects.filter(by=by, address=place.address, part=place.part).delete()


def drafts_of(user: User) -> QuerySet[Draft]:
    """The person's drafts, but none of a case that they may no longer read."""
    known = Case.objects.visible_to(user).exclude(pk__in=closed_cases(user))
    own_steps = Q(task__owner=user, task__finished__isnull=True)
    found = Draft.objects.filter(Q(case__isnull=True) | Q(case__in=known) | own_steps, by=user)
    return found.select_related("case").order_by("-saved_at", "-pk")


def drop_stale_drafts() -> int:
    """Delete drafts that nobody has touched for longer than they are kept."""
    deleted, _kinds = Draft.objects.filter(saved_at__lt=timezone.now() - KEPT_FOR).delete()
    return deleted
