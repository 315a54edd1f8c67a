"""The record book: what all reports say, merged into one record a thing, each report's claims and each decision kept."""

from foedus.book.decisions import Decision
from foedus.book.engine import default_path
from foedus.book.store import Book, Outcome
from foedus.book.transfer import export_book, import_book

__all__ = ["Book", "Decision", "Outcome", "default_path", "export_book", "import_book"]
