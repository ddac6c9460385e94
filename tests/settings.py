"""Settings of the tests: the site's own, and nothing slow that a test does not ask for."""

import os

os.environ.setdefault("DJANGO_DEBUG", "1")
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ["DEMO_MODE"] = "0"

import tempfile
from pathlib import Path

from workflow_site.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Several runs may share a machine, so each has a database of its own. TEST_DATABASE fixes the
# name, which --reuse-db needs.
NAME = os.environ.get("TEST_DATABASE") or f"test_workflow_{os.getpid()}"
DATABASE = DATABASES["default"]
if DATABASE["ENGINE"].endswith("sqlite3"):
    # A file, not memory: WAL and immediate transactions are then the ones of the site.
    NAME = str(Path(tempfile.gettempdir()) / f"{NAME}.sqlite3")
    DATABASE["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
DATABASE["TEST"] = {"NAME": NAME}

# The rights and the papers of a test end with it.
DOCUMENT_ROOT = MEDIA_ROOT = Path(tempfile.gettempdir()) / f"documents_{os.getpid()}"

# A key of the log and its copies are made by the test that wants them.
LOG_KEYS, LOG_DROPS = DOCUMENT_ROOT / "log-keys", []
