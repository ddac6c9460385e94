"""The calendar as a month and as an agenda, and the feed for calendar programs."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from icalendar import Calendar as Feed
from icalendar import Event as FeedEvent

from permissions.checks import today
from permissions.models import User
from processes.cases.workdays import holidays_of, is_working_day
from processes.notices.feeds import CalendarFeed, close_feed, open_feed, reader_of
from processes.pages.agenda import KINDS, Entry, Span, gather

VIEWS = {"month": gettext_lazy("Month"), "agenda": gettext_lazy("Agenda")}
#: What a calendar program gets: a month back, a year ahead.
FEED_BACK, FEED_AHEAD = timedelta(days=31), timedelta(days=366)


@dataclass(frozen=True)
class Day:
    """A day with its entries; offices work on it, or it says why not."""

    day: date
    entries: list[Entry]
    holiday: str
    works: bool
    other_month: bool
    is_today: bool


class CalendarFilter(forms.Form):
    """Which kinds the person wants to see; none named means all."""

    kind = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds"), required=False, choices=list(KINDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    @property
    def kinds(self) -> list[str]:
        """The kinds asked for; anything unknown is taken as no wish."""
        self.is_valid()
        asked = self.data.getlist("kind") if hasattr(self.data, "getlist") else []
        return [kind for kind in KINDS if kind in asked] or [*KINDS]


@login_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show a month as a table or as a list of days."""
    user: User = request.user  # type: ignore[assignment]
    first = _month(request.GET.get("month", ""))
    view = request.GET.get("view", "month")
    view = view if view in VIEWS else "month"
    wish = CalendarFilter(request.GET)
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    span = Span(user, weeks[0][0], weeks[-1][-1])
    days = _days(gather(span, wish.kinds), first, (day for week in weeks for day in week))
    context = {
        "first": first, "view": view, "kinds": _kinds(wish.kinds),
        "views": [(name, label, _address(request, view=name)) for name, label in VIEWS.items()],
        "before": _address(request, month=f"{first - relativedelta(months=1):%Y-%m}"),
        "after": _address(request, month=f"{first + relativedelta(months=1):%Y-%m}"),
        "now": _address(request, month=f"{today():%Y-%m}"),
        "weeks": [days[n : n + 7] for n in range(0, len(days), 7)],
        "agenda": [day for day in days if not day.other_month and (day.entries or day.holiday)],
        "names": [date_format(day.day, "l") for day in days[:7]],
        "feed": CalendarFeed.objects.filter(person=user, closed_at__isnull=True).first(),
    }  # fmt: skip
    return render(request, "calendar/page.html", context)


@login_required
@require_POST
def feed_opened(request: HttpRequest) -> HttpResponse:
    """Open a feed, or renew it, and show its address this once."""
    user: User = request.user  # type: ignore[assignment]
    token = open_feed(by=user)
    address = request.build_absolute_uri(reverse("calendar_feed", args=[token]))
    response = render(request, "calendar/feed.html", {"address": address})
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def feed_closed(request: HttpRequest) -> HttpResponse:
    """Close the person's feed."""
    user: User = request.user  # type: ignore[assignment]
    if close_feed(by=user):
        messages.success(request, _("The calendar feed is closed. Its address opens no more."))
    else:
        messages.info(request, _("You have no calendar feed."))
    return redirect("calendar")


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever opened the feed, by the rights of today. Raises Http404."""
    user = reader_of(token)
    if user is None:
        raise Http404
    chosen = getattr(user, "notice_settings", None)
    with translation.override(chosen.language if chosen else settings.LANGUAGE_CODE):
        span = Span(user, today() - FEED_BACK, today() + FEED_AHEAD)
        text = _feed(gather(span, [*KINDS]), timezone.now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _feed(entries: Iterable[Entry], now: datetime) -> bytes:
    """As iCalendar (RFC 5545). Other servers will keep it, so it names nobody and no subject."""
    feed = Feed()
    feed.add("prodid", "-//Personnel procedures//calendar//")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", _("Personnel procedures"))
    for entry in entries:
        event = FeedEvent()
        event.add("uid", f"{entry.source}@{settings.SITE_URL.partition('//')[2]}")
        event.add("dtstamp", now)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", _summary(entry))
        if entry.url:
            event.add("url", settings.SITE_URL + entry.url)
        event.add("transp", "TRANSPARENT")
        feed.add_component(event)
    return bytes(feed.to_ical())


def _summary(entry: Entry) -> str:
    """Kind and number where the case is confidential, otherwise the step as well."""
    said = f"{entry.label}: {entry.about}" if entry.about else str(entry.label)
    return said if entry.secret else f"{said}, {entry.what}"


def _days(entries: list[Entry], first: date, days: Iterable[date]) -> list[Day]:
    on: dict[date, list[Entry]] = {}
    for entry in entries:
        on.setdefault(entry.day, []).append(entry)
    language = get_language() or "vi"
    return [
        Day(
            day, on.get(day, []), holidays_of(day.year, language).get(day, ""),
            is_working_day(day), day.month != first.month, day == today(),
        )
        for day in days
    ]  # fmt: skip


def _kinds(chosen: list[str]) -> list[tuple[str, Any, bool]]:
    return [(kind, label, kind in chosen) for kind, label in KINDS.items()]


def _month(text: str) -> date:
    """The first day of the month that the address names; of this month where it names none."""
    try:
        first = datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return today().replace(day=1)
    return first if 2000 <= first.year <= 2100 else today().replace(day=1)


def _address(request: HttpRequest, **changed: str) -> str:
    wish = request.GET.copy()
    for name, value in changed.items():
        wish[name] = value
    return f"?{wish.urlencode()}"
