"""What is said of each event; `processes.audit.sentences` finds the words that fit in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from processes.audit.models import Event

#: The sentences of each event, the fullest first; the first one whose words the entry has is said.
SENTENCES: dict[Event, tuple[Any, ...]] = {
    Event.OPENED: (_("%(who)s opened the case."),),
    Event.TAKEN: (
        _("%(who)s took the task “%(step)s”."),
        _("%(who)s took a task."),
    ),
    Event.GIVEN_BACK: (
        _("%(who)s gave back the task “%(step)s” to %(user)s."),
        _("%(who)s gave back the task “%(step)s”."),
        _("%(who)s gave back a task."),
    ),
    Event.HANDED_OVER: (
        _("%(who)s handed the task “%(step)s” over to %(user)s."),
        _("%(who)s handed a task over."),
    ),
    Event.ENTRUSTED: (
        _("%(who)s gave the task “%(step)s” to %(user)s to prepare."),
        _("%(who)s gave a task to another to prepare."),
    ),
    Event.PREPARED: (
        _("%(who)s handed in what was prepared for “%(step)s” to %(user)s."),
        _("%(who)s handed in what was prepared."),
    ),
    Event.GOT_BACK: (
        _("%(who)s got the task “%(step)s” back from %(user)s."),
        _("%(who)s got a task back."),
    ),
    Event.CONCLUDED: (
        _("%(who)s concluded “%(step)s”: %(outcome)s. Posts held before: %(posts)s."),
        _("%(who)s concluded “%(step)s” under a delegation, “%(signature)s”: %(outcome)s."),
        _("%(who)s concluded “%(step)s”: %(outcome)s."),
        _("%(who)s concluded “%(step)s”."),
        _("%(who)s concluded a step."),
    ),
    Event.PASSED: (
        _("“%(step)s” passed: %(outcome)s."),
        _("“%(step)s” passed."),
        _("An automatic step passed."),
    ),
    Event.ENDED: (
        _("The case ended: %(outcome)s."),
        _("The case ended."),
    ),
    Event.HELD: (
        _("%(who)s held the case; written basis: %(basis)s."),
        _("%(who)s held the case."),
    ),
    Event.RESUMED: (_("%(who)s resumed the case."),),
    Event.RESTARTED: (_("%(who)s restarted the case from a step."),),
    Event.PRIORITISED: (_("%(who)s set the priority of the case."),),
    Event.WITHDRAWN: (_("%(who)s withdrew the case."),),
    Event.EXCEPTED: (
        _(
            "%(who)s granted %(cadre)s an exception from “%(rule)s” by %(document)s; "
            "it is an exception of: %(body)s."
        ),
        _("%(who)s granted %(cadre)s an exception from “%(rule)s” by %(document)s."),
        _("%(who)s granted an exception."),
    ),
    Event.OPINED: (
        _("%(who)s gave the opinion of %(unit)s: %(outcome)s."),
        _("%(who)s gave an opinion."),
    ),
    Event.ROSTERED: (
        _("%(who)s checked whether %(cadre)s is eligible."),
        _("%(who)s checked who is eligible."),
    ),
    Event.CALLED: (
        _("%(who)s called the conference “%(code)s”, attempt %(attempt)s."),
        _("%(who)s called a conference."),
    ),
    Event.ATTENDED: (
        _("%(who)s took the attendance: %(present)s of %(summoned)s came; %(outcome)s."),
        _("%(who)s took the attendance: %(present)s of %(summoned)s came."),
        _("%(who)s took the attendance."),
    ),
    Event.COUNT_OPENED: (_("%(who)s opened the count."),),
    Event.COUNTED: (
        _("%(who)s entered a count, round %(round)s."),
        _("%(who)s entered a count."),
    ),
    Event.RECOUNT: (_("%(who)s ordered a recount."),),
    Event.VOTE_CLOSED: (
        _("%(who)s closed the conference: %(outcome)s."),
        _("%(who)s closed the conference."),
    ),
    Event.VOIDED: (_("%(who)s declared the conference void."),),
    Event.RULED: (
        _("%(who)s ruled on the tie in favour of %(cadre)s."),
        _("%(who)s ruled on the tie."),
    ),
    Event.UPLOADED: (
        _("%(who)s uploaded “%(title)s”, version %(version)s."),
        _("%(who)s uploaded “%(item)s”, version %(version)s."),
        _("%(who)s uploaded a document."),
    ),
    Event.GENERATED: (
        _("%(who)s had “%(title)s” drawn up, version %(version)s."),
        _("%(who)s had “%(item)s” drawn up, version %(version)s."),
        _("%(who)s had a document drawn up."),
    ),
    Event.NUMBERED: (
        _("%(who)s took the number %(number)s."),
        _("%(who)s took a number."),
    ),
    Event.DOWNLOADED: (
        _("%(who)s downloaded “%(title)s”, version %(version)s."),
        _("%(who)s downloaded “%(item)s” under emergency access no. %(emergency)s."),
        _("%(who)s downloaded “%(item)s”, version %(version)s."),
        _("%(who)s exported %(rows)s rows: %(model)s."),
        _("%(who)s downloaded a document."),
    ),
    Event.READ: (
        _("%(who)s read the record of %(cadre)s."),
        _("%(who)s read the dossier under emergency access no. %(emergency)s."),
        _("%(who)s read the dossier."),
    ),
    Event.REFUSED: (
        _("%(who)s was refused at “%(step)s”."),
        _("%(who)s was refused the record of %(cadre)s."),
        _("%(who)s was refused the page %(page)s."),
        _("%(who)s was refused."),
    ),
    Event.REMINDED: (
        _("A reminder was sent: %(rule)s, due on %(due_on)s."),
        _("A reminder was sent."),
    ),
    Event.ESCALATED: (
        _("A deadline passed: %(rule)s, due on %(due_on)s."),
        _("A deadline passed."),
    ),
    Event.EXTENDED: (
        _("%(who)s extended the deadline “%(rule)s” from %(from)s to %(until)s."),
        _("%(who)s extended a deadline."),
    ),
    Event.FEED_OPENED: (_("%(who)s opened a calendar feed."),),
    Event.FEED_CLOSED: (_("%(who)s closed a calendar feed."),),
    Event.EXPLAINED: (_("%(who)s explained the delay in writing."),),
    Event.GRANTED: (
        _("%(who)s gave %(user)s the role “%(held)s” at %(unit)s, %(from)s to %(until)s."),
        _("%(who)s gave %(user)s the role “%(held)s” at %(unit)s from %(from)s."),
        _("%(who)s gave a role."),
    ),
    Event.REVOKED: (
        _("%(who)s ended the role “%(held)s” of %(user)s at %(unit)s; last day %(until)s."),
        _("%(who)s ended a role."),
    ),
    Event.DEPUTED: (
        _("%(who)s appointed %(user)s as deputy of %(other)s, %(from)s to %(until)s."),
        _("%(who)s appointed a deputy."),
    ),
    Event.DEPUTY_ENDED: (
        _("%(who)s ended the time of %(user)s as deputy of %(other)s; last day %(until)s."),
        _("%(who)s ended the time of a deputy."),
    ),
    Event.CHANGED: (
        _("%(who)s changed %(model)s “%(label)s”: %(changes)s."),
        _("%(who)s changed data."),
    ),
    Event.IMPORTED: (
        _("%(who)s imported %(what)s."),
        _("%(who)s imported data."),
    ),
    Event.SIGNED_IN: (_("%(who)s signed in."),),
    Event.SIGNED_OUT: (_("%(who)s signed out."),),
    Event.MOVED: (
        _("%(who)s moved the task “%(step)s” to %(unit)s, because every head must keep out."),
        _("%(who)s moved the case: it goes on at %(unit)s."),
        _("%(who)s moved the case."),
    ),
    Event.ADOPTED: (
        _("%(who)s adopted the rules %(edition)s."),
        _("%(who)s adopted rules."),
    ),
    Event.PLANNED: (
        _("%(who)s changed the rotation plan “%(title)s”: %(what)s, %(cadre)s → %(label)s."),
        _("%(who)s changed the rotation plan “%(title)s”: %(what)s."),
        _("%(who)s changed a rotation plan."),
    ),
    Event.ORDERED: (
        _("%(who)s gave %(cadre)s the mission order %(number)s with %(rows)s items."),
        _("%(who)s ended the mission of %(cadre)s on %(until)s."),
        _("%(who)s gave %(cadre)s a mission order."),
        _("%(who)s changed a mission order."),
    ),
    Event.DELIVERED: (
        _("%(who)s handed in “%(title)s” of %(cadre)s; evidence: %(basis)s."),
        _("%(who)s handed in a product."),
    ),
    Event.JUDGED: (
        _("%(who)s judged “%(title)s” of %(cadre)s: %(what)s, %(points)s points."),
        _("%(who)s judged “%(title)s” of %(cadre)s: %(what)s."),
        _("%(who)s judged a product."),
    ),
    Event.REVIEW_OPENED: (
        _("%(who)s opened the review of %(cadre)s for %(period)s."),
        _("%(who)s opened a review."),
    ),
    Event.REVIEWED: (
        _("%(who)s concluded the review of %(cadre)s for %(period)s: %(points)s points, %(what)s."),
        _("%(who)s concluded the review of %(cadre)s for %(period)s."),
        _("%(who)s concluded a review."),
    ),
    Event.COMMENTED: (
        _("%(who)s wrote comment %(comment)s for %(unit)s."),
        _("%(who)s wrote a comment."),
    ),
    Event.REWORDED: (
        _("%(who)s worded comment %(comment)s anew, version %(version)s."),
        _("%(who)s worded a comment anew."),
    ),
    Event.COMMENT_WITHDRAWN: (
        _("%(who)s withdrew comment %(comment)s."),
        _("%(who)s withdrew a comment."),
    ),
    Event.COMMENT_MOVED: (
        _("%(who)s moved comment %(comment)s of %(user)s into the case."),
        _("%(who)s moved a comment into the case."),
    ),
    Event.ENTITLED: (
        _("%(who)s set “%(what)s” of %(cadre)s to %(amount)s VND a month."),
        _("%(who)s closed “%(what)s” of %(cadre)s on %(until)s."),
        _("%(who)s reviewed “%(what)s” of %(cadre)s."),
        _("%(who)s changed an entitlement."),
    ),
    Event.CHECKPOINTED: (
        _("%(who)s had checkpoint %(number)s of %(size)s entries signed."),
        _("%(who)s had a checkpoint signed."),
    ),
    Event.REKEYED: (
        _("The log has the key %(key)s; the key %(former)s signed that it hands over."),
        _("The log has the key %(key)s."),
        _("The log has another key."),
    ),
    Event.BUNDLED: (
        _("%(who)s had the answer to question %(question)s handed out with its proofs."),
        _("%(who)s had the evidence of the case handed out."),
    ),
    Event.ASKED: (
        _("%(who)s asked the trail: %(what)s; checkpoint %(number)s, %(rows)s lines."),
        _("%(who)s searched the trail."),
    ),
    Event.ERASURE_ASKED: (
        _("%(who)s asks that %(rows)s items be erased by order %(document)s of %(authority)s."),
        _("%(who)s asks for an erasure."),
    ),
    Event.ERASURE_APPROVED: (
        _("%(who)s approves order %(document)s of %(authority)s; %(rows)s items are erased from "
          "%(due_on)s."),
        _("%(who)s approves an erasure."),
    ),
    Event.ERASURE_DENIED: (
        _("%(who)s denies the erasure by order %(document)s of %(authority)s."),
        _("%(who)s denies an erasure."),
    ),
    Event.ERASURE_REVOKED: (
        _("%(who)s revoked the erasure by order %(document)s of %(authority)s."),
        _("%(who)s revoked an erasure."),
    ),
    Event.ERASED: (
        _("%(rows)s items were erased by order %(document)s of %(authority)s; asked for by "
          "%(user)s, approved by %(other)s."),
        _("Content was erased by order."),
    ),
    Event.PRESERVED: (
        _("%(who)s placed a legal hold on %(cadre)s; written basis: %(basis)s."),
        _("%(who)s placed a legal hold; written basis: %(basis)s."),
        _("%(who)s placed a legal hold."),
    ),
    Event.UNPRESERVED: (
        _("%(who)s lifted the legal hold on %(cadre)s."),
        _("%(who)s lifted a legal hold."),
    ),
    Event.EMERGENCY_ASKED: (
        _("%(who)s asks for emergency access no. %(emergency)s to %(codes)s, for %(hours)s hours."),
        _("%(who)s asks for emergency access."),
    ),
    Event.EMERGENCY_OPENED: (
        _("%(who)s lets %(user)s read the case for %(hours)s hours, emergency access no. "
          "%(emergency)s."),
        _("%(who)s approves emergency access."),
    ),
    Event.EMERGENCY_DENIED: (
        _("%(who)s denies %(user)s emergency access no. %(emergency)s to %(codes)s."),
        _("%(who)s denies emergency access."),
    ),
    Event.EMERGENCY_ENDED: (
        _("%(who)s ended emergency access no. %(emergency)s of %(user)s."),
        _("%(who)s ended emergency access."),
    ),
    Event.INSPECTED: (
        _("%(who)s took into the inspection: %(codes)s."),
        _("%(who)s took cases into the inspection."),
    ),
    Event.NOTED: (
        _("%(who)s wrote a note about %(codes)s."),
        _("%(who)s wrote a note."),
    ),
    Event.FOUND: (
        _("%(who)s recorded a finding about %(of)s, level “%(level)s”: %(basis)s."),
        _("%(who)s recorded a finding."),
    ),
    Event.EXPLANATION_ASKED: (
        _("%(who)s asks %(of)s to explain."),
        _("%(who)s asks for an explanation."),
    ),
    Event.RECOMMENDED: (
        _("%(who)s recommends to %(of)s, until %(until)s."),
        _("%(who)s recommends to %(of)s."),
        _("%(who)s makes a recommendation."),
    ),
}  # fmt: skip
