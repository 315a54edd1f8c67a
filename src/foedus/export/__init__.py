"""Records of a book as files that other programs load."""

from foedus.export.tables import columns, write_csv, write_json

__all__ = ["columns", "write_csv", "write_json"]
