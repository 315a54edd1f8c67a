"""Bring a record book to the schema of this version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from foedus.book.schema import REVISION
from foedus.errors import BookError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


def revision_of(connection: Connection) -> str | None:
    """The schema revision that the book says it has, or None for an empty data base."""
    names = set(inspect(connection).get_table_names())
    if "alembic_version" not in names:
        if names:
            raise BookError("this data base is not a record book (it has other tables); name another file")
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(connection: Connection) -> None:
    """Run what is missing, inside the transaction of `connection`. A newer schema raises `BookError`."""
    found = revision_of(connection)
    if found == REVISION:
        return
    if found is not None and found > REVISION:
        raise BookError(f"the record book has schema {found}, this foedus knows {REVISION}: use a newer foedus")
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
