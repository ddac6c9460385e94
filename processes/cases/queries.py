"""The questions that every page starts from: which cases and tasks a person may see."""

from typing import Any, Self

from django.db import models


class CaseQuerySet(models.QuerySet[Any]):
    """Cases; begin with `visible_to`."""

    def coerced(self) -> Self:
        """Nothing to coerce: a case is one table (viewflow asks for it)."""
        return self


class CaseTaskQuerySet(models.QuerySet[Any]):
    """Tasks; begin with a person."""
