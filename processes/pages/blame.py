"""Errors that a step finds, put beside the fields that they are about."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from permissions.errors import Unfit
from processes.organisation.lookups import NotSetUp
from processes.pages.labels import FAMILIES
from processes.rules import NoEdition

#: What a step finds lacking in the dated data. The form comes back with it: it is sent again when
#: the administrator has added the row.
LACKS = (NotSetUp, NoEdition)
#: What keeps a form from being built: what it would offer lacks in the data.
FORMLESS = (ValidationError, *LACKS)


def said_by(lack: Exception) -> list[str]:
    """What a form lacks, in sentences."""
    return lack.messages if isinstance(lack, ValidationError) else [lack_said(lack)]


def lack_said(lack: Exception) -> str:
    """What the dated data lack, as a sentence."""
    if not isinstance(lack, NoEdition):
        return str(lack)
    return _("No edition of the regulations on %(family)s is in force on %(day)s.") % {
        "family": FAMILIES.get(lack.family, lack.family),
        "day": date_format(lack.on, "SHORT_DATE_FORMAT"),
    }


def add_errors(form: forms.Form, error: ValidationError | Unfit) -> None:
    """Add what the step refused to the form; what is about no field stands above all."""
    if isinstance(error, Unfit):
        error = ValidationError({name: list(said) for name, said in error.errors.items()})
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        field = name if name in form.fields and name != NON_FIELD_ERRORS else None
        form.add_error(field, errors)
