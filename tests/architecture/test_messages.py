"""A reader of Vietnamese meets no English; script/check also compares with the code."""

import importlib.util
from pathlib import Path

from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("messages", ROOT / "script" / "messages.py")
messages = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(messages)


def test_every_text_of_the_catalogue_is_translated():
    assert messages.unfinished(messages.read(ROOT / messages.CATALOGUE)) == []


def test_an_untranslated_text_is_found():
    catalogue = Catalog(locale="vi", fuzzy=False)
    catalogue.add("Unit", "")
    assert messages.unfinished(catalogue) == ["no translation: Unit"]


def test_a_guessed_text_is_found():
    catalogue = Catalog(locale="vi", fuzzy=False)
    catalogue.add("Unit", "Đơn vị", flags=["fuzzy"])
    assert messages.unfinished(catalogue) == ["fuzzy: Unit"]


def test_a_lost_placeholder_is_found():
    catalogue = Catalog(locale="vi", fuzzy=False)
    catalogue.add("%(days)d days", "%(ngay)d ngày", flags=["python-format"])
    assert "unknown named placeholder" in messages.unfinished(catalogue)[0]
