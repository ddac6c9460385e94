"""Sessions, and who they belong to: the account, the cadre behind it and the desk."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from permissions.compiled import Compiled
from permissions.models import User


class PeopleBackend(ModelBackend):
    """Passwords as Django checks them; every question about kin begins with the cadre."""

    def get_user(self, user_id: int) -> User | None:
        """The account with its cadre and desk; None when it is closed or does not exist."""
        user = next(iter(_people(person=int(user_id))), None)
        return user if user is not None and self.user_can_authenticate(user) else None


_people = Compiled(
    lambda person: User.objects.select_related("cadre", "desk").filter(pk=person), person=int
)


class SessionStore(DatabaseStore):
    """Sessions in the database as Django keeps them, read by a statement that is built once."""

    def _get_session_from_db(self) -> Session | None:
        found = next(iter(_sessions(key=self.session_key or "")), None)
        if found is not None and found.expire_date > timezone.now():
            return found
        self._session_key = None
        return None


_sessions = Compiled(lambda key: Session.objects.filter(session_key=key), key=str)
