"""What is peculiar to text in rows of separated values (RFC 4180)."""

import csv
import io


def is_open(text: str, separator: str = ",") -> bool:
    """Whether the text ends inside quotation marks: all rows after the mark were then read as one cell."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for _ in reader:
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
