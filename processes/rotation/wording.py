"""What conflicts, changes, states and levels are called, on pages and in the trail."""

from django.utils.translation import gettext_lazy as _

from processes.organisation.people import Evaluation
from processes.rotation.missions import Entitlement, Finding, ProductDelivery

#: What stands in the way of a planned move.
CONFLICTS = {
    "same_person": _("The chain moves this person twice."),
    "same_post": _("The chain moves more people to this post than it has seats."),
    "not_vacated": _("Nobody leaves this post, and it has no free seat."),
    "holds_already": _("This person holds this post already."),
    "case_of_person": _("Case %(case)s moves this person already."),
    "case_of_post": _("Case %(case)s about this post is open."),
    "term_limit": _("This person has held this post for as many terms in a row as are allowed."),
    "non_local": _("This person is of the place; the head is to be from elsewhere."),
    "early": _("This person's rotation lasts until %(until)s; moving earlier needs an exception."),
}

#: What was changed in a plan.
CHANGES = {
    "chain_made": _("chain begun"),
    "move_added": _("move put on paper"),
    "move_removed": _("move taken out"),
    "chain_dropped": _("chain dropped"),
    "chain_started": _("cases started"),
    "target_set": _("target set"),
    "counted": _("case counted"),
}

#: Every code that an entry about rotation may tell.
TERMS = {
    **CHANGES,
    **dict(Entitlement.Kind.choices),
    **dict(ProductDelivery.State.choices),
    **dict(Evaluation.Grade.choices),
    **dict(Finding.Kind.choices),
}
