from tests.intake.conftest import browser, built, world

__all__ = ["browser", "built", "world"]
