"""What a signed-in person is shown stays in no browser: others may use the computer after them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

#: As Django keeps them on a request: who asked, once anything has wanted to know it.
_ASKED = ("_cached_user", "_acached_user")


class PrivatePages:
    """Let no browser keep a page or a file that was made for somebody.

    After signing out, "back" would show it again without asking the site. Static files are served
    before this and are kept; so is what is the same for everybody, which asks for no person.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        asked = any(getattr(request, name, None) is not None for name in _ASKED)
        if asked and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
