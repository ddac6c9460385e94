"""Mails of notices: made once, sent after commit, tried again when the server does not answer.

What is guaranteed: a mail is sent only for a notice that was committed, and no two senders send
the same one. A sender that dies between the server's "accepted" and its own mark leaves the mail to
be sent once more, with the same Message-ID, by which servers and readers know it again.
"""

from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from permissions.models import User
from processes.notices.kinds import Mailing
from processes.notices.models import Mail, Notice, NoticeSettings

#: How long a sender may take for one mail before another takes it over: longer than its timeout.
LEASE = timedelta(minutes=5)
#: How long is waited after each failure; then it is given up.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440)]


def send_due(now: datetime) -> int:
    """Make the mails that are due and send them; how many were sent."""
    make_mails(now)
    sent = 0
    while mail := _claimed(now):
        sent += _deliver(mail)
    return sent


def make_mails(now: datetime) -> None:
    """Turn notices that are to go out into mails: each at once, or a person's of a day together."""
    waiting = _waiting().order_by().values_list("person", flat=True).distinct()
    for person in User.objects.filter(pk__in=waiting).select_related("notice_settings"):
        with transaction.atomic():
            _make_for(person, now)


def _waiting() -> QuerySet[Notice]:
    return Notice.objects.filter(mail=None, mailing__in=[Mailing.NOW, Mailing.DIGEST])


def _make_for(person: User, now: datetime) -> None:
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    mine = _waiting().filter(person=person)
    read = Q(read_at__isnull=False)
    mine.filter(read).update(mailing=Mailing.OFF)
    if not person.is_active or not person.email:
        mine.update(mailing=Mailing.OFF)
        return
    for pk in mine.filter(mailing=Mailing.NOW).values_list("pk", flat=True).order_by("pk"):
        mail = Mail.objects.create(person=person, key=f"notice-{pk}", next_try_at=now)
        Notice.objects.filter(pk=pk).update(mail=mail)
    local = timezone.localtime(now)
    if local.time() < settings_of(person).digest_at or not mine.exists():
        return
    key = f"digest-{person.pk}-{local:%Y%m%d}"
    mail, new = Mail.objects.get_or_create(key=key, person=person, defaults={"next_try_at": now})
    if new:
        mine.update(mail=mail)


def settings_of(person: User) -> NoticeSettings:
    """The settings of a person, or what holds without any."""
    found: NoticeSettings | None = getattr(person, "notice_settings", None)
    return found or NoticeSettings(person=person)


@transaction.atomic
def _claimed(now: datetime) -> Mail | None:
    """The next mail that is due, held for this sender for a while."""
    due = Mail.objects.filter(next_try_at__lte=now).order_by("next_try_at", "pk")
    mail = due.select_for_update(skip_locked=True, no_key=True).first()
    if mail is not None:
        mail.attempts += 1
        mail.next_try_at = now + LEASE
        mail.save(update_fields=["attempts", "next_try_at"])
    return mail


def _deliver(mail: Mail) -> bool:
    message = message_of(mail)
    try:
        if message is not None:
            message.send()
    except SMTPRecipientsRefused as error:
        _failed(mail, error, final=True)
        return False
    except (SMTPException, OSError) as error:
        _failed(mail, error, final=mail.attempts > len(WAITS))
        return False
    _sent(mail, timezone.now() if message is not None else None)
    return message is not None


def _sent(mail: Mail, at: datetime | None) -> None:
    mail.next_try_at, mail.error, mail.sent_at = None, "", at
    mail.save(update_fields=["next_try_at", "error", "sent_at"])


def _failed(mail: Mail, error: Exception, *, final: bool) -> None:
    mail.error = type(error).__name__
    mail.next_try_at = None if final else timezone.now() + WAITS[mail.attempts - 1]
    mail.save(update_fields=["error", "next_try_at"])


def message_of(mail: Mail) -> EmailMultiAlternatives | None:
    """The mail as it goes out: what, number and link; None when nothing is left to say.

    Rights are those of this moment. It names no person and no subject, whatever the case.
    """
    person = User.objects.select_related("notice_settings", "cadre").get(pk=mail.person_id)
    notices = list(
        Notice.objects.for_reader(person).still_due(person).filter(mail=mail)
        .select_related("case").order_by("pk")
    )  # fmt: skip
    if not notices or not person.is_active or not person.email:
        return None
    with translation.override(settings_of(person).language):
        context = {"notices": notices, "site": settings.SITE_URL}
        text = render_to_string("notices/mail.txt", context)
        html = render_to_string("notices/mail.html", context)
        host = settings.SITE_URL.partition("//")[2].partition(":")[0]
        message = EmailMultiAlternatives(
            _subject(notices), text, to=[person.email],
            headers={"Message-ID": f"<{mail.key}@{host}>", "Auto-Submitted": "auto-generated"},
        )  # fmt: skip
    message.attach_alternative(html, "text/html")
    return message


def _subject(notices: list[Notice]) -> str:
    if len(notices) > 1:
        return _("Personnel procedures: %(count)s notices") % {"count": len(notices)}
    (notice,) = notices
    what = str(notice.get_kind_display())
    return f"{what}: {notice.case.code}" if notice.case else what
