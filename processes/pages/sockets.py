"""Addresses of the sockets."""

from django.urls import path

from processes.pages.consumers import InboxConsumer

urlpatterns = [path("ws/inbox/", InboxConsumer.as_asgi())]
