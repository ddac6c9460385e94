"""Who a session belongs to: the account, the cadre behind it and the desk, in one statement."""

from django.contrib.auth.backends import ModelBackend

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
