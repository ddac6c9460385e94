"""Settings of the site, in one file; what differs between machines comes from the environment.

DJANGO_DEBUG, SECRET_KEY, ALLOWED_HOSTS, CSRF_TRUSTED_ORIGINS, BEHIND_PROXY, DEMO_MODE,
DATABASE_URL, DATABASE_POOL, REDIS_URL, DOCUMENT_ROOT, DRAFT_DAYS, LOG_KEYS, LOG_DROPS, LOG_MAIL,
SITE_URL, MAIL_FROM, EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from .databases import database
from .environment import flag, number, secret, words

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"

DEBUG = flag("DJANGO_DEBUG")
SECRET_KEY = secret("SECRET_KEY")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "127.0.0.1,localhost" if DEBUG else "")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")

# Demo mode signs anybody in as any persona with one click: never on a site that is open.
DEMO_MODE = flag("DEMO_MODE")
if DEMO_MODE and not DEBUG:
    raise ImproperlyConfigured("DEMO_MODE needs DJANGO_DEBUG=1: switch one on or the other off.")

INSTALLED_APPS = [
    "daphne",  # before staticfiles: its runserver speaks WebSocket
    "workflow_site.administration.AdministrationConfig",  # the admin, by right
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "channels",
    "csp",
    "django_htmx",
    "guardian",
    "import_export",
    # The engine only. The app "viewflow" beside it would mount its own middleware and pages.
    "viewflow.workflow",
    "workflow_site",
    "permissions",
    "processes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "workflow_site.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "workflow_site.private.PrivatePages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "workflow_site.errors.ErrorPages",
]

ROOT_URLCONF = "workflow_site.urls"
ASGI_APPLICATION = "workflow_site.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "workflow_site.context.site",
                "processes.pages.context.navigation",
            ],
        },
    },
    {
        # For the rows of long lists only: compiled, it draws them in a tenth of the time.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja",
        "DIRS": [BASE_DIR / "templates" / "jinja"],
        "OPTIONS": {"environment": "workflow_site.rows.environment"},
    },
]

FORM_RENDERER = "workflow_site.forms.Renderer"

# Never ATOMIC_REQUESTS: a request that waits for a case would then hold a transaction which the
# lock timeout has already broken. The lock of the case is the transaction.
DATABASES = {
    "default": database(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR}/site.sqlite3",
        pool=int(os.environ.get("DATABASE_POOL", "0")),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = os.environ.get("REDIS_URL", "")
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        # Waiting for a message is no failure: redis-py gives up reading after 5 seconds of silence,
        # just when channels_redis stops waiting by itself, and the socket of the page would break.
        # Many pages come and go at once when a proxy starts again; 100 connections are too few.
        # What waits for one server process counts for all its sockets together; what comes after
        # the capacity is dropped without a word: a telling is a small message, and lives a minute.
        "CONFIG": {
            "hosts": [{"address": REDIS_URL, "socket_timeout": None, "max_connections": 2_000}],
            "capacity": 10_000,
        },
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}

AUTH_USER_MODEL = "permissions.User"
AUTHENTICATION_BACKENDS = [
    "permissions.sessions.PeopleBackend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ANONYMOUS_USER_NAME = None  # guardian: no row for strangers, they have no rights
GUARDIAN_RAISE_403 = False
MESSAGE_TAGS = {message_levels.ERROR: "danger"}  # as Bootstrap calls it
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["workflow_site.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR / "static"
STATIC_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
if DEBUG:
    STATIC_STORAGE = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}
# Papers of a case: no web server reads this folder, every download passes a check of rights.
DOCUMENT_ROOT = Path(os.environ.get("DOCUMENT_ROOT") or VAR / "documents")
MEDIA_ROOT = DOCUMENT_ROOT
DOCUMENT_MAX_BYTES = 20 * 1024 * 1024
# How long what somebody has typed and not sent is kept after its last change.
DRAFT_DAYS = number("DRAFT_DAYS", 30)

# The log of the trail. Its private keys lie outside the database and outside every copy of it; its
# checkpoints go to folders on another host or medium and to mailboxes.
LOG_KEYS = Path(os.environ.get("LOG_KEYS") or VAR / "log-keys")
LOG_DROPS = words("LOG_DROPS", str(VAR / "log-drop") if DEBUG else "")
LOG_MAIL = words("LOG_MAIL")

# Mail goes to the server that the environment names; without one, into files below var.
SITE_URL = (os.environ.get("SITE_URL") or "http://127.0.0.1:8000").rstrip("/")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
if EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    if not os.environ.get("SITE_URL"):
        raise ImproperlyConfigured("SITE_URL is not set: links in mails need the site's address.")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT") or 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM") or "personnel-procedures@localhost"

# A cell of an export that begins with "=" would be run by a spreadsheet.
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap draws its arrows and ticks with data: addresses
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "permissions.sessions"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
if not DEBUG:
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
if flag("BEHIND_PROXY"):  # only a proxy that sets this header itself may stand in front
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
