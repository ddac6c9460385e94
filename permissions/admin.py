"""Administration of accounts and of the roles that they hold."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from viewflow.workflow.models import Process, Task

from permissions import grants
from permissions.administration import TrailedAdmin, administrator
from permissions.catalogue import Role
from permissions.checks import today
from permissions.models import Holding, User

# Roles stand in for groups, and cases are changed by their steps only.
for _model in (Group, Process, Task):
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)


class NewAccountForm(UserCreationForm):  # type: ignore[type-arg]
    """A new account; its roles are granted afterwards."""

    class Meta:
        model = User
        fields = ("username", "last_name", "first_name", "title")


class _NoImport:
    """Accounts and roles are given one by one."""

    def has_import_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(User)
class AccountAdmin(_NoImport, TrailedAdmin):
    """Opens and closes accounts; gives no rights."""

    list_display = ("username", "last_name", "first_name", "title", "is_active")
    list_filter = ("is_active",)
    search_fields = ("username", "last_name", "first_name", "title")
    ordering = ("username",)
    fields = ("username", "last_name", "first_name", "title", "is_active")

    def has_export_permission(self, request: HttpRequest) -> bool:
        return False

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is None:
            return NewAccountForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> Sequence[Any]:
        if obj is None:
            return (*NewAccountForm.Meta.fields, "password1", "password2")
        return self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Sequence[str]:
        """The trail names an account by its number; nobody closes their own."""
        if obj is None:
            return ()
        return ("username", "is_active") if obj == request.user else ("username",)


class HoldingForm(forms.ModelForm):  # type: ignore[type-arg]
    """Grants a role, or ends one with a reason."""

    by: User
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        help_text=gettext_lazy("Needed to end a role."),
    )

    class Meta:
        model = Holding
        fields = ("user", "role", "unit", "valid_from", "valid_until")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.instance.pk:
            self._check_end(data)
        if (data.get("user") or (self.instance.user_id and self.instance.user)) == self.by:
            raise ValidationError(_("Nobody changes their own roles; ask another administrator."))
        start, end = data.get("valid_from") or self.instance.valid_from, data.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", _("The last day lies before the first."))
        elif not self.instance.pk:
            self._check_roles(data)
        return data

    def _check_roles(self, data: dict[str, Any]) -> None:
        user, role, start = data.get("user"), data.get("role"), data.get("valid_from")
        if not (user and role and start):
            return
        reason = grants.why_excluded(user, Role(role), since=start, until=data.get("valid_until"))
        if reason:
            self.add_error("role", reason)

    def _check_end(self, data: dict[str, Any]) -> None:
        if not data.get("valid_until"):
            self.add_error("valid_until", _("Give the last day of the role."))
        if not data.get("reason"):
            self.add_error("reason", _("Say why the role ends."))


@admin.register(Holding)
class HoldingAdmin(_NoImport, TrailedAdmin):
    """Who holds which role on which unit, from when to when."""

    form = HoldingForm
    list_display = ("user", "role", "unit", "valid_from", "valid_until", "given_by")
    list_filter = ("role",)
    list_select_related = ("user", "unit", "granted_by")
    search_fields = ("user__username", "user__last_name", "unit__name")
    autocomplete_fields = ("user", "unit")
    ordering = ("-valid_from", "-pk")

    @admin.display(description=gettext_lazy("granted by"), ordering="granted_by")
    def given_by(self, holding: Holding) -> str:
        """Who gave the role; the column itself has no name in the reader's language."""
        return str(holding.granted_by or "-")

    def get_form(
        self, request: HttpRequest, obj: Holding | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type("HoldingFormOfRequest", (form,), {"by": administrator(request)})

    def get_fields(self, request: HttpRequest, obj: Holding | None = None) -> Sequence[str]:
        return (*HoldingForm.Meta.fields, *(["reason"] if obj else []))

    def get_readonly_fields(
        self, request: HttpRequest, obj: Holding | None = None
    ) -> Sequence[str]:
        return ("user", "role", "unit", "valid_from") if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"valid_from": today(), **super().get_changeform_initial_data(request)}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Through `permissions.grants`, which writes the entry and guardian's rows."""
        if change:
            self._end(obj, form.cleaned_data, by=administrator(request))
            return
        holding = grants.grant(
            obj.user,
            Role(obj.role),
            obj.unit,
            by=administrator(request),
            since=obj.valid_from,
            until=obj.valid_until,
        )
        obj.pk = holding.pk

    def _end(self, obj: Holding, data: dict[str, Any], *, by: User) -> None:
        last: date = data["valid_until"]
        holding = Holding.objects.select_related("user", "unit").get(pk=obj.pk)
        grants.revoke(holding, by=by, on=last + timedelta(days=1), reason=data["reason"])
