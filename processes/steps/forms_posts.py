"""What a form asks that gives somebody a new post: what becomes of each post held before."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from processes.organisation.people import PostHeld
from processes.steps.forms import PromulgateForm, StepForm

KEPT, LEFT = "kept", "left"
#: Begins the name of the field that asks about one post.
POST = "post_"


class KeptOrLeft(forms.ChoiceField):
    """Whether one post is kept; the fields of a person stand together, under the name."""

    widget = forms.RadioSelect

    def __init__(self, post: PostHeld) -> None:
        said = {"post": post.title, "unit": post.unit, "since": f"{post.since:%d/%m/%Y}"}
        missing = _("Say whether %(person)s keeps this post.") % {"person": post.cadre}
        super().__init__(
            label=_("Keeps the post “%(post)s, %(unit)s”, held since %(since)s?") % said,
            choices=[
                (LEFT, _("No: leaves it on the day from which the new post is held")),
                (KEPT, _("Yes: holds it beside the new post")),
            ],
            error_messages={"required": missing},
        )
        self.about = str(post.cadre)


class PostsAsked(StepForm):
    """Asks, of each post among which the row chooses, whether the person keeps it.

    No text was found that says it of every post (procedures.md 12.1, a20, and 8 are silent), so
    nothing is chosen beforehand.
    """

    def prepare(self) -> None:
        """Ask about each post by itself; that no rule was found is said once."""
        super().prepare()
        for post in self.node.choices_of(self.case):
            self.fields[f"{POST}{post.pk}"] = KeptOrLeft(post)
        for name in self.asked()[:1]:
            self.fields[name].help_text = _(
                "No rule was found that says it of every post: choose what was decided."
            )

    def clean(self) -> dict[str, Any]:
        """One answer for each post, by its number."""
        cleaned = super().clean() or self.cleaned_data
        said = {name.removeprefix(POST): cleaned.pop(name, "") for name in self.asked()}
        return cleaned | {"former_posts": said}

    def asked(self) -> list[str]:
        """The names of the fields that ask about a post."""
        return [name for name in self.fields if name.startswith(POST)]


class PromulgatePostsForm(PostsAsked, PromulgateForm):
    """The promulgation of an appointment, and what becomes of the posts held before."""

    def prepare(self) -> None:
        """Ask about posts before the outcome, of which there is only one."""
        super().prepare()
        self.order_fields(["effective_on", "announced_at", *self.asked(), "outcome", "reason"])
