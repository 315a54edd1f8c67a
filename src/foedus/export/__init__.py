"""Records of a book as files that other programs load."""

from foedus.export.brief import brief_html, brief_markdown
from foedus.export.calendar import calendar_of
from foedus.export.graph import network_graphml
from foedus.export.quotes import sentences
from foedus.export.rows import write_answer, write_rows
from foedus.export.tables import columns, write_csv, write_json

__all__ = [
    "brief_html",
    "brief_markdown",
    "calendar_of",
    "columns",
    "network_graphml",
    "sentences",
    "write_answer",
    "write_csv",
    "write_json",
    "write_rows",
]
