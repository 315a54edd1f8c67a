"""A private PostgreSQL for measurements: made in a folder of its own, reached by a socket, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg


@contextmanager
def postgres(options: str = "") -> Iterator[str]:
    """The URL of an empty data base on a server that is there until the block ends. Raises `SystemExit` without PostgreSQL."""
    found = [Path(one).parent for one in [shutil.which("initdb")] if one]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    programs = next((place for place in found if (place / "pg_ctl").exists()), None)
    if programs is None:
        raise SystemExit("PostgreSQL is not installed (initdb, pg_ctl, postgres)")
    folder = Path(tempfile.mkdtemp(prefix="foedus-pg-"))
    owner, run = _owner(folder)
    where = f"-c listen_addresses= -c unix_socket_directories={folder} {options}"
    try:
        _quiet([programs / "initdb", "-D", folder / "data", "-U", owner, "-A", "trust", "-E", "UTF8", "-N"], run)
        _quiet([programs / "pg_ctl", "-D", folder / "data", "-o", where, "-l", folder / "log", "-w", "start"], run)
        with psycopg.connect(host=str(folder), user=owner, dbname="postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE book")
        yield f"postgresql://{owner}@/book?host={folder}"
    finally:
        stop = [programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"]
        subprocess.run(stop, **run, stdout=subprocess.DEVNULL, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _owner(folder: Path) -> tuple[str, dict[str, Any]]:
    """Whom the server runs as (it refuses root), and how to run its programs."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name, {"cwd": folder}
    user = next(name for name in ("postgres", "nobody") if any(one.pw_name == name for one in pwd.getpwall()))
    shutil.chown(folder, user)
    return user, {"cwd": folder, "user": user}


def _quiet(command: list[Any], run: dict[str, Any]) -> None:
    subprocess.run(command, **run, stdout=subprocess.DEVNULL, check=True)
