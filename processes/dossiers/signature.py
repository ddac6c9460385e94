"""In whose place somebody signs: for themselves, for a collective, or as the deputy of a head.

"T/M" for a collective and "K/T" for a deputy who signs in the place of the head are
[recalled: unverified] for the Party's documents (Hướng dẫn 36-HD/VPTW); the State writes "KT."
(Nghị định 30/2020/NĐ-CP). Under "T/M" a deputy signs with their own post.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from permissions.models import User
from processes.organisation.people import PostHeld
from processes.organisation.units import Unit

PARTY, STATE = "K/T", "KT."


@dataclass(frozen=True)
class Signature:
    """What stands above a name: in whose place, and the post of whoever signs."""

    authority: str
    post: str


def signature(head: Signature, signer: User, organ: Unit, *, on: date, state: bool) -> Signature:
    """The signature of this person where the head of the organ would sign as `head`.

    A deputy is whoever holds a post of the organ and none that leads it. Of whom no such post is
    on file, the role has let them sign as the head.
    """
    held = PostHeld.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on), cadre__user=signer, unit=organ, since__lte=on,
        position__isnull=False,
    )  # fmt: skip
    leads = list(held.values_list("position__is_head", flat=True))
    if not leads or any(leads):
        return head
    deputy = f"PHÓ {head.post}"
    if head.authority:
        return Signature(head.authority, deputy)
    return Signature(f"{STATE if state else PARTY} {head.post}", deputy)
