"""What somebody who was refused can do now; the refusal itself says what happened."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from permissions.catalogue import EXCLUSIVE, Role
from permissions.checks import today
from permissions.errors import Excluded, Personal
from permissions.models import Holding, User


def advice_for(user: Any, error: PermissionDenied) -> str:
    """What to do, by why the person was refused and which roles they hold."""
    if isinstance(error, Personal):
        return _(
            "Nothing was changed. Nobody reads or works on what is about themselves or a relative;"
            " others do it, and what asks for you yourself comes to your inbox. If a family tie"
            " was entered wrongly, ask the process administrator to correct it."
        )
    if isinstance(error, Excluded):
        return _(
            "Nothing was changed. Give the role to somebody else, or first end the role that it"
            " does not go with."
        )
    if getattr(error, "entitled", False):
        return _(
            "Nothing was changed. You have the role that it takes, and no other would help; what"
            " stands in the way is said above."
        )
    return _by_roles(user)


def _by_roles(user: Any) -> str:
    held = _held(user)
    if not held:
        return _(
            "Nothing was changed. You hold no role today: none was given to you, or it has ended."
            " Ask the process administrator to give you the role of your work."
        )
    roles = "; ".join(f"{one.get_role_display()}, {one.unit}" for one in held)
    if any(Role(one.role) in EXCLUSIVE for one in held):
        said = _(
            "Nothing was changed. You are here as: %(roles)s. This role goes with no other, so it"
            " is somebody else's work; ask whoever holds the role for it."
        )
    else:
        said = _(
            "Nothing was changed. You are here as: %(roles)s. If this belongs to your work, ask the"
            " process administrator for the role that it takes; otherwise somebody else does it."
        )
    return said % {"roles": roles}


def _held(user: Any) -> list[Holding]:
    """The roles of today; nobody's where nobody has signed in."""
    if not isinstance(user, User):
        return []
    held = Holding.objects.in_force(today()).filter(user=user)
    return list(held.select_related("unit").order_by("pk"))


def account_closed(request: HttpRequest) -> bool:
    """Whether the session that the browser holds is that of an account that was closed since."""
    number = request.session.get(SESSION_KEY)
    return bool(number) and User.objects.filter(pk=number, is_active=False).exists()
