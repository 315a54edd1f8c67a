"""The record book: what all reports say, merged into one record a thing, each report's claims and each decision kept."""

from foedus.book.care import Problem, backup_book, check_book, repair_book
from foedus.book.decisions import Decision
from foedus.book.engine import default_path
from foedus.book.store import Book, Outcome
from foedus.book.transfer import export_book, import_book

__all__ = [
    "Book",
    "Decision",
    "Outcome",
    "Problem",
    "backup_book",
    "check_book",
    "default_path",
    "export_book",
    "import_book",
    "repair_book",
]
