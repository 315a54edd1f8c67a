"""Schema changes of the record book, one file a change, run by `foedus.book.migrate`."""
