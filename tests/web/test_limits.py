"""Rate limits that several processes share, in a real Redis of our own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import redis

from tests.web.conftest import NOW, Echo, Only
from web.app import create_app
from web.limits import SIGN_IN_LIMIT, SignInLimit
from web.settings import Settings

ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture
def redis_url() -> Iterator[str]:
    """A Redis that listens on a socket, and on no network. In continuous integration there must be one."""
    given = os.environ.get("SIGNPOST_TEST_REDIS_URL")
    if given:
        yield given
        return
    program = shutil.which("redis-server")
    if program is None:
        message = "Redis is not installed: apt-get install redis-server"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    folder = Path(tempfile.mkdtemp(prefix="signpost-redis-"))
    socket = folder / "socket"
    command = [program, "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"unix://{socket}")
        yield f"redis+unix://{socket}"
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder)


def _wait_for(url: str) -> None:
    """Until it answers."""
    client = redis.Redis.from_url(url, retry=redis.retry.Retry(redis.backoff.ConstantBackoff(0.05), 100))
    client.ping()
    client.close()


def test_two_processes_share_one_limit(settings: Settings, redis_url: str) -> None:
    """Whichever of them a sender's requests come to."""
    chosen = replace(settings, redis_url=redis_url, turn_limit="3 per hour")
    clients = [create_app(chosen, Only(Echo()), lambda: NOW).test_client() for _ in range(2)]
    body = {"message": "noise", "language": "en"}
    answers = [
        clients[turn % 2].post("/api/v1/chat", json=body, environ_base=ELSEWHERE).status_code
        for turn in range(5)
    ]
    assert answers == [200, 200, 200, 429, 429]


def test_two_processes_share_the_limit_of_signing_in(settings: Settings, redis_url: str) -> None:
    """Guessing is not quicker where there are more machines."""
    app = create_app(settings, Only(Echo()), lambda: NOW)
    limits = [SignInLimit(redis_url), SignInLimit(redis_url)]
    allowed = int(SIGN_IN_LIMIT.split()[0])
    with app.test_request_context("/staff/sign-in", environ_base=ELSEWHERE):
        taken = [limits[number % 2].allows() for number in range(allowed + 2)]
    assert taken == [True] * allowed + [False] * 2


def test_a_redis_that_is_away_lets_nobody_guess_on(settings: Settings) -> None:
    """Each process counts for itself then."""
    app = create_app(settings, Only(Echo()), lambda: NOW)
    limit = SignInLimit("redis://127.0.0.1:9")
    allowed = int(SIGN_IN_LIMIT.split()[0])
    with app.test_request_context("/staff/sign-in", environ_base=ELSEWHERE):
        taken = [limit.allows() for _ in range(allowed + 1)]
    assert taken == [True] * allowed + [False]
