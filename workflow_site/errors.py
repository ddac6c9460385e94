"""Pages for what goes wrong between people: too late, closed, still locked."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from viewflow.workflow.exceptions import FlowLockFailed

from permissions.errors import Closed, Conflict

# PostgreSQL: lock_not_available, deadlock_detected.
LOCK_STATES = {"55P03", "40P01"}


class ErrorPages:
    """Turn an exception of the domain into a page that says what happened and what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
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
    if isinstance(error, FlowLockFailed) or waited_too_long(error):
        return 503
    return None


def waited_too_long(error: Exception) -> bool:
    """Whether the database gave up waiting for somebody else's lock."""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    state = getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None)
    return state in LOCK_STATES or "database is locked" in str(error)
