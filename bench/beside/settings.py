"""The site's settings, with the packages that its trail is compared with."""

from bench.ours.settings import *  # noqa: F403
from bench.ours.settings import INSTALLED_APPS as SITE

INSTALLED_APPS = [*SITE, "pgtrigger", "pghistory", "auditlog", "bench.beside"]
PGTRIGGER_INSTALL_ON_MIGRATE = True
