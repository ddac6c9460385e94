"""HTTP, and the WebSocket that says when something changed."""

import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workflow_site.settings")
os.environ.setdefault("DATABASE_POOL", "10")
pages = get_asgi_application()

from processes.audit.checks import tell_at_start  # noqa: E402 -- once the apps are ready
from processes.pages.sockets import urlpatterns  # noqa: E402

tell_at_start()
sockets = AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(urlpatterns)))
application = ProtocolTypeRouter({"http": pages, "websocket": sockets})
