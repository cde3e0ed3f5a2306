"""Bad lines and bad files of CSV, with the words that say why."""

HEADER = "record_number,signal,value,happened_at,unit,source\n"
GOOD = "CS-1,sleep,6,2026-01-01T08:00:00Z,,\n"

BAD_LINES: dict[str, tuple[str, str]] = {
    "no record": ("CS-99999,sleep,6,WHEN,,", "no such record"),
    "a name for a record": ("Ada,sleep,6,WHEN,,", "record_number"),
    "an unknown signal": ("CS-1,joy,6,WHEN,,", "signal is not known"),
    "out of range": ("CS-1,phq9,28,WHEN,,", "from 0 to 27"),
    "not whole": ("CS-1,phq9,2.5,WHEN,,", "whole number"),
    "not a number": ("CS-1,sleep,NaN,WHEN,,", "not a number"),
    "an exponent": ("CS-1,sleep,1e1,WHEN,,", "not a number"),
    "a comma in a number": ('CS-1,sleep,"6,5",WHEN,,', "not a number"),
    "no offset": ("CS-1,sleep,6,2026-01-01T08:00:00,,", "no offset"),
    "no date": ("CS-1,sleep,6,01/02/2026,,", "not written like"),
    "the future": ("CS-1,sleep,6,2999-01-01T08:00:00Z,,", "future"),
    "another unit": ("CS-1,sleep,6,WHEN,minutes,", "sleep is in hours"),
    "an unknown source": ("CS-1,sleep,6,WHEN,,friend", "source is"),
    "mood from a device": ("CS-1,mood,6,WHEN,,device", "source is"),
    "too few values": ("CS-1,sleep,6,WHEN,hours", "more or fewer"),
    "too many values": ("CS-1,sleep,6,WHEN,hours,,x", "more or fewer"),
}
"""Each after a header and one good line."""

BAD_FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "a column is missing"),
    "a header alone": (HEADER.encode(), "no line"),
    "semicolons": (HEADER.replace(",", ";").encode(), "semicolons"),
    "a missing column": (b"record_number,signal,value\nCS-1,sleep,6\n", "a column is missing: happened_at"),
    "an unknown column": (HEADER.replace("unit", "name").encode() + GOOD.encode(), "not known"),
    "a column twice": (HEADER.strip().encode() + b",unit\n" + GOOD.encode(), "not known or stands twice"),
    "U+0000": (HEADER.encode() + b"CS-1,sl\x00eep,6,2026-01-01T08:00:00Z,,\n", r"line 2: .*U\+0000"),
    "UTF-16": ((HEADER + GOOD).encode("utf-16"), "UTF-8"),
    "Latin-1": (HEADER.encode() + "CS-1,schläft,6,2026-01-01T08:00:00Z,,\n".encode("latin-1"), "UTF-8"),
    "a huge line": (HEADER.encode() + b"x" * 5_000_000, "longer than 2000"),
    "a quote that does not end": (HEADER.encode() + b'CS-1,"sleep,6,2026-01-01T08:00:00Z,,\n', "quote"),
    "a line break in a value": (
        HEADER.encode() + b'CS-1,"sl\neep",6,2026-01-01T08:00:00Z,,\n',
        "signal is not known",
    ),
    "packed": (b"PK\x03\x04" + bytes(range(256)), "UTF-8|U\\+0000|column"),
}
