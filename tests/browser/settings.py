"""The site's own settings; a browser keeps static files for a while, as it does in production."""

from workflow_site.settings import *  # noqa: F403 -- whatever the site has
from workflow_site.settings import INSTALLED_APPS

WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
# Only for its runserver; it makes its loop when it is read, and forks cannot share one.
INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "daphne"]
