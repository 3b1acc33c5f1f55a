"""Sessions of staff: kept on the server, so that they can be ended from anywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, delete, insert, select, update

from store.database import written
from store.staff.tables import sessions
from store.staff.tokens import new_token, token_hash

IDLE_MINUTES = 30
LONGEST_HOURS = 12
#: A session is noted as used at most this often, so that reading pages does not write each time.
_NOTED_SECONDS = 60
#: For how long an ended session is remembered, so that a form that comes too late still finds its owner.
_REMEMBERED_HOURS = 24


@dataclass(frozen=True, slots=True)
class Session:
    """One browser in which somebody signed in. `ended`: by signing out, by time, or by an administrator."""

    id: int
    account: int
    began: datetime
    seen: datetime
    device: str
    ended: bool


class Sessions:
    """The sessions in one database. `now` is aware."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now

    def begin(self, account: int, device: str) -> str:
        """A new session of `account`, and its token. `device` is what the browser says of itself."""
        token, now = new_token(), self._now()
        row = {
            "hash": token_hash(token), "account": account, "device": device[:200],
            "began": written(now), "seen": written(now),
        }  # fmt: skip
        forgotten = written(now - timedelta(hours=LONGEST_HOURS + _REMEMBERED_HOURS))
        with self._engine.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.began < forgotten))
            connection.execute(insert(sessions).values(row))
        return token

    def find(self, token: str) -> Session | None:
        """The session of `token`, live or ended; None: there is none. A live one is noted as used."""
        with self._engine.connect() as connection:
            wanted = select(sessions).where(sessions.c.hash == token_hash(token))
            row = connection.execute(wanted).one_or_none()
        if row is None:
            return None
        began, seen, now = datetime.fromisoformat(row.began), datetime.fromisoformat(row.seen), self._now()
        late = now - seen >= timedelta(minutes=IDLE_MINUTES) or now - began >= timedelta(hours=LONGEST_HOURS)
        if not row.ended and not late and now - seen >= timedelta(seconds=_NOTED_SECONDS):
            with self._engine.begin() as connection:
                connection.execute(update(sessions).where(sessions.c.id == row.id).values(seen=written(now)))
        return Session(row.id, row.account, began, seen, row.device, row.ended or late)

    def of(self, account: int) -> list[Session]:
        """The live sessions of `account`, the last used first."""
        now = self._now()
        lasting = (
            sessions.c.account == account,
            sessions.c.ended.is_(False),
            sessions.c.seen > written(now - timedelta(minutes=IDLE_MINUTES)),
            sessions.c.began > written(now - timedelta(hours=LONGEST_HOURS)),
        )
        wanted = select(sessions).where(*lasting).order_by(sessions.c.seen.desc(), sessions.c.id.desc())
        with self._engine.connect() as connection:
            rows = connection.execute(wanted).all()
        at = datetime.fromisoformat
        return [Session(row.id, account, at(row.began), at(row.seen), row.device, False) for row in rows]

    def end_all(self, account: int) -> None:
        """End every session of `account`, in every browser."""
        with self._engine.begin() as connection:
            end_sessions(connection, account)


def end_sessions(connection: Connection, account: int) -> None:
    """End every session of `account`, as a part of a larger change."""
    connection.execute(update(sessions).where(sessions.c.account == account).values(ended=True))
