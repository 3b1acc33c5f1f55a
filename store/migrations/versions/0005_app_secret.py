"""The secrets of authenticator apps move to a column that holds them sealed.

A migration knows no key: `store.staff.sealing` seals them when the staff side is opened next.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Move them."""
    op.add_column("accounts", sa.Column("app_secret", sa.String(200)))
    op.execute("UPDATE accounts SET app_secret = totp")
    op.drop_column("accounts", "totp")
