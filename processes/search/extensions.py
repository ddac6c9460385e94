"""The extensions of PostgreSQL that the search needs, and what to do where one is refused."""

from typing import Any

from django.db import DatabaseError, transaction

from processes.search.postgresql import EXTENSIONS


class ExtensionsMissing(Exception):
    """The database lacks an extension, and the user of the site may not create it."""


def create(apps: Any, schema_editor: Any) -> None:
    """Create those that are missing, as a step of a migration. Raises ExtensionsMissing.

    Both are "trusted" since PostgreSQL 13: whoever may CREATE in the database may have them.
    """
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        present = {name for (name,) in cursor.fetchall()}
        lacking = [name for name in EXTENSIONS if name not in present]
        try:
            with transaction.atomic(using=connection.alias):
                for name in lacking:
                    cursor.execute(f"CREATE EXTENSION {name}")
        except DatabaseError as error:
            raise ExtensionsMissing(how_to(connection.settings_dict, lacking)) from error


def how_to(database: dict[str, Any], lacking: list[str]) -> str:
    """What an administrator of the database has to do, as a text for the terminal."""
    statements = " ".join(f"CREATE EXTENSION {name};" for name in lacking)
    return (
        f"The search needs the extensions {', '.join(lacking)} in the database"
        f" “{database['NAME']}”, and the user “{database['USER']}” may not create them."
        f" Ask an administrator of PostgreSQL to run, in that database: {statements}"
        f' or to allow it: GRANT CREATE ON DATABASE "{database["NAME"]}" TO'
        f' "{database["USER"]}"; then run “migrate” again. Where the extensions are unknown, the'
        " package postgresql-contrib is not installed on the server."
    )
