import re

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from permissions.administration import TrailedAdmin
from permissions.catalogue import Act
from permissions.checks import may, today
from permissions.models import Holding, User
from processes.audit.models import AuditEntry
from processes.organisation.people import Cadre, Degree
from processes.organisation.positions import TitleGroup
from processes.organisation.units import Unit
from tests.world import SINCE, make_user

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\s(src|data-))|\son[a-z]+=\"|javascript:")


@pytest.fixture
def as_admin(world, client):
    client.force_login(world["admin"])
    return client


def page(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def last_entry():
    return AuditEntry.objects.filter(event__in=["changed", "granted", "revoked"]).last()


def group_form(world, **changed):
    inline = "standards"
    management = {f"{inline}-TOTAL_FORMS": 0, f"{inline}-INITIAL_FORMS": 0}
    fields = {"code": world.group.code, "name": world.group.name, "rank": world.group.rank}
    return fields | management | changed


def test_a_change_leaves_an_entry_with_old_and_new(world, as_admin):
    response = as_admin.post(
        page(TitleGroup, "change", world.group.pk), group_form(world, name="Cấp phó")
    )
    assert response.status_code == 302
    entry = last_entry()
    assert (entry.by, entry.role) == (world["admin"], "administrator")
    assert (entry.facts["old"], entry.facts["new"]) == (
        {"name": "Phó giám đốc sở"},
        {"name": "Cấp phó"},
    )


def test_a_form_sent_unchanged_leaves_no_entry(world, as_admin):
    before = AuditEntry.objects.count()
    as_admin.post(page(TitleGroup, "change", world.group.pk), group_form(world))
    assert AuditEntry.objects.count() == before


def test_an_addition_leaves_an_entry_with_every_column(world, as_admin):
    as_admin.post(page(TitleGroup, "add"), group_form(world, code="new", name="Mới"))
    entry = last_entry()
    assert entry.facts["old"] == {}
    assert entry.facts["new"].items() >= {"code": "new", "name": "Mới", "rank": 3}.items()


def test_a_fact_on_the_page_of_its_cadre_leaves_an_entry_of_its_own(world, as_admin):
    cadre = world.candidates[0]
    form = cadre_form(as_admin, cadre)
    fresh = {"cadre": cadre.pk, "rank": "master", "field": "Luật", "awarded_on": "2015-06-30"}
    number = int(form["degrees-TOTAL_FORMS"])
    form |= {f"degrees-{number}-{name}": value for name, value in fresh.items()}
    form["degrees-TOTAL_FORMS"] = number + 1
    as_admin.post(page(Cadre, "change", cadre.pk), form)
    entry = last_entry()
    degree = Degree.objects.get(rank="master")
    assert (entry.facts["model"], entry.facts["id"]) == ("processes.degree", degree.pk)


def cadre_form(client, cadre):
    """What the page of a cadre would send back unchanged."""
    context = client.get(page(Cadre, "change", cadre.pk)).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    fields = [field for form in forms for field in form]
    return {f.html_name: "" if f.value() is None else str(f.value()) for f in fields}


@pytest.mark.parametrize("name", ["clerk", "inspector", "oc_head"])
def test_nobody_else_may_enter(world, client, name):
    client.force_login(world[name])
    response = client.get(reverse("admin:index"), follow=True)
    assert response.status_code == 403


def test_a_superuser_without_the_right_may_not_enter(world, client):
    client.force_login(make_user("root", is_superuser=True, is_staff=True))
    assert client.get(page(Unit, "changelist"), follow=True).status_code == 403
    assert client.post(page(Unit, "add"), {"code": "X"}, follow=True).status_code == 403
    assert not Unit.objects.filter(code="X").exists()


def test_a_closed_account_of_an_administrator_may_not_enter(world, as_admin):
    User.objects.filter(pk=world["admin"].pk).update(is_active=False)
    response = as_admin.get(reverse("admin:index"))
    assert response.status_code == 302


def test_a_stranger_is_sent_to_the_one_page_to_sign_in(db, client):
    response = client.get(page(Unit, "changelist"), follow=True)
    assert response.redirect_chain[-1][0].startswith(f"{reverse('login')}?next=/admin/")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_page_of_a_model_has_an_entry_and_no_deletion(model):
    registered = admin.site._registry[model]
    assert isinstance(registered, TrailedAdmin)
    assert not registered.has_delete_permission(None)


def addresses():
    """Every page of the admin that shows a form or a list."""
    for model in MODELS:
        row = model._default_manager.first()
        yield from (page(model, "changelist"), page(model, "add"))
        yield from [page(model, "change", row.pk)] if row else []


def test_pages_keep_to_the_policy_on_inline_styles_and_scripts(as_admin):
    pages = {address: as_admin.get(address) for address in addresses()}
    assert {response.status_code for response in pages.values()} == {200}
    inline = {a: INLINE.findall(response.content.decode()) for a, response in pages.items()}
    assert {address: found for address, found in inline.items() if found} == {}


def test_a_row_cannot_be_deleted(world, as_admin):
    response = as_admin.post(page(TitleGroup, "delete", world.group.pk), {"post": "yes"})
    assert response.status_code == 403


def test_cases_and_groups_are_not_in_the_admin():
    apart = {"case", "casetask", "process", "task", "group", "auditentry"}
    assert not {model._meta.model_name for model in MODELS} & apart


def import_file(client, model, text):
    """Send a file, look at the preview, confirm it."""
    file = SimpleUploadedFile("rows.csv", text.encode("utf-8"), "text/csv")
    preview = client.post(page(model, "import"), {"import_file": file, "format": "0"})
    confirm = preview.context.get("confirm_form")
    if confirm is None:
        return preview
    return client.post(page(model, "process_import"), confirm.initial)


def test_an_imported_row_leaves_an_entry_with_old_and_new(world, as_admin):
    group = world.group
    text = f"id,code,name,rank\n{group.pk},{group.code},Cấp phó,3\n,moi,Nhóm mới,4\n"
    assert import_file(as_admin, TitleGroup, text).status_code == 302
    changed, added = AuditEntry.objects.filter(event="changed").order_by("-pk")[:2][::-1]
    assert changed.facts["old"] == {"name": "Phó giám đốc sở"}
    assert added.facts["new"]["code"] == "moi"


def test_a_preview_changes_nothing(world, as_admin):
    before = AuditEntry.objects.count()
    file = SimpleUploadedFile("rows.csv", b"id,code,name,rank\n,new,New,4\n", "text/csv")
    as_admin.post(page(TitleGroup, "import"), {"import_file": file, "format": "0"})
    assert (TitleGroup.objects.count(), AuditEntry.objects.count()) == (1, before)


def test_a_file_with_a_bad_row_is_not_imported(world, as_admin):
    response = import_file(as_admin, TitleGroup, "id,code,name,rank\n,a,A,1\n,b b,B,x\n")
    assert response.status_code == 200
    assert TitleGroup.objects.count() == 1


def test_an_export_leaves_an_entry(world, as_admin):
    response = as_admin.get(page(Cadre, "export"))
    entry = AuditEntry.objects.filter(event="downloaded").get()
    assert response["Content-Type"].startswith("text/csv")
    assert entry.facts == {"model": "processes.cadre", "rows": Cadre.objects.count()}


def test_a_role_is_granted_through_its_writer(world, as_admin):
    form = {"user": world["stranger"].pk, "role": "unit_head", "unit": world.units["STC"].pk}
    as_admin.post(page(Holding, "add"), form | {"valid_from": today().isoformat()})
    stranger = User.objects.get(pk=world["stranger"].pk)
    assert may(stranger, Act.HEAD_DECIDE, world.units["STC"].pk)
    assert (last_entry().event, last_entry().by) == ("granted", world["admin"])


def test_nobody_grants_themselves_a_role(world, as_admin):
    form = {"user": world["admin"].pk, "role": "unit_head", "unit": world.units["STC"].pk}
    response = as_admin.post(page(Holding, "add"), form | {"valid_from": today().isoformat()})
    assert response.status_code == 200
    assert not Holding.objects.filter(user=world["admin"], role="unit_head").exists()


def test_a_role_is_ended_with_a_reason(world, as_admin):
    holding = Holding.objects.get(user=world["clerk"])
    address = page(Holding, "change", holding.pk)
    assert as_admin.post(address, {"valid_until": today()}).status_code == 200
    as_admin.post(address, {"valid_until": today(), "reason": "Chuyển công tác"})
    holding.refresh_from_db()
    assert (holding.valid_until, last_entry().reason) == (today(), "Chuyển công tác")
    assert last_entry().facts["old_until"] is None


def test_a_role_cannot_end_before_it_began(world, as_admin):
    holding = Holding.objects.get(user=world["clerk"])
    data = {"valid_until": SINCE.replace(year=2000), "reason": "x"}
    assert as_admin.post(page(Holding, "change", holding.pk), data).status_code == 200
    holding.refresh_from_db()
    assert holding.valid_until is None


def test_an_account_is_closed_not_deleted(world, as_admin):
    user = world["clerk"]
    form = {"last_name": user.last_name, "first_name": user.first_name, "title": ""}
    as_admin.post(page(User, "change", user.pk), form)
    user.refresh_from_db()
    assert (user.is_active, last_entry().facts["new"]) == (False, {"is_active": False})


def test_nobody_closes_their_own_account(world, as_admin):
    user = world["admin"]
    as_admin.post(page(User, "change", user.pk), {"last_name": "A", "first_name": "B"})
    user.refresh_from_db()
    assert (user.is_active, user.last_name) == (True, "A")


def test_a_new_account_has_no_rights_and_its_password_is_in_no_entry(world, as_admin):
    secret = "mot-mat-khau-dai-82"
    form = {"username": "moi", "last_name": "Lê", "password1": secret, "password2": secret}
    as_admin.post(page(User, "add"), form)
    user = User.objects.get(username="moi")
    assert user.check_password(secret)
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert "password" not in last_entry().facts["new"]


def test_what_libraries_say_is_said_in_vietnamese(world, as_admin):
    as_admin.cookies["django_language"] = "vi"
    shown = as_admin.get(reverse("admin:index")).content.decode()
    shown += as_admin.get(page(TitleGroup, "changelist")).content.decode()
    assert "Tài khoản và quyền" in shown
    assert "Loại dữ liệu" in shown
    for english in ("Model name", "Add link", "Permissions", "Processes", "> Export", ">Export"):
        assert english not in shown
