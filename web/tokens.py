"""The state of a dialogue as a signed token, so that the server need not remember anyone.

Signed is not secret: the state holds no word of the resident's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer

from bot.dialogue.state import DialogueState

#: Changes when a state of this release would be misread by the next.
_SALT = "signpost.dialogue.2"
MAXIMUM_BYTES = 512
#: Parts of the state that a token too large does without, in this order. With the longest ids that are
#: shipped in every part it is no more than the first (tests/web/test_tokens.py).
_GIVEN_UP = ("first", "tried", "previous", "shown", "asked", "offered", "who", "service", "urgent", "topic")
MAXIMUM_AGE_SECONDS = 24 * 60 * 60


class _Signer(TimestampSigner):
    """A signer whose time comes from `clock` (aware)."""

    def __init__(self, *keys: Any, clock: Callable[[], datetime], **options: Any) -> None:
        super().__init__(*keys, **options)
        self._clock = clock

    def get_timestamp(self) -> int:
        """Seconds since 1970."""
        return int(self._clock().timestamp())


class Tokens:
    """Makes tokens and takes them back. `now` gives an aware time."""

    def __init__(self, secret_key: str, now: Callable[[], datetime]) -> None:
        self._serializer = URLSafeTimedSerializer(
            secret_key,
            salt=_SALT,
            signer=_Signer,
            signer_kwargs={"clock": now, "key_derivation": "hmac", "digest_method": hashlib.sha256},
        )

    def sign(self, state: DialogueState) -> str:
        """The token of `state`: ASCII, at most 512 bytes.

        A state too large for that gives up its parts, those that are missed least first; at last all of them.
        """
        fresh = DialogueState()
        for part in ("", *_GIVEN_UP):
            state = state.with_(**{part: getattr(fresh, part)}) if part else state
            token = self._dump(state)
            if len(token) <= MAXIMUM_BYTES:
                return token
        return self._dump(fresh)

    def read(self, token: str | None) -> DialogueState:
        """The state that `token` holds; a fresh one for anything that we did not sign within a day."""
        if not token or len(token) > MAXIMUM_BYTES:
            return DialogueState()
        try:
            return DialogueState.from_json(self._serializer.loads(token, max_age=MAXIMUM_AGE_SECONDS))
        except (BadData, ValueError):
            return DialogueState()

    def _dump(self, state: DialogueState) -> str:
        token = self._serializer.dumps(state.to_json())
        return token if isinstance(token, str) else token.decode("ascii")
