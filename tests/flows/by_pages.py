"""The roads of the tables gone through the pages: each form is posted as a browser posts it.

`BY_PAGES=1 pytest tests/flows` runs the same tests so. Without it a walk fills in the same forms
and hands them to the same action; that is quicker.
"""

import os
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from permissions.errors import Conflict, Refused
from permissions.models import User
from processes.cases.models import CaseTask
from processes.demo import walk
from processes.demo.walk import Walk

WANTED = bool(os.environ.get("BY_PAGES"))
#: What the pages answer where an action refuses.
REFUSALS = {403: Refused, 409: Conflict}


def send(self: Walk, task: CaseTask, by: User, data: Mapping[str, Any]) -> None:
    """Post the form of a step at its page, and read the refusal off the answer."""
    client = Client(headers={"accept": "text/html"})
    client.cookies["django_language"] = translation.get_language() or "vi"
    client.force_login(by)
    answer = client.post(
        reverse("task", args=[task.process_id, task.pk]), dict(walk.posted(data).lists())
    )
    if answer.status_code == 422:
        forms = [answer.context.get(name) for name in ("form", "motion_form", "void_form")]
        wrong = [form for form in forms if form is not None and form.errors]
        raise ValidationError(wrong[0].errors.as_data())
    if refusal := REFUSALS.get(answer.status_code):
        raise refusal(answer.content.decode())
    assert answer.status_code == 302, answer.content.decode()
    self.done()
