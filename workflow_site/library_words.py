"""Words of the administration's libraries that have no Vietnamese of their own.

Django's admin lacks some, django-import-export all. They are named here so that they are collected
into our catalogue, which is read before theirs.
"""

from django.utils.translation import gettext_noop as _

WORDS = (
    _("Select this object for an action - {}"),
    _("Breadcrumbs"),
    _("Model name"),
    _("Add link"),
    _("Change or view list link"),
    _("Error:"),
    _("Skip to main content"),
    _("Hide counts"),
    _("Show counts"),
    _("Toggle theme (current theme: auto)"),
    _("Toggle theme (current theme: light)"),
    _("Toggle theme (current theme: dark)"),
    _("Added:"),
    _("Changed:"),
    _("Deleted:"),
    _("Toggle navigation"),
    _("Sidebar"),
    _("Filter navigation items"),
    _("entry"),
    _("View selected %(model)s"),
    _("Select all objects on this page for an action"),
    _("Import"),
    _("%s through import_export"),
    _("Import finished: {} new, {} updated, {} deleted and {} skipped {}."),
    _(
        "%(exc_name)s encountered while trying to read file. Ensure you have chosen the "
        "correct format for the file."
    ),
    _("No valid data to import. Ensure your file has the correct headers or data for import."),
    _("Export"),
    _("Export selected %(verbose_name_plural)s"),
    _("Resource"),
    _("Format"),
    _("File to import"),
    _('Select at least 1 field for "%(resource_name)s" to export'),
    _("This exporter will export the following fields: "),
    _("Select all"),
    _("Submit"),
    _(
        "Below is a preview of data to be imported. If you are satisfied with the "
        "results, click 'Confirm import'"
    ),
    _("Confirm import"),
    _("Errors"),
    _("Line number"),
    _("Some rows failed to validate"),
    _(
        "Please correct these errors in your data where possible, then reupload it using "
        "the form above."
    ),
    _("Row"),
    _("Non field specific"),
    _("Preview"),
    _("New"),
    _("Skipped"),
    _("This importer will import the following fields: "),
    _("Value could not be parsed."),
)
