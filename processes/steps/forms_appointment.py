"""Forms of an appointment in place that other appointments do not have."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from processes.organisation.people import PostHeld
from processes.steps.forms import PromulgateForm
from processes.steps.terms import posts_beside

KEPT, LEFT = "kept", "left"
#: Begins the name of the field that asks about one post.
POST = "post_"


class PromulgatePostsForm(PromulgateForm):
    """The promulgation, and of each post that the person holds whether they keep it.

    No text was found that says it of every post (procedures.md 12.1, a20, is silent), so nothing
    is chosen beforehand.
    """

    def prepare(self) -> None:
        """Ask about each post by itself."""
        super().prepare()
        for post in posts_beside(self.case.post, self.case.candidate):
            self.fields[f"{POST}{post.pk}"] = _kept_or_left(post)
        self.order_fields(["effective_on", "announced_at", *self._asked(), "outcome", "reason"])

    def clean(self) -> dict[str, Any]:
        """One answer for each post, by its number."""
        cleaned = super().clean() or self.cleaned_data
        said = {name.removeprefix(POST): cleaned.pop(name, "") for name in self._asked()}
        return cleaned | {"former_posts": said}

    def _asked(self) -> list[str]:
        return [name for name in self.fields if name.startswith(POST)]


def _kept_or_left(post: PostHeld) -> forms.ChoiceField:
    said = {"post": post.title, "unit": post.unit, "since": f"{post.since:%d/%m/%Y}"}
    return forms.ChoiceField(
        label=_("Keeps the post “%(post)s, %(unit)s”, held since %(since)s?") % said,
        choices=[
            (LEFT, _("No: leaves it on the day on which the decision takes effect")),
            (KEPT, _("Yes: holds it beside the new post")),
        ],
        widget=forms.RadioSelect,
        help_text=_("No rule was found that says it of every post: choose what was decided."),
    )
