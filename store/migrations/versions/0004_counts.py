"""Counts of turns; and what was found of the links and mail domains of the content."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_DAY = sa.String(10)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "turns",
        sa.Column("day", _DAY, nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("notice", sa.Boolean, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "topic", "language", "outcome", "site", "notice", name="pk_turns"),
    )
    op.create_table(
        "turn_hours",
        sa.Column("day", _DAY, nullable=False),
        sa.Column("hour", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "hour", name="pk_turn_hours"),
    )
    op.create_table(
        "reached",
        sa.Column("target", sa.String(500), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("said", sa.String(300), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("since", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("target", name="pk_reached"),
    )
