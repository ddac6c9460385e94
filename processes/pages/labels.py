"""Words of the pages that no other part owns."""

from django.utils.translation import gettext_lazy as _

#: What travels with a case until its end.
FLAGS = {
    "late": _("deadline passed"),
    "not_explained": _("not explained in time"),
    "late_explained": _("delay explained"),
    "erased": _("content erased by order"),
    "adverse_opinion": _("adverse opinion"),
    "not_recommended": _("not recommended"),
    "differs_from_conference_2": _("conferences differ"),
    "opinions_differ": _("opinions differ"),
    "vote_not_carried": _("vote not carried"),
    "cadre_objects": _("the cadre objects"),
    "appointment_not_started": _("appointment still to be started"),
    "head_barred": _("the head keeps out"),
    "dossier_late": _("dossier of a non-delegate is late"),
}

#: How a case can end.
ENDS = {
    "appointed": _("appointed"),
    "rejected": _("rejected"),
    "withdrawn": _("withdrawn"),
    "elsewhere": _("goes on as appointment from elsewhere"),
    "reappointed": _("reappointed"),
    "extended": _("term extended"),
    "reassigned": _("assigned to other work"),
    "cleared": _("no violation"),
    "inspected": _("inspection concluded"),
    "nothing_found": _("nothing found"),
    "reminded": _("reminded"),
    "disciplined": _("disciplined"),
    "noted": _("taken note of"),
    "approved": _("approved"),
    "signed": _("signed under a delegation"),
    "expired": _("delegation ended unused"),
    "placed": _("placed after rotation"),
    "elected": _("elected"),
    "designated": _("designated"),
}

#: The conferences by the names that the editions give them.
CONFERENCES = {
    "c1": _("Conference 1"),
    "c2": _("Conference 2"),
    "c3": _("Conference 3"),
    "c4": _("Conference 4"),
    "c5": _("Conference 5"),
    "external_vote": _("Vote on a person from elsewhere"),
    "reappointment_key": _("Key cadres on the reappointment"),
    "reappointment_vote": _("Vote on the reappointment"),
    "sc_policy": _("Standing Committee, policy"),
    "sc_decision": _("Standing Committee, decision"),
    "sc_sanction": _("Standing Committee, discipline"),
    "sc_consultation": _("Standing Committee, comments"),
    "sc_delegation": _("Standing Committee, delegation"),
    "ec_delegation": _("Executive Committee, delegation"),
    "n1": _("Nomination 1"),
    "n2": _("Nomination 2"),
    "n3": _("Nomination 3"),
    "n4": _("Nomination 4"),
    "n5": _("Nomination 5"),
    "sc_rotation_plan": _("Standing Committee, rotation plan"),
    "sc_rotation": _("Standing Committee, rotation"),
    "sc_placement": _("Standing Committee, placement"),
    "sc_nomination": _("Standing Committee, nomination"),
    "extra_nominees": _("Further nominees"),
    "withdrawals": _("Withdrawals"),
    "election": _("Election"),
    "council_election": _("Election by the People's Council"),
    "workplace_voters": _("Voters' conference"),
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
    "deadlines.explanation": _("Explanation in writing"),
    "deadlines.inspection_explanation": _("Explanation to the inspectors"),
    "deadlines.consultation": _("Comments of the units asked"),
    "delegation.until": _("End of the delegation"),
    "rotation.proposal_deadline": _("Units' proposals"),
    "rotation.report_deadline": _("Report on the mission"),
    "rotation.min_months": _("End of the term of rotation"),
    "reappointment_notice": _("Notice of reappointment"),
    "deadlines.self_report": _("Report of self-assessment"),
    "deadlines.decision_before_term_end": _("Decision before the term ends"),
    "election.consultation_days.round_1": _("Consultation, round 1"),
    "election.consultation_days.voters": _("Voters' conferences at the workplaces"),
    "election.consultation_days.round_2": _("Consultation, round 2"),
    "election.consultation_days.round_3": _("Consultation, round 3"),
}

#: What takes a case off its usual way.
DEVIATIONS = {
    "returned": _("Returned to an earlier step"),
    "held": _("Held"),
    "restarted": _("Restarted from a step"),
    "excepted": _("Exception granted"),
    "voided": _("Conference voided"),
    "withdrawn": _("Withdrawn"),
}

#: What was imported from files.
IMPORTS = {
    "units": _("units"),
    "restructuring": _("a restructuring"),
    "people": _("cadres, posts and planning"),
}

#: What the editions of a family regulate.
FAMILIES = {
    "appointment": _("appointments"),
    "state_post": _("posts of the State"),
    "rotation": _("rotation"),
    "election": _("elections in the Party"),
    "evaluation": _("evaluation"),
}
