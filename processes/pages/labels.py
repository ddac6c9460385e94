"""Words of the pages that no other part owns."""

from django.utils.translation import gettext_lazy as _

#: What travels with a case until its end.
FLAGS = {
    "late": _("deadline passed"),
    "late_explained": _("delay explained"),
    "adverse_opinion": _("adverse opinion"),
    "not_recommended": _("not recommended"),
    "differs_from_conference_2": _("conferences differ"),
}

#: How a case can end.
ENDS = {
    "appointed": _("appointed"),
    "rejected": _("rejected"),
    "withdrawn": _("withdrawn"),
    "elsewhere": _("goes on as appointment from elsewhere"),
}

#: The conferences by the names that the editions give them.
CONFERENCES = {
    "c1": _("Conference 1"),
    "c2": _("Conference 2"),
    "c3": _("Conference 3"),
    "c4": _("Conference 4"),
    "c5": _("Conference 5"),
    "sc_policy": _("Standing Committee, policy"),
    "sc_decision": _("Standing Committee, decision"),
}

#: What the button of each part of a conference says.
PARTS = {
    "call": _("Call the conference"),
    "attendance": _("Record the attendance"),
    "open": _("Hand out the slips and open the count"),
    "count": _("Enter my count"),
    "recount": _("Order a recount"),
    "close": _("Close the conference"),
    "motion": _("Record the motion"),
    "void": _("Declare the ballot void"),
}

#: What each deadline of the edition is about.
DEADLINES = {
    "deadlines.policy_decision": _("Decision on the policy"),
    "deadlines.process": _("The unit's whole procedure"),
    "deadlines.forward_to_organs": _("Forwarding to the organs consulted"),
    "deadlines.organ_reply": _("Reply of the consulted organ"),
    "deadlines.appraisal": _("Appraisal"),
    "reappointment_notice": _("Notice of reappointment"),
}
