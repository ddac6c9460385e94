"""The site refuses to start on settings that contradict each other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from workflow_site.checks import demo_mode_stays_at_home
from workflow_site.environment import flag, words

ROOT = Path(__file__).resolve().parents[2]


def start(*arguments, **environment):
    """What Python says in this environment and nothing else; without arguments, at the start."""
    command = [sys.executable, *(arguments or ("manage.py", "check"))]
    environment = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)  # noqa: S603


def test_the_site_does_not_start_in_demo_mode_without_debug():
    said = start(SECRET_KEY="x", DEMO_MODE="1", DJANGO_DEBUG="0")
    assert said.returncode != 0
    assert "DEMO_MODE needs DJANGO_DEBUG=1" in said.stderr


def test_the_site_does_not_start_without_a_secret():
    said = start(DJANGO_DEBUG="1")
    assert said.returncode != 0
    assert "SECRET_KEY is not set" in said.stderr


def test_demo_mode_without_debug_is_an_error_of_the_checks(settings):
    settings.DEMO_MODE, settings.DEBUG = True, False
    assert [error.id for error in demo_mode_stays_at_home(None)] == ["workflow_site.E001"]


def test_demo_mode_with_debug_is_no_error(settings):
    settings.DEMO_MODE = settings.DEBUG = True
    assert demo_mode_stays_at_home(None) == []


@pytest.mark.parametrize(("written", "on"), [("1", True), ("yes", True), ("0", False), ("", False)])
def test_a_switch_is_read(monkeypatch, written, on):
    monkeypatch.setenv("SWITCH", written)
    assert flag("SWITCH") is on


def test_an_unclear_switch_is_refused(monkeypatch):
    monkeypatch.setenv("SWITCH", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="SWITCH=perhaps"):
        flag("SWITCH")


def test_a_list_is_read_with_commas(monkeypatch):
    monkeypatch.setenv("HOSTS", "a.example, b.example,")
    assert words("HOSTS") == ["a.example", "b.example"]
