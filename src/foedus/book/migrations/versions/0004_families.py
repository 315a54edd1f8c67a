"""Families of statements and meetings were filed anew here. Now that follows the last migration (`foedus.book.anew`)."""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing: a book without a mark of who computed it is filed and computed anew by the version that opens it."""


def downgrade() -> None:
    """Nothing to undo."""
