"""The record book: what all reports say, merged into one record a thing, each report's claims kept."""

from foedus.book.engine import default_path
from foedus.book.store import Book, Outcome

__all__ = ["Book", "Outcome", "default_path"]
