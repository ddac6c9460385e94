"""The whole site map on one screen, with the pages of `processes.pages.urls` at its root."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from .theme import set_theme

urlpatterns = [
    path("sign-out/", LogoutView.as_view(), name="logout"),
    path("language/", include("django.conf.urls.i18n")),
    path("theme/", set_theme, name="set_theme"),
    path("admin/", admin.site.urls),
    path("", include("processes.pages.urls")),
]
