"""Which version computed what is computed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, empty: the book is computed anew when it is opened."""
    plain = "C" if op.get_bind().dialect.name == "postgresql" else None
    op.create_table("computed", sa.Column("version", sa.String(collation=plain), primary_key=True))


def downgrade() -> None:
    """Drop what `upgrade` made."""
    op.drop_table("computed")
