"""Settings from the environment, and the key that is made on the first run."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from web.settings import SettingsError, kept_key, settings_from


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A project's folder."""
    (tmp_path / "knowledge").mkdir()
    return tmp_path


def test_a_first_run_needs_no_setting(home: Path) -> None:
    """Everything has a default under the project's folder."""
    settings = settings_from({"SIGNPOST_HOME": str(home)})
    assert settings.database_url == f"sqlite:///{home}/var/signpost.db"
    assert settings.redis_url is None
    assert settings.secret_key == (home / "var" / "secret_key").read_text()


def test_the_folder_of_the_code_is_the_project_by_default() -> None:
    """An editable installation finds its own knowledge base."""
    settings = settings_from({"SIGNPOST_SECRET_KEY": "x" * 20})
    assert (settings.home / "bot").is_dir()
    assert (settings.home / "knowledge").is_dir()


def test_what_is_set_counts(home: Path) -> None:
    """Each variable, by its name; no key file is made."""
    environ = {
        "SIGNPOST_HOME": str(home),
        "SIGNPOST_DATABASE_URL": "postgresql+psycopg://db/signpost",
        "SIGNPOST_REDIS_URL": "redis://cache",
        "SIGNPOST_SECRET_KEY": "x" * 20,
        "SIGNPOST_TURN_LIMIT": "",
        "SIGNPOST_PROXIES": "2",
    }
    settings = settings_from(environ)
    assert settings.database_url == "postgresql+psycopg://db/signpost"
    assert (settings.redis_url, settings.secret_key) == ("redis://cache", "x" * 20)
    assert (settings.turn_limit, settings.proxies) == ("", 2)
    assert not (home / "var").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [("SIGNPOST_SECRET_KEY", "short"), ("SIGNPOST_PROXIES", "many"), ("SIGNPOST_HOME", "/dev")],
)
def test_a_wrong_setting_is_named(home: Path, name: str, value: str) -> None:
    """The message says which variable to mend."""
    with pytest.raises(SettingsError, match=name):
        settings_from({"SIGNPOST_HOME": str(home), name: value})


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    """It survives a restart, nobody else can read it, and nothing else is left behind."""
    path = tmp_path / "var" / "secret_key"
    key = kept_key(path)
    assert kept_key(path) == key
    assert len(key) >= 48
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_many_who_start_at_once_have_one_key(tmp_path: Path) -> None:
    """The first one wins, and nobody reads half a key."""
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(kept_key, [tmp_path / "var" / "secret_key"] * 64))
    assert len(keys) == 1


def test_an_empty_key_file_is_refused(tmp_path: Path) -> None:
    """No key is worse than an error."""
    (tmp_path / "secret_key").touch()
    with pytest.raises(SettingsError, match="delete it"):
        kept_key(tmp_path / "secret_key")


def test_a_key_that_cannot_be_kept_says_what_to_set(tmp_path: Path) -> None:
    """A folder that cannot be written."""
    (tmp_path / "var").write_text("a file in the way")
    with pytest.raises(SettingsError, match="SIGNPOST_SECRET_KEY"):
        kept_key(tmp_path / "var" / "secret_key")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", None),
        ("https://signpost.example", "https://signpost.example"),
        ("https://signpost.example:8443/", "https://signpost.example:8443"),
    ],
)
def test_the_public_address_has_no_path(home: Path, given: str, kept: str | None) -> None:
    """Paths are put behind it."""
    settings = settings_from({"SIGNPOST_HOME": str(home), "SIGNPOST_PUBLIC_URL": given})
    assert settings.public_url == kept


@pytest.mark.parametrize(
    "given", ["signpost.example", "https://a.example/path", "https://u@a.example", "ftp://a"]
)
def test_a_public_address_that_is_none_is_told(home: Path, given: str) -> None:
    """Before anything is served under it."""
    with pytest.raises(SettingsError, match="SIGNPOST_PUBLIC_URL"):
        settings_from({"SIGNPOST_HOME": str(home), "SIGNPOST_PUBLIC_URL": given})


def test_an_identity_provider_is_a_setting(home: Path) -> None:
    """None unless its variables are there, and a wrong one is named as any other."""
    environ = {
        "SIGNPOST_HOME": str(home),
        "SIGNPOST_OIDC_ISSUER": "https://login.testham.gov.uk",
        "SIGNPOST_OIDC_CLIENT_ID": "signpost",
        "SIGNPOST_OIDC_CLIENT_SECRET": "a secret",
        "SIGNPOST_OIDC_ROLES": "editors=editor",
    }
    provider = settings_from(environ).provider
    assert provider is not None
    assert provider.role_of(["others", "editors"]) == "editor"
    assert settings_from({"SIGNPOST_HOME": str(home)}).provider is None
    with pytest.raises(SettingsError, match="SIGNPOST_OIDC_ROLES"):
        settings_from({**environ, "SIGNPOST_OIDC_ROLES": "editors"})
