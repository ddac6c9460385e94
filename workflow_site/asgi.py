"""HTTP, and the WebSocket that says when something changed."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workflow_site.settings")
application = get_asgi_application()
