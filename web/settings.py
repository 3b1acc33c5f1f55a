"""The settings of an installation, from variables named SIGNPOST_…; every default fits a first run."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import bot
from web.identity import Provider, WrongProvider, provider_from

#: A shorter key could be guessed. Source: itsdangerous and Flask both advise at least 16 random bytes.
MINIMUM_KEY_CHARACTERS = 16
#: A library or a mobile network may bring many residents behind one address, so the limit is generous.
TURN_LIMIT = "600 per minute"


#: How long a question to the council is kept where nothing else is set: a month to read it, and no longer.
QUESTION_DAYS = 30


class SettingsError(Exception):
    """A setting is wrong; the message names the variable and says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how much is allowed."""

    #: The project's folder, with `knowledge` and `translations` in it.
    home: Path
    #: An SQLAlchemy URL.
    database_url: str
    #: Signs the state of dialogues.
    secret_key: str
    #: None: rate limits are counted in the memory of each worker.
    redis_url: str | None = None
    #: Turns from one address, in the notation of Flask-Limiter; "" for no limit.
    turn_limit: str = TURN_LIMIT
    #: How many reverse proxies stand in front and set X-Forwarded-For.
    proxies: int = 0
    #: True: follow the folder instead of the store.
    live: bool = False
    #: Where the public finds the service: "https://…" without a path; None: where each request was sent.
    public_url: str | None = None

    #: For how many days a question sent to the council is kept; None: none can be sent.
    question_days: int | None = None
    #: The council's identity provider; None: staff sign in with passwords alone.
    provider: Provider | None = None

    @property
    def learned(self) -> Path:
        """The folder that keeps what was learned from the content."""
        return learned_folder(self.home)


def learned_folder(home: Path) -> Path:
    """Where what was learned from the content of the project's folder is kept."""
    return home / "var" / "learned"


def project_folder(environ: Mapping[str, str]) -> Path:
    """SIGNPOST_HOME, or the folder of the code. Raises SettingsError where it has no knowledge base."""
    home = Path(environ.get("SIGNPOST_HOME") or Path(bot.__file__).parent.parent).resolve()
    if not (home / "knowledge").is_dir():
        raise SettingsError(
            f"There is no knowledge base in {home}: set SIGNPOST_HOME to the folder that 'knowledge' is in."
        )
    return home


def settings_from(environ: Mapping[str, str], live: bool = False) -> Settings:
    """The settings of this installation. Raises SettingsError.

    The secret key is made, and kept in `var/secret_key`, where none is given.
    """
    home = project_folder(environ)
    var = home / "var"
    return Settings(
        home=home,
        database_url=environ.get("SIGNPOST_DATABASE_URL") or f"sqlite:///{var / 'signpost.db'}",
        secret_key=_given_key(environ) or kept_key(var / "secret_key"),
        redis_url=environ.get("SIGNPOST_REDIS_URL") or None,
        turn_limit=environ.get("SIGNPOST_TURN_LIMIT", TURN_LIMIT),
        proxies=_count(environ, "SIGNPOST_PROXIES"),
        live=live,
        public_url=_address(environ, "SIGNPOST_PUBLIC_URL"),
        question_days=_question_days(environ),
        provider=_provider(environ),
    )


def kept_key(path: Path) -> str:
    """The key kept in the file `path`, which is made, readable by its owner alone, if it is not there.

    Safe with several processes starting at once: the file appears whole, and the first one wins.
    """
    try:
        if not path.exists():
            _make_key(path)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError) as error:
        raise SettingsError(
            f"The secret key cannot be kept in {path} ({error}): set SIGNPOST_SECRET_KEY."
        ) from error
    if len(key) < MINIMUM_KEY_CHARACTERS:
        raise SettingsError(f"{path} holds no usable key: delete it, and a new one is made.")
    return key


def _make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent)  # created with mode 0600
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        os.link(draft, path)  # unlike a rename, fails where another process was first
    except FileExistsError:
        return
    finally:
        os.unlink(draft)


def _given_key(environ: Mapping[str, str]) -> str | None:
    key = environ.get("SIGNPOST_SECRET_KEY")
    if key and len(key) < MINIMUM_KEY_CHARACTERS:
        raise SettingsError(
            f"SIGNPOST_SECRET_KEY is too short: use at least {MINIMUM_KEY_CHARACTERS} characters."
        )
    return key or None


def _question_days(environ: Mapping[str, str]) -> int | None:
    """None unless SIGNPOST_QUESTIONS is "on"; then SIGNPOST_QUESTION_DAYS, or the default."""
    wanted = environ.get("SIGNPOST_QUESTIONS") or "off"
    if wanted not in ("on", "off"):
        raise SettingsError(f"SIGNPOST_QUESTIONS is {wanted!r}: write on or off.")
    days = _count(environ, "SIGNPOST_QUESTION_DAYS") or QUESTION_DAYS
    return days if wanted == "on" else None


def _provider(environ: Mapping[str, str]) -> Provider | None:
    try:
        return provider_from(environ)
    except WrongProvider as error:
        raise SettingsError(str(error)) from error


def _count(environ: Mapping[str, str], name: str) -> int:
    value = environ.get(name) or "0"
    if not (value.isascii() and value.isdigit()):
        raise SettingsError(f"{name} is {value!r}: write a number, such as 1.")
    return int(value)


def _address(environ: Mapping[str, str], name: str) -> str | None:
    value = (environ.get(name) or "").rstrip("/")
    if value and not re.fullmatch(r"https?://[^/\s?#@]+", value):
        raise SettingsError(f"{name} is {value!r}: write https:// and the host, without a path.")
    return value or None
