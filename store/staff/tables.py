"""The tables of the staff side: accounts, ways to sign in, sessions, kept forms, and the audit log.

Every secret that is checked and never shown again is kept as a hash: passwords by argon2, random tokens by
SHA-256 (they cannot be guessed, so a slow hash would add nothing). What an authenticator app knows has to be
read to check its codes, and is sealed.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text, false, true

from store.database import metadata

#: The longest e-mail address. Source: RFC 5321, with the angle brackets taken off.
EMAIL = 254
_MOMENT = String(32)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email", String(EMAIL), nullable=False, doc="as it was first written"),
    Column("email_key", String(EMAIL), nullable=False, unique=True, doc="by which addresses are compared"),
    Column("name", String(200), nullable=False),
    Column("role", String(16), nullable=False),
    Column("team", String(100), nullable=False),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("password", String(200), doc="argon2; null: none has been chosen"),
    Column("app_secret", String(200), doc="of the authenticator app, sealed; null: there is none"),
    Column("totp_step", Integer, doc="the time step of the last code used: no code is taken twice"),
    Column("outside", String(500), unique=True, doc="issuer and subject at the identity provider"),
    sqlite_autoincrement=True,
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("account", ForeignKey("accounts.id"), nullable=False, index=True),
)

links = Table(
    "links",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("account", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("ends", _MOMENT, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("name", String(64), primary_key=True, doc="SHA-256 of what is tried, whether there is one or not"),
    Column("wrong", Integer, nullable=False),
    Column("last", _MOMENT, nullable=False),
    Column("locked_until", _MOMENT),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("account", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("began", _MOMENT, nullable=False),
    Column("seen", _MOMENT, nullable=False),
    Column("device", String(200), nullable=False, doc="the browser, as it names itself"),
    Column("ended", Boolean, nullable=False, server_default=false()),
    sqlite_autoincrement=True,
)

kept_forms = Table(
    "kept_forms",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email_key", String(EMAIL), nullable=False, index=True, doc="empty: the browser is known alone"),
    Column("browser", String(64), nullable=False, doc="SHA-256 of a token in its cookie, or empty"),
    Column("path", Text, nullable=False),
    Column("fields", Text, nullable=False, doc="JSON: names and values, in order"),
    Column("ends", _MOMENT, nullable=False),
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", _MOMENT, nullable=False),
    Column("account", String(EMAIL), nullable=False, index=True, doc="an e-mail address, or who else acted"),
    Column("action", String(32), nullable=False, index=True),
    Column("subject", String(300), nullable=False),
    Column("detail", Text, nullable=False),
    sqlite_autoincrement=True,
)
