"""Pages for what goes wrong between people: too late, closed, still locked."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from permissions.errors import Closed, Conflict
from processes.organisation.horizon import LAST_ROW
from processes.pages.advice import advice_for
from processes.pages.refusals import note_refusal
from processes.steps.lock import waited_too_long

#: What PostgreSQL takes into no text.
NUL = "\x00"


class ErrorPages:
    """Turn an exception of the domain into a page that says what happened and what to do.

    An unknown address is no exception of a view: Django answers it, in development with the list
    of all addresses. A demonstration runs in development and shows the site's own page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if settings.DEMO_MODE and response.status_code == 404 and request.resolver_match is None:
            return _page(request, 404)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Answer at once where no row can have this address, or no column can hold this text."""
        if any(_no_row_has(value) for value in kwargs.values()):
            return _page(request, 404)
        sent = (
            text
            for data in (request.GET, request.POST)
            for _, all_ in data.lists()
            for text in all_
        )
        return _page(request, 400) if any(NUL in text for text in sent) else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, PermissionDenied):
            note_refusal(request, error)
            return _page(request, 403, str(error), advice_for(request.user, error))
        status = status_of(error)
        if status is None:
            return None
        said = str(error) if isinstance(error, Conflict | Closed) else ""
        response = _page(request, status, said)
        if status == 503:
            response["Retry-After"] = "5"
        return response


def _no_row_has(value: object) -> bool:
    """Whether a part of an address is a number beyond all rows, or a text that is none."""
    return value > LAST_ROW if isinstance(value, int) else NUL in str(value)


def _page(request: HttpRequest, status: int, said: str = "", advice: str = "") -> HttpResponse:
    context = {"said": said, "advice": advice}
    return render(request, f"{status}.html", context, status=status)


def status_of(error: Exception) -> int | None:
    """The HTTP status of an error that is no fault of the site."""
    if isinstance(error, Closed):
        return 423
    if isinstance(error, Conflict):
        return 409
    if isinstance(error, Http404):  # here, so that a demonstration shows the page as well
        return 404
    if waited_too_long(error):
        return 503
    return None
