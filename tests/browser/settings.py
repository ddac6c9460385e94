"""The site's own settings; a browser keeps static files for a while, as it does in production."""

from workflow_site.settings import *  # noqa: F403 -- whatever the site has

WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
