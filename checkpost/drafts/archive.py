"""Opens the zip archives that Word and Excel files are, within bounds."""

import io
import zipfile

from checkpost.errors import InputError

_MOST_BYTES = 256 * 1024 * 1024  # unpacked: far more than a document of text holds
_MOST_RATIO = 200  # unpacked to packed, above which a large file is no document but a bomb
_SMALL = 16 * 1024 * 1024  # below this, any ratio is harmless
_MOST_FILES = 10_000
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # OLE: Office 97, and Office files with a password


def opened(data: bytes, needed: str) -> io.BytesIO:
    """The archive as a file, once it is known to be sound and to unpack to a bearable size.

    zipfile unpacks no more of an entry than the archive gives as its size, so that those sizes can be relied on.

    Args:
        data: The file's bytes.
        needed: A path that an archive of this kind has.

    Raises:
        InputError: It is not such an archive, or unpacks to too much.
    """
    if data.startswith(_OLD):
        raise InputError("it has a password, or is from an old version of Office: save it anew, without a password.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError("it is damaged, or not the kind of file that its name says.") from error
    size = sum(entry.file_size for entry in entries)
    if size > _MOST_BYTES or len(entries) > _MOST_FILES or (size > _SMALL and size > _MOST_RATIO * len(data)):
        raise InputError("it unpacks to far more than a document holds, and was not opened.")
    if not any(entry.filename == needed for entry in entries):
        raise InputError("it is damaged, or not the kind of file that its name says.")
    return io.BytesIO(data)
