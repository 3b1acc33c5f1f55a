"""One-time links: whoever holds one may set the password of one account, once, for three days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, delete, insert, select

from store.database import written
from store.staff.tables import links
from store.staff.tokens import new_token, token_hash

LINK_HOURS = 72


class Links:
    """The one-time links in one database. `now` is aware."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now

    def make(self, account: int) -> str:
        """The token of a new link for `account`; older ones of the account stop working."""
        token = new_token()
        ends = written(self._now() + timedelta(hours=LINK_HOURS))
        with self._engine.begin() as connection:
            connection.execute(delete(links).where(links.c.account == account))
            connection.execute(insert(links).values(hash=token_hash(token), account=account, ends=ends))
        return token

    def owner(self, token: str) -> int | None:
        """The account that `token` is for; None: it is none of ours, was used, or is too old."""
        with self._engine.connect() as connection:
            return connection.scalar(select(links.c.account).where(*self._valid(token)))

    def use(self, token: str) -> int | None:
        """As `owner`, and the link is spent: of two who use it at once, one gets None."""
        with self._engine.begin() as connection:
            spent = delete(links).where(*self._valid(token)).returning(links.c.account)
            return connection.execute(spent).scalar_one_or_none()

    def _valid(self, token: str) -> tuple[ColumnElement[bool], ...]:
        return links.c.hash == token_hash(token), links.c.ends > written(self._now())
