"""Wrong attempts at signing in, counted by what was tried, and the lock that many of them bring.

Counted whether there is such an account or not, so that a lock tells nobody which accounts there are.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Engine, case, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from store.database import written
from store.staff.tables import attempts
from store.staff.tokens import token_hash

#: After so many wrong attempts in a row the account is locked.
ALLOWED = 10
LOCK_MINUTES = 15
#: After so long without a wrong attempt they are forgotten.
_FORGOTTEN_HOURS = 24


class Attempts:
    """Attempts in one database, each under a `name`, such as an address. `now` is aware."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now

    def begin(self, name: str) -> bool:
        """Count an attempt, before it is known to be right; False: it may not be made, `name` is locked.

        Counting first means that many attempts at once are not more than many in a row.
        """
        key = token_hash(name)
        if self._count(key):
            return True
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(attempts).values(name=key, wrong=1, last=written(self._now())))
        except IntegrityError:  # it is locked, or another process was first
            return self._count(key)
        return True

    def is_locked(self, name: str) -> bool:
        """Whether `name` is locked now."""
        locked = attempts.c.name == token_hash(name), attempts.c.locked_until > written(self._now())
        with self._engine.connect() as connection:
            return connection.scalar(select(attempts.c.name).where(*locked)) is not None

    def forget(self, name: str) -> None:
        """The attempt was right, or somebody has unlocked `name`; what is long past goes as well."""
        old = attempts.c.last < written(self._now() - timedelta(hours=_FORGOTTEN_HOURS))
        with self._engine.begin() as connection:
            connection.execute(delete(attempts).where(or_(attempts.c.name == token_hash(name), old)))

    def _count(self, key: str) -> bool:
        """Add one to the count of `key`, and lock it after the last one allowed; False: none was added."""
        now = self._now()
        long_ago = attempts.c.last < written(now - timedelta(hours=_FORGOTTEN_HOURS))
        anew = or_(long_ago, attempts.c.locked_until.is_not(None))  # a lock that is over, see below
        free = or_(attempts.c.locked_until.is_(None), attempts.c.locked_until <= written(now))
        until = written(now + timedelta(minutes=LOCK_MINUTES))
        last_one = ~anew & (attempts.c.wrong + 1 >= ALLOWED)
        counted = (
            update(attempts)
            .where(attempts.c.name == key, free)
            .values(
                wrong=case((anew, 1), else_=attempts.c.wrong + 1),
                last=written(now),
                locked_until=case((last_one, until), else_=None),
            )
        )
        with self._engine.begin() as connection:
            return connection.execute(counted).rowcount > 0
