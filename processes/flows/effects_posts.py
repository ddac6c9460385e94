"""What becomes of the posts of somebody who is appointed in the unit where they work."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from permissions.checks import today
from processes.cases.models import Case
from processes.flows import effects
from processes.flows.effects import Facts
from processes.flows.keeping import leave, remember
from processes.steps.base import StepActivation
from processes.steps.forms_appointment import LEFT
from processes.steps.terms import posts_beside


def promulgated(
    activation: StepActivation, *, effective_on: Any, former_posts: Mapping[str, str], **said: Any
) -> Facts:
    """Keep which posts the person leaves; the entry says of each its end before and now."""
    effects.promulgated(activation, effective_on=effective_on, **said)
    case = activation.process
    held = posts_beside(case.post, case.candidate)
    if {str(post.pk) for post in held} != set(former_posts):
        raise ValidationError(
            _("The posts that %(person)s holds have changed meanwhile: open the step again.")
            % {"person": case.candidate}
        )
    left = [post.pk for post in held if former_posts[str(post.pk)] == LEFT]
    if left:
        remember(case, left_posts=left)
    ends = effective_on.isoformat()
    return {
        "former_posts": [
            {"held": post.pk, "post": f"{post.title}, {post.unit}", "old": None,
             "new": ends if post.pk in left else None}
            for post in held
        ]
    }  # fmt: skip


def record_updated(case: Case) -> str:
    """Enter the new post; those that the promulgation says are left end on that day."""
    left = case.facts.get("left_posts")
    if left and case.candidate:
        since = today().fromisoformat(case.facts["effective_on"])
        leave(case.candidate, case.candidate.posthelds.filter(pk__in=left), on=since)
    return effects.record_updated(case)
