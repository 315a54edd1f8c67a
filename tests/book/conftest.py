"""Every test of the book runs on SQLite, and on PostgreSQL where its programs are installed (a private cluster, no network)."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from foedus.book import Book

NAMES = ("initdb", "pg_ctl", "postgres")


def _programs() -> Path | None:
    places = [Path(found).parent for found in [shutil.which("initdb")] if found]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if all((place / name).exists() for name in NAMES)), None)


def _user() -> str | None:
    """Whom the server runs as: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    return next((name for name in ("postgres", "nobody") if any(user.pw_name == name for user in pwd.getpwall())), None)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Callable[..., str]]:
    """Makes an empty data base on a private PostgreSQL and gives its URL; skips, saying why, where there is none."""
    programs, user = _programs(), _user()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (initdb, pg_ctl, postgres)")
    psycopg = pytest.importorskip(
        "psycopg", reason="the driver psycopg is not installed: pip install 'foedus[postgres]'"
    )
    folder = Path(tempfile.mkdtemp(prefix="foedus-pg-"))
    as_user: dict[str, Any] = {"cwd": folder, "check": True, "capture_output": True}
    if user is not None:
        shutil.chown(folder, user)
        as_user["user"] = user
    owner = user or pwd.getpwuid(os.geteuid()).pw_name
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off"
    try:
        subprocess.run(
            [programs / "initdb", "-D", folder / "data", "-U", owner, "-A", "trust", "-E", "UTF8", "-N"], **as_user
        )
        start = [programs / "pg_ctl", "-D", folder / "data", "-o", options, "-l", folder / "log", "-w", "start"]
        subprocess.run(start, **as_user | {"capture_output": False, "stdout": subprocess.DEVNULL})
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL cannot be started here ({error})")

    def make(template: str = "template0") -> str:
        name = f"book_{uuid.uuid4().hex}"
        with psycopg.connect(host=str(folder), user=owner, dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return f"postgresql://{owner}@/{name}?host={folder}"

    yield make
    subprocess.run([programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], **as_user)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def made_place(cluster: Callable[..., str]) -> Callable[[], str]:
    """Gives the URL of another empty book, its tables made once and copied."""
    first = cluster()
    Book.open(first).close()
    name = first.partition("@/")[2].partition("?")[0]
    return lambda: cluster(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def blank_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives a place where nothing is yet each time: a path, or the URL of a data base."""
    if request.param == "postgresql":
        made: Callable[[], str] = request.getfixturevalue("cluster")
        return made
    return lambda: str(tmp_path / f"{uuid.uuid4().hex}.db")


@pytest.fixture(params=["sqlite", "postgresql"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives a place for another empty book each time: a path, or the URL of a data base."""
    if request.param == "postgresql":
        made: Callable[[], str] = request.getfixturevalue("made_place")
        return made
    return lambda: str(tmp_path / f"{uuid.uuid4().hex}.db")


@pytest.fixture
def book(new_place: Callable[[], str]) -> Iterator[Book]:
    """An empty book."""
    with Book.open(new_place()) as opened:
        yield opened
