"""Pages for what goes wrong between people: too late, closed, still locked."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from permissions.errors import Closed, Conflict
from processes.pages.refusals import note_refusal
from processes.steps.lock import waited_too_long


class ErrorPages:
    """Turn an exception of the domain into a page that says what happened and what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, PermissionDenied):
            note_refusal(request, error)
        status = status_of(error)
        if status is None:
            return None
        said = str(error) if isinstance(error, Conflict | Closed) else ""
        response = render(request, f"{status}.html", {"said": said}, status=status)
        if status == 503:
            response["Retry-After"] = "5"
        return response


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
