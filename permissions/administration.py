"""Django's admin for data: by right, without deletion, each change in the trail."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.admin import ImportExportModelAdmin
from import_export.formats.base_formats import CSV, XLSX
from import_export.resources import Diff, ModelResource

from permissions.catalogue import Act, Role
from permissions.checks import units_where
from permissions.errors import Conflict
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.organisation.horizon import row_number
from processes.organisation.units import Unit

Values = dict[str, Any]
#: Columns that no entry shows: secrets, and what follows from other columns.
UNSPOKEN = frozenset({"password", "last_login", "name_sort"})


def administers(user: Any) -> bool:
    """Whether the person maintains data; being a superuser is no answer to that."""
    return bool(units_where(user, Act.ADMINISTER))


def administrator(request: HttpRequest) -> User:
    """Who is at work here; raises PermissionDenied for a stranger."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def values(instance: Model) -> Values:
    """The columns of a row as an entry of the trail shows them."""
    fields = [f for f in instance._meta.concrete_fields if f.name not in UNSPOKEN]
    return {field.attname: _plain(field.value_from_object(instance)) for field in fields}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def record_change(instance: Model, before: Values, *, by: User) -> None:
    """Write the entry of an added or changed row; nothing where nothing changed."""
    after = values(instance)
    new = {name: value for name, value in after.items() if before.get(name, ...) != value}
    if not new:
        return
    facts = {
        "model": instance._meta.label_lower,
        "id": instance.pk,
        "label": str(instance),
        "old": {name: before[name] for name in new if name in before},
        "new": new,
    }
    unit = instance if isinstance(instance, Unit) else getattr(instance, "unit", None)
    record(Event.CHANGED, by=by, role=Role.ADMINISTRATOR, unit=unit, facts=facts)


def stored(instance: Model) -> Values:
    """The columns as they stand in the database; empty for a new row."""
    row = type(instance)._default_manager.filter(pk=instance.pk).first() if instance.pk else None
    return values(row) if row else {}


class AdministrationSite(admin.AdminSite):
    """Admin for administrators of data only; people sign in where they always do."""

    site_header = site_title = gettext_lazy("Administration of data")
    index_title = gettext_lazy("Structure, people, rules and roles")

    def has_permission(self, request: HttpRequest) -> bool:
        return administers(request.user)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Send strangers to the site's own page; refuse whoever has signed in already."""
        if request.user.is_authenticated:
            raise PermissionDenied(_("Only administrators of data may work here."))
        return redirect_to_login(request.GET.get("next", request.path), settings.LOGIN_URL)


class RowSelect(AutocompleteSelect):
    """A row that is searched for; what is sent in its place and is no row's number, is none."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> list[Any]:
        rows = [one for one in value if row_number(str(one))]
        found: list[Any] = super().optgroups(name, rows, attr)
        return found


class ByRight:
    """Everything for administrators of data; nobody deletes: rows are ended by their dates."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:  # type: ignore[attr-defined]
            kwargs["widget"] = RowSelect(db_field, self.admin_site)  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return administers(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return administers(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return administers(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return administers(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PlainDiff(Diff):
    """Differences in the preview of an import, without styles: the policy forbids inline ones."""

    def as_html(self) -> list[str]:
        return [re.sub(r' style="[^"]*"', "", html) for html in super().as_html()]


class TrailedResource(ModelResource):
    """Imports rows with an entry for each that is new or changed; deletes none."""

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        exclude = ("name_sort",)

    def get_diff_class(self) -> type[Diff]:
        return PlainDiff

    def for_delete(self, row: Mapping[str, Any], instance: Model) -> bool:
        return False

    def after_init_instance(
        self, instance: Model, new: bool, row: Mapping[str, Any], **kwargs: Any
    ) -> None:
        self._before = {} if new else values(instance)

    def after_save_instance(self, instance: Model, row: Mapping[str, Any], **kwargs: Any) -> None:
        if not kwargs.get("dry_run"):
            record_change(instance, self._before, by=kwargs["user"])


class Together(BaseInlineFormSet):  # type: ignore[type-arg]
    """Rows on one page know each other: one that is ended there makes room for another."""

    @cached_property
    def forms(self) -> list[Any]:
        made: list[Any] = super().forms
        rows = [form.instance for form in made]
        for row in rows:
            row.together = rows
        return made


class TrailedInline(ByRight, admin.TabularInline):  # type: ignore[type-arg]
    """Rows on the page of what they belong to."""

    formset = Together
    extra = 0
    can_delete = False
    show_change_link = True


class TrailedAdmin(ByRight, ImportExportModelAdmin):
    """Every change by page or file is written into the trail in the same transaction."""

    resource_classes: Any = ()
    actions = None
    import_formats = export_formats = [CSV, XLSX]
    skip_export_form = True
    skip_admin_log = True

    def get_resource_classes(self, request: HttpRequest) -> list[type[TrailedResource]]:
        meta = type("Meta", (TrailedResource.Meta,), {"model": self.model})
        return [type(f"{self.model.__name__}Resource", (TrailedResource,), {"Meta": meta})]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = stored(obj)
        super().save_model(request, obj, form, change)
        record_change(obj, before, by=administrator(request))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        before = {row.instance.pk: stored(row.instance) for row in formset.forms}
        super().save_formset(request, form, formset, change)
        for row in [*formset.new_objects, *(row for row, _fields in formset.changed_objects)]:
            record_change(row, before.get(row.pk, {}), by=administrator(request))

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_import_data_kwargs(**kwargs), "rollback_on_validation_errors": True}

    def process_dataset(self, dataset: Any, form: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Import what was previewed: all of it, or nothing."""
        result = super().process_dataset(dataset, form, request, **kwargs)
        if result.has_errors() or result.has_validation_errors():
            raise Conflict(_("The data have changed since the preview; send the file again."))
        return result

    def get_export_data(
        self, file_format: Any, request: HttpRequest, queryset: Any, **kwargs: Any
    ) -> Any:
        """An export takes data out of the site, so the trail says who and what."""
        facts = {"model": self.model._meta.label_lower, "rows": queryset.count()}
        with transaction.atomic():
            record(
                Event.DOWNLOADED, by=administrator(request), role=Role.ADMINISTRATOR, facts=facts
            )
        return super().get_export_data(file_format, request, queryset, **kwargs)
