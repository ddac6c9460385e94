"""Missions: what was ordered, delivered, judged and reviewed; products of chosen posts."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from permissions.checks import today
from permissions.errors import Refused
from permissions.models import User
from processes.cases.drafts import Place
from processes.organisation.people import PostHeld
from processes.pages.blame import add_errors
from processes.pages.drafting import Drafts, address_of, keeps_typing
from processes.pages.listing import page_of
from processes.pages.rotation_board import guard_reader
from processes.pages.rotation_forms import (
    DeliveryForm,
    JudgementForm,
    ReviewForm,
    TaskFormSet,
    sent,
    tasks_of,
    with_more_room,
)
from processes.rotation import rights, writers
from processes.rotation.missions import (
    ChosenPost,
    MissionItem,
    MissionOrder,
    ProductDelivery,
    ProductTargetSet,
    RotationReview,
)
from processes.rotation.queries import reviewed
from processes.rotation.rights import planned_provinces, readable_missions


@login_required
@require_safe
def missions(request: HttpRequest) -> HttpResponse:
    """List the missions that the person may know of, the newest first."""
    user: User = request.user  # type: ignore[assignment]
    found = readable_missions(user).select_related("cadre", "position", "unit", "case")
    last = RotationReview.objects.filter(concluded_on__isnull=False)
    found = found.prefetch_related(Prefetch("reviews", last, to_attr="concluded"))
    return render(request, "rotation/missions.html", {"page": page_of(found, request)})


@login_required
@require_safe
def mission(request: HttpRequest, order_id: int) -> HttpResponse:
    """Show one mission: items with their products, reviews with what they add up to, and pay."""
    user: User = request.user  # type: ignore[assignment]
    order = _order(user, order_id)
    deliveries = ProductDelivery.objects.select_related("accepted_by", "delivered_by", "document")
    items = order.items.prefetch_related(Prefetch("deliveries", deliveries))
    reviews = order.reviews.select_related("concluded_by").prefetch_related("findings__unit")
    context = {
        "order": order,
        "items": [(item, _judged(user, item)) for item in items],
        "delivers": not rights.why_not_deliver(user, order),
        "reviews": [_review(row) for row in reviews],
        "plans": order.case_id is None and _plans(user, order),
        "entitlements": order.entitlements.select_related("payer"),
    }
    return render(request, "rotation/mission.html", context)


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def deliver_product(request: HttpRequest, item_id: int) -> HttpResponse:
    """Hand in a product for an item. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    item = get_object_or_404(MissionItem, pk=item_id, order__in=readable_missions(user))
    if reason := rights.why_not_deliver(user, item.order):
        raise Refused(reason)
    asked = Asked(
        _("Hand in a product"), item.order, DeliveryForm,
        lambda data: writers.deliver(item, by=user, **data),
        _("“%(title)s” is handed in.") % {"title": item.title},
    )  # fmt: skip
    return _answered(request, asked, item=item)


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def judge_product(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Accept a product with a score, or return it. Raises Refused and Conflict."""
    user: User = request.user  # type: ignore[assignment]
    known = readable_missions(user)
    delivery = get_object_or_404(ProductDelivery, pk=delivery_id, item__order__in=known)
    if request.method != "POST" and (reason := rights.why_not_judge(user, delivery)):
        raise Refused(reason)
    asked = Asked(
        _("Judge a product"), delivery.item.order, JudgementForm,
        lambda data: writers.judge(delivery.pk, by=user, **data),
        _("The judgement is recorded."),
    )  # fmt: skip
    return _answered(request, asked, item=delivery.item, delivery=delivery)


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def review_products(request: HttpRequest, order_id: int) -> HttpResponse:
    """Review the mission of a chosen post for a period; rotation is reviewed in its case.

    Raises Refused and Conflict.
    """
    user: User = request.user  # type: ignore[assignment]
    order = _order(user, order_id)
    if order.case_id is not None:
        raise Refused(_("A mission on rotation is reviewed in its case."))
    if not _plans(user, order):
        raise Refused(_("Only the Organization Committee reviews the holders of chosen posts."))

    def conclude(data: dict[str, Any]) -> None:
        review = writers.open_review(order, data["period"], by=user)
        writers.conclude_review(review, by=user, comment=data["comment"])

    asked = Asked(
        _("Review the mission"), order, partial(ReviewForm, order=order), conclude,
        _("The review is concluded."),
    )  # fmt: skip
    return _answered(request, asked)


@login_required
@require_safe
def product_posts(request: HttpRequest) -> HttpResponse:
    """List the chosen posts with their holders and missions. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    provinces = guard_reader(user)
    held = PostHeld.objects.filter(until__isnull=True).select_related("cadre")
    live = MissionOrder.objects.filter(ended_on__isnull=True, case__isnull=True)
    posts = ChosenPost.objects.select_related("position__unit").prefetch_related(
        Prefetch("position__holders", held, to_attr="held_by"),
        Prefetch("position__missions", live, to_attr="ordered"),
    )
    sets = ProductTargetSet.objects.in_force(today()).filter(province__in=provinces)
    context = {
        "sets": sets.prefetch_related(Prefetch("posts", posts.order_by("pk"), to_attr="chosen")),
        "plans": planned_provinces(user),
        "readable": set(readable_missions(user).values_list("pk", flat=True)),
    }
    return render(request, "rotation/products.html", context)


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def order_products(request: HttpRequest, post_id: int) -> HttpResponse:
    """Give the holder of a chosen post products to deliver. Raises Refused."""
    user: User = request.user  # type: ignore[assignment]
    sets = ProductTargetSet.objects.in_force(today()).filter(province__in=guard_reader(user))
    chosen = get_object_or_404(ChosenPost, pk=post_id, target_set__in=sets)
    rights.guard_planner(user, chosen.target_set.province)
    place = Place(address_of(request), title=f"{_('Order products')}: {chosen.position}")
    drafts = Drafts(request, place)
    drafts.bind(forms.Form())  # the fields of a draft are those of its items
    if drafts.asked:
        return drafts.keep(forms.Form)
    formset = _items_of(request, drafts)
    if formset.is_valid():
        try:
            order = writers.order_products(
                chosen.target_set, position=chosen.position, items=tasks_of(formset), by=user
            )
        except ValidationError as error:
            formset.non_form_errors().extend(error.error_list)
        else:
            drafts.forget()
            messages.success(request, _("The mission is ordered."))
            return redirect("mission", order.pk)
    context = {"chosen": chosen, "formset": formset, "draft": drafts}
    status = 422 if formset.is_bound else 200
    return render(request, "rotation/order.html", context, status=status)


def _items_of(request: HttpRequest, drafts: Drafts) -> Any:
    """The items that were sent, the same with more room, those of the draft, or empty ones."""
    if "more" in request.POST:
        return with_more_room(request.POST)
    if request.method == "POST":
        return sent(request.POST)
    return with_more_room(drafts.stored.data) if drafts.stored else TaskFormSet()


def _order(user: User, order_id: int) -> MissionOrder:
    found = readable_missions(user).select_related("cadre", "position", "unit", "source", "case")
    return get_object_or_404(found, pk=order_id)


def _plans(user: User, order: MissionOrder) -> bool:
    return order.province_id in planned_provinces(user)


def _judged(user: User, item: MissionItem) -> list[tuple[ProductDelivery, bool]]:
    """The products of an item, and whether the person may judge each."""
    return [(one, not rights.why_not_judge(user, one)) for one in item.deliveries.all()]


def _review(review: RotationReview) -> dict[str, Any]:
    """A review as it was concluded, or as it would stand today."""
    if review.concluded_on is not None:
        return {"row": review, "total": review.total, "level": review.get_level_display()}
    outcome = reviewed(review, on=today())
    level = RotationReview(level=outcome.level).get_level_display()
    return {"row": review, "total": outcome.total, "level": level, "open": True}


@dataclass(frozen=True)
class Asked:
    """A form about a mission: its title, what makes it, what it does and what is said then."""

    title: str
    order: MissionOrder
    make: Callable[..., forms.Form]
    act: Callable[[dict[str, Any]], object]
    said: str


def _answered(request: HttpRequest, asked: Asked, **context: Any) -> HttpResponse:
    """Show the form with its draft, keep what is typed, or carry it out. Raises what it raises."""
    title = f"{asked.order.cadre}: {asked.title}"
    drafts = Drafts(request, Place(address_of(request), title=title))
    if drafts.asked:
        return drafts.keep(asked.make)
    sent = request.method == "POST"
    form = drafts.bind(asked.make(request.POST)) if sent else drafts.fill(asked.make)
    with drafts.survives():
        if sent and _done(request, form, asked.act, asked.said):
            drafts.forget()
            return redirect("mission", asked.order.pk)
    context |= {"order": asked.order, "form": form, "title": asked.title}
    return render(request, "rotation/product.html", context, status=_status(form))


def _done(
    request: HttpRequest, form: forms.Form, act: Callable[[dict[str, Any]], object], said: str
) -> bool:
    """Carry out what a valid form asks; what the writer refuses stands beside its field."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except ValidationError as error:
        add_errors(form, error)
        return False
    messages.success(request, said)
    return True


def _status(form: forms.Form) -> int:
    return 422 if form.is_bound else 200
