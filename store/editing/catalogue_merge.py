"""Two edits of one catalogue put together, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator

from store.editing.catalogue_entries import blocks_of, joined


def merged_catalogue(base: bytes, theirs: bytes, mine: bytes) -> tuple[bytes, list[str]]:
    """`theirs` with the entries that `mine` changed of `base`, and the English of those that both changed.

    The header is theirs: tools write the date into it, and it says nothing of the texts.
    """
    old, now, own = (blocks_of(content.decode("utf-8-sig")) for content in (base, theirs, mine))
    conflicts = []
    for english in dict.fromkeys([*old, *own]):
        if not english or own.get(english) in (old.get(english), now.get(english)):
            continue
        if now.get(english) != old.get(english):
            conflicts.append(english)
        elif english in own:
            now[english] = own[english]
        else:
            del now[english]
    return joined(now).encode("utf-8"), conflicts


def with_entry(content: bytes, english: str, block: str | None) -> bytes:
    """A catalogue with the entry of `english` written as `block`; None: without it."""
    blocks = blocks_of(content.decode("utf-8-sig"))
    if block is None:
        blocks.pop(english, None)
    else:
        blocks[english] = block
    return joined(blocks).encode("utf-8")


def entry_blocks(english: str, *sides: bytes) -> Iterator[str | None]:
    """The entry of `english` on each side, as written; None where it is not there."""
    for content in sides:
        yield blocks_of(content.decode("utf-8-sig")).get(english)
