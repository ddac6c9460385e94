"""Django's admin app with the site that asks for the right to maintain data."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Puts our site in the place of Django's, so that every registration goes there."""

    default_site = "permissions.administration.AdministrationSite"
