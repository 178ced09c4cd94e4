"""Where what people decide and enter is kept: one database apart from every build, added to, never changed."""

import os
import threading
from functools import cache
from typing import Any

import sqlalchemy as sa

from etl import places

_PATIENCE = 30
_lock = threading.Lock()

_SQLITE = """create trigger {change}_of_{table}_refused before {change} on {table}
begin select raise(abort, '{table} are added to, never changed'); end"""
_POSTGRESQL = """create function {table}_are_kept() returns trigger language plpgsql as
$$ begin raise exception '{table} are added to, never changed'; end $$;
create trigger change_refused before update or delete on {table}
for each row execute function {table}_are_kept()"""


def base(tables: sa.MetaData) -> sa.Engine:
    """The database, with the tables made if they are not there yet; OVERSIGHT_DECISIONS names another."""
    return engine(
        os.environ.get("OVERSIGHT_DECISIONS") or f"sqlite:///{places.data() / 'decisions.sqlite'}", tables
    )


@cache
def engine(url: str, tables: sa.MetaData) -> sa.Engine:
    """The database at an address."""
    waits = {"timeout": _PATIENCE} if url.startswith("sqlite") else {}
    made = sa.create_engine(url, connect_args=waits)
    with _lock:
        tables.create_all(made)
    return made


def keep(table: sa.Table) -> None:
    """Make the database itself refuse changes to what stands in a table."""
    sa.event.listen(table, "after_create", _guard)


def _guard(table: sa.Table, base: sa.Connection, **_: Any) -> None:
    if base.dialect.name == "sqlite":
        for change in ("update", "delete"):
            base.execute(sa.text(_SQLITE.format(change=change, table=table.name)))
    else:
        base.execute(sa.text(_POSTGRESQL.format(table=table.name)))
