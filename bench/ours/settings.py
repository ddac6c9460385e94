"""The site's own settings as in production; only the test client's needs differ."""

import os

os.environ["DJANGO_DEBUG"] = os.environ["DEMO_MODE"] = "0"
os.environ.setdefault("SECRET_KEY", "only-for-benchmarks-" + "x" * 50)
os.environ["ALLOWED_HOSTS"] = "testserver,127.0.0.1"

from workflow_site.settings import *  # noqa: F403

# No manifest, so that nothing needs to be collected first.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SECURE_SSL_REDIRECT = False
