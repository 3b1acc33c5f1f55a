"""Databases for tests: a SQLite file or a PostgreSQL of our own, each test in a fresh one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, make_url

#: Where Debian keeps the server's programs, one folder for each version.
_DEBIAN = Path("/usr/lib/postgresql")
_NUMBERS = count(1)


@contextmanager
def server() -> Iterator[URL]:
    """A PostgreSQL server: the one of SIGNPOST_TEST_POSTGRES_URL, or one that runs for these tests alone.

    Its database "postgres" must let us make others. Where there is none, the tests are skipped; in
    continuous integration they fail.
    """
    given = os.environ.get("SIGNPOST_TEST_POSTGRES_URL")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    programs = _programs()
    if programs is None:
        message = "PostgreSQL is not installed: apt-get install postgresql"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    folder = Path(tempfile.mkdtemp(prefix="signpost-pg-"))
    try:
        yield from _run(programs, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(programs: Path, folder: Path) -> Iterator[URL]:
    """Run a server that listens on a socket in `folder`, and on no network."""
    user = _as_nobody_special(folder)
    data, log = folder / "data", folder / "log"
    made = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
    _call([*user, *made])
    listen = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=200"
    start = [programs / "pg_ctl", "-D", data, "-l", log, "-o", listen, "-w"]
    _call([*user, *start, "start"])
    try:
        yield URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": str(folder)})
    finally:
        _call([*user, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])


def _call(command: list[object]) -> None:
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, cwd="/")


def _as_nobody_special(folder: Path) -> list[object]:
    """PostgreSQL does not run as root: how to call its programs as somebody else, who owns `folder`."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _programs() -> Path | None:
    """The folder of initdb and pg_ctl; None: they are not installed."""
    found = shutil.which("initdb")
    versions = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]), reverse=True)
    if found is None and not versions:
        return None
    return Path(found).resolve().parent if found else versions[0].parent


@contextmanager
def postgres_database(server: URL, like: str = "template0") -> Iterator[str]:
    """The URL of a new database on `server`, which is dropped afterwards.

    Empty, or a copy of the database at the URL `like`: that is quicker than to run the migrations again.
    """
    name = f"signpost_{os.getpid()}_{next(_NUMBERS)}"
    template = like.rpartition("/")[2].partition("?")[0]
    _admin(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        url = server.set(drivername="postgresql", database=name)
        yield url.render_as_string(hide_password=False)
    finally:
        _admin(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _admin(server: URL, statement: str) -> None:
    """Run a statement that no transaction can hold."""
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
