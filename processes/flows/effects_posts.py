"""What becomes of the posts of somebody who is given another one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from processes.flows import effects, effects_nomination
from processes.flows.effects import Facts
from processes.flows.keeping import remember
from processes.steps.base import StepActivation
from processes.steps.forms_posts import LEFT

Answers = Mapping[str, str]


def promulgated(
    activation: StepActivation, *, effective_on: date, former_posts: Answers, **said: Any
) -> Facts:
    """Keep which posts the person leaves on the day on which the decision takes effect."""
    effects.promulgated(activation, effective_on=effective_on, **said)
    return posts_answered(activation, former_posts, on=effective_on, field="effective_on")


def result_answered(
    activation: StepActivation, *, former_posts: Answers | None = None, **said: Any
) -> Facts:
    """Keep the answer, and which posts those leave whom it gives another one.

    A refusal gives nobody a post and asks about none.
    """
    effects_nomination.superior_answered(activation, **said)
    if former_posts is None:
        return None
    day = said["effective_on"]
    return posts_answered(activation, former_posts, on=day, field="effective_on")


def posts_answered(
    activation: StepActivation, answers: Answers, *, on: date, field: str
) -> dict[str, Any]:
    """Keep which posts are left; the entry says of each its end before and now.

    `field` is where the form asks for the day. Raises ValidationError when the posts have changed.
    """
    held = activation.flow_task.choices_of(activation.process)
    if {str(post.pk) for post in held} != set(answers):
        raise ValidationError(
            _("The posts that are held have changed meanwhile: open the step again.")
        )
    left = [post for post in held if answers[str(post.pk)] == LEFT]
    for post in left:
        if on < post.since:
            said = _("“%(post)s” is held since %(since)s: nobody leaves it before that day.")
            when = {"post": post.title, "since": f"{post.since:%d/%m/%Y}"}
            raise ValidationError({field: said % when})
    if left:
        remember(activation.process, left_posts=[post.pk for post in left])
    return {
        "former_posts": [
            {"held": post.pk, "cadre": post.cadre_id, "post": f"{post.title}, {post.unit}",
             "old": None, "new": on.isoformat() if post in left else None}
            for post in held
        ]
    }  # fmt: skip
