"""Bytes -> characters, or one line on why these bytes are no text."""

from __future__ import annotations

import codecs
import re

from foedus.errors import SourceError

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_MAGIC = (
    (b"%PDF-", "PDF"), (b"\x89PNG", "PNG image"), (b"\xff\xd8\xff", "JPEG image"), (b"GIF8", "GIF image"),
    (b"PK\x03\x04", "ZIP archive or office document"), (b"\x1f\x8b", "gzip archive"), (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ", "xz archive"), (b"\x28\xb5\x2f\xfd", "zstd archive"), (b"7z\xbc\xaf", "7z archive"),
    (b"\xd0\xcf\x11\xe0", "old office document"), (b"\x7fELF", "program"), (b"MZ\x90", "program"),
    (b"SQLite format 3", "SQLite data base"), (b"RIFF", "media file"), (b"PAR1", "Parquet table"),
)  # fmt: skip
_META = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)|^<\?xml[^>]{0,100}encoding=[\"']([\w.-]+)", re.I
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_SAMPLE = 65_536


def decoded(where: str, data: bytes, declared: bool = False) -> str:
    """The characters of `data`: by its byte order mark (which is dropped), as UTF-8, else by the likeliest old encoding.

    `declared`: believe a charset that an HTML or XML head names before guessing. Raises `SourceError` for what is not text.
    """
    if not data.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf"):
        raise SourceError(where, "is empty")
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise SourceError(where, f"looks like a binary file ({kind}); give its text instead")
    text = _characters(where, data, declared)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) // 20:
        raise SourceError(where, "looks like a binary file (too few readable characters)")
    if not text.strip():
        raise SourceError(where, "is empty")
    return text


def _characters(where: str, data: bytes, declared: bool) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise SourceError(where, f"begins as {encoding.upper()} but is not; save it as UTF-8") from None
    if b"\x00" in data:
        raise SourceError(where, "looks like a binary file (it has NUL bytes)")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if declared and (found := _META.search(data[:4096])):
        try:
            return data.decode((found.group(1) or found.group(2)).decode("ascii"), "replace")
        except LookupError:
            pass
    return _guessed(where, data)


def _guessed(where: str, data: bytes) -> str:
    sample = data[:_SAMPLE]
    if sum(byte > 127 for byte in sample) * 20 < len(sample):  # English with a few accents and curly quotation marks
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None:
        raise SourceError(where, "looks like a binary file (in no known encoding)")
    return data.decode(best.encoding, "replace")
