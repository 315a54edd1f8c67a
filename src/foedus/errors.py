"""What can go wrong, on one page.

FoedusError
├── SourceError      a file, page or line that cannot be read as a report; `.where` names it
├── LexiconError     a word list that breaks its own rules; names file and line
├── LanguageError    a pipeline that cannot be loaded
├── BookError        a record book that cannot be opened, read or written
│   └── NotFoundError    no record or report with that id
└── AskError         a question that cannot be understood (unknown party, unknown date)

Text never raises: a report with strange text gives fewer records, not an exception.
"""

from __future__ import annotations


class FoedusError(Exception):
    """Base of every error that foedus raises on purpose. Its message is one line for a person: what, where, what to do."""


class SourceError(FoedusError):
    """A source that cannot be read as a report. `where` is the file (with `:line` for one line of it) or address."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem


class LexiconError(FoedusError):
    """A word list that breaks its own rules."""


class LanguageError(FoedusError):
    """A language pipeline that cannot be loaded."""


class BookError(FoedusError):
    """A record book that cannot be opened, read or written."""


class NotFoundError(BookError):
    """No record or report with that id in the book."""


class AskError(FoedusError):
    """A question that cannot be understood: an unknown party, an unknown date."""
