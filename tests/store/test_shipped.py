"""The content of a release reaches the store, and never hides what staff have published."""

from __future__ import annotations

import pytest

from store.content import Files
from store.revisions import Store
from store.shipped import SHIPPED, adopt_shipped
from tests.store.conftest import FILES

NEWER = {**FILES, "knowledge/new.yaml": b"new"}


def fine(_: Files) -> None:
    """Every content may go live."""


def test_an_empty_store_takes_the_shipped_content(store: Store) -> None:
    """It is the first revision."""
    number = adopt_shipped(store, FILES, fine)
    assert number is not None
    assert (store.current(), store.files(number), store.revision(number).author) == (number, FILES, SHIPPED)


def test_the_same_content_is_taken_once(store: Store) -> None:
    """A restart publishes nothing."""
    adopt_shipped(store, FILES, fine)
    assert adopt_shipped(store, FILES, fine) is None
    assert len(store.history()) == 1


def test_a_newer_release_brings_its_content(store: Store) -> None:
    """While nobody has published by hand."""
    adopt_shipped(store, FILES, fine)
    number = adopt_shipped(store, NEWER, fine)
    assert number is not None
    assert store.files(number) == NEWER


def test_what_staff_published_stays(store: Store) -> None:
    """A release does not undo their work."""
    first = adopt_shipped(store, FILES, fine)
    edited = store.publish({}, first, "amina", "A new number.")
    assert adopt_shipped(store, NEWER, fine) is None
    assert store.current() == edited


def test_content_with_faults_is_not_taken(store: Store) -> None:
    """What is not proven is not published."""

    def refuse(_: Files) -> None:
        raise ValueError("a fault")

    adopt_shipped(store, FILES, fine)
    with pytest.raises(ValueError, match="a fault"):
        adopt_shipped(store, NEWER, refuse)
    assert len(store.history()) == 1
