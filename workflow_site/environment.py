"""Settings that come from outside, read and refused in plain words."""

import os

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"", "0", "false", "no", "off"}


def flag(name: str) -> bool:
    """Whether a switch is on; anything but a clear yes or no is refused."""
    value = os.environ.get(name, "").strip().lower()
    if value in YES:
        return True
    if value in NO:
        return False
    raise ImproperlyConfigured(f"{name}={value}: write 1 to switch it on, 0 to switch it off.")


def words(name: str, default: str = "") -> list[str]:
    """A list written with commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def number(name: str, default: int) -> int:
    """A whole number of at least 1."""
    value = os.environ.get(name, "").strip() or str(default)
    if not (value.isascii() and value.isdigit() and int(value)):
        raise ImproperlyConfigured(f"{name}={value}: write a whole number, 1 or more.")
    return int(value)


def secret(name: str) -> str:
    """A value without which the site must not start."""
    if value := os.environ.get(name, ""):
        return value
    raise ImproperlyConfigured(
        f"{name} is not set. Give it a long random value, or use script/server for development."
    )
