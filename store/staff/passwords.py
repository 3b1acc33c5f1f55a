"""Passwords: which may be chosen, and how they are kept.

The rules are those of ASVS 5.0 (6.2): length counts, composition does not, and what everybody tries first
is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MINIMUM_CHARACTERS = 12
#: Bounds the work of hashing; a sentence fits.
MAXIMUM_CHARACTERS = 200
#: Fewer different characters are a pattern, as aaaaaaaaaaaa or 121212121212.
_DIFFERENT = 5

#: The second of the parameters that OWASP's Password Storage Cheat Sheet recommends (read in 2026):
#: 19 MiB, so that a burst of wrong passwords does not exhaust a small server.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

#: What people choose where twelve characters are asked for: these words, alone or one after another, with
#: any digits and signs between them.
_COMMON_WORDS = """
    abc abcd access account admin administrator asdf autumn baby bangla bengal borough changeit changeme
    computer council dragon east football hamlets hello iloveyou letmein login london love master monday
    monkey new pass passphrase passwd password passwort please qaz qwe qwer qwert qwerty qwertyuiop
    secret shadow signpost spring staff start summer sunshine superman system temp temporary test the
    tower towerhamlets user welcome whitechapel winter work wsx zaq zxcv zxcvbn zxcvbnm is my this
"""
_MASKS = str.maketrans("@$0134", "asoiea")
_ROWS = ("0123456789012345", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def weakness(password: str, own: Iterable[str] = ()) -> str | None:
    """Why `password` may not be chosen, in a sentence for its owner; None: it may.

    `own` are the owner's name and address, which anyone could guess.
    """
    if len(password) < MINIMUM_CHARACTERS:
        return f"Choose a password of at least {MINIMUM_CHARACTERS} characters: three or four words, say."
    if len(password) > MAXIMUM_CHARACTERS:
        return f"Choose a password of at most {MAXIMUM_CHARACTERS} characters."
    plain = unicodedata.normalize("NFKC", password).casefold()
    words = {*_COMMON_WORDS.split(), *(word for name in own for word in _words(name))}
    if len(set(plain)) < _DIFFERENT or _is_run(plain) or _is_made_of(words, plain):
        return "That password is easy to guess. Choose three or four words that do not belong together."
    return None


def hashed(password: str) -> str:
    """The password as it is kept."""
    return _hasher.hash(_same(password))


def is_right(kept: str | None, password: str) -> bool:
    """Whether `password` is the one that was kept; takes as long where there is none."""
    try:
        return _hasher.verify(kept or _nobodys(), _same(password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether it was kept in a way that is no longer ours, and is to be hashed anew."""
    return _hasher.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    """A hash that costs as much as any other, for accounts that are not there."""
    return _hasher.hash("nobody has this password")


def _same(password: str) -> str:
    """Keyboards write an accented letter in one piece or in two: both are the same password."""
    return unicodedata.normalize("NFKC", password)


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\W\d_]+", name.casefold()) if len(word) > 1]


def _is_run(plain: str) -> bool:
    """Whether it follows the alphabet or the keyboard, forwards or backwards."""
    bare = re.sub(r"[\W_]+", "", plain)
    return any(bare in row * 3 or bare in row[::-1] * 3 for row in _ROWS)


def _is_made_of(words: Iterable[str], plain: str) -> bool:
    """Whether `words` alone make it, one after another, once digits and signs are left out.

    Signs for letters deceive nobody: P@ssw0rd is password to anyone who guesses.
    """
    unmasked = re.sub(r"[\W\d_]+$", "", plain).translate(_MASKS)
    for text in (plain, unmasked):
        letters = re.sub(r"[\W\d_]+", "", text)
        reached = {0}
        for start in range(len(letters)):
            if start in reached:
                reached |= {start + len(word) for word in words if letters.startswith(word, start)}
        if len(letters) in reached:
            return True
    return False
