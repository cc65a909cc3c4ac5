"""Milliseconds a picture: checkpost beside exiftool (batched and cold), Pillow alone and pyexiv2, in one run.

    python bench/pictures.py [FOLDER] [--each 40]

Without a folder, it makes its own pictures in five formats. A reader that isn't installed is left out; each reads
every file once to warm the disk's cache, and then the fastest of three rounds counts. "Nothing" is how many files
a reader raised on or got nothing out of (some may hold nothing).
"""

import argparse
import contextlib
import importlib
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import ExifTags, Image, ImageDraw

from checkpost.config import Config
from checkpost.drafts.formats import read_file
from checkpost.drafts.pictures import SUFFIXES
from checkpost.engine import Engine
from checkpost.errors import InputError
from checkpost.image.read import read

ROUNDS = 3
FORMATS = ("jpg", "png", "webp", "tif", "avif")
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq>'
    "<rdf:li>Priya Sample</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
)


def make(folder: Path, each: int) -> None:
    """Draw pictures of a phone's shape, with an owner, a position and a creator inside."""
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Priya Sample"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.CameraOwnerName] = "Priya Sample"
    position = exif.get_ifd(ExifTags.IFD.GPSInfo)
    position[ExifTags.GPS.GPSLatitudeRef], position[ExifTags.GPS.GPSLatitude] = "N", (53.0, 22.0, 48.0)
    position[ExifTags.GPS.GPSLongitudeRef], position[ExifTags.GPS.GPSLongitude] = "W", (1.0, 28.0, 12.0)
    image = Image.effect_noise((1600, 1200), 40).convert("RGB")
    ImageDraw.Draw(image).ellipse((300, 200, 900, 1000), fill="teal")
    for suffix in FORMATS:
        first = folder / f"0.{suffix}"
        options = {"quality": 80, "xmp": XMP.encode()} if suffix in ("jpg", "webp", "avif") else {}
        image.save(first, exif=exif, **options)
        for number in range(1, each):
            shutil.copyfile(first, folder / f"{number}.{suffix}")


def with_pillow(path: Path) -> bool:
    """What Pillow reads of a picture."""
    with Image.open(path) as image:
        exif = image.getexif()
        held = dict(exif) | dict(exif.get_ifd(ExifTags.IFD.Exif)) | dict(exif.get_ifd(ExifTags.IFD.GPSInfo))
        return bool(held or image.getxmp() or image.info)


def with_pyexiv2(path: Path) -> bool:
    """What pyexiv2 reads of a picture."""
    pyexiv2 = importlib.import_module("pyexiv2")
    pyexiv2.set_log_level(4)
    image = pyexiv2.Image(str(path))
    try:
        return bool(image.read_exif() or image.read_iptc() or image.read_xmp())
    finally:
        image.close()


def with_checkpost(path: Path) -> bool:
    """What checkpost reads of a picture."""
    try:
        return bool(read(path).metadata)
    except InputError:
        return False


class Batched:
    """One exiftool that stays open and is handed file after file."""

    def __init__(self) -> None:
        """Start it."""
        command = ["exiftool", "-stay_open", "True", "-@", "-"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def __call__(self, path: Path) -> bool:
        """What it reads of a picture."""
        assert self._process.stdin  # noqa: S101
        assert self._process.stdout  # noqa: S101
        self._process.stdin.write(f"-json\n-G1\n-struct\n-n\n{path}\n-execute\n")
        self._process.stdin.flush()
        lines = list(iter(self._process.stdout.readline, "{ready}\n"))
        return len(lines) > 2

    def close(self) -> None:
        """End it."""
        self._process.communicate("-stay_open\nFalse\n", timeout=10)


def cold_exiftool(path: Path) -> bool:
    """A process for one picture."""
    return bool(subprocess.run(["exiftool", "-json", "-G1", "-struct", "-n", path], capture_output=True).stdout)  # noqa: PLW1510


def measure(call: Callable[[Path], bool], files: list[Path], rounds: int = ROUNDS) -> tuple[float, float, int]:
    """Mean and worst milliseconds a file in the fastest round, and how many files failed."""
    best = (float("inf"), 0.0)
    for _ in range(rounds + 1):
        failed, worst, total = 0, 0.0, 0.0
        for path in files:
            start = time.perf_counter()
            try:
                failed += not call(path)
            except Exception:  # noqa: BLE001  (each reader raises what it likes)
                failed += 1
            seconds = time.perf_counter() - start
            total, worst = total + seconds, max(worst, seconds)
        best = min(best, (total / len(files), worst))
    return best[0] * 1000, best[1] * 1000, failed


def readers() -> Iterator[tuple[str, Callable[[Path], bool], int]]:
    """Each reader with the number of files that it is given at most: a cold process takes long."""
    engine = Engine.of(Config())
    yield "checkpost, metadata", with_checkpost, 10_000
    yield "checkpost, whole check", lambda path: bool(engine.check(read_file(path)).posts[0].post.parts), 10_000
    yield "Pillow alone", with_pillow, 10_000
    if importlib.util.find_spec("pyexiv2"):
        yield "pyexiv2", with_pyexiv2, 10_000
    if shutil.which("exiftool"):
        batched = Batched()
        with contextlib.closing(batched):
            yield "exiftool, batched", batched, 10_000
        yield "exiftool, cold", cold_exiftool, 20


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--each", type=int, default=40, help="pictures to make of each format")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")  # Pillow's, of broken files
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        if not arguments.folder:
            make(folder, arguments.each)
        files = sorted(path for path in folder.rglob("*") if path.suffix.casefold() in SUFFIXES)
        if not files:
            sys.exit(f"there are no pictures in {folder}.")
        print(f"Python {platform.python_version()}, {platform.machine()}; {len(files)} files")
        print(f"{'':24}{'files':>8}{'mean ms':>10}{'worst ms':>10}{'nothing':>9}")
        for name, call, most in readers():
            some = files[:: max(len(files) // most, 1)][:most]
            mean, worst, failed = measure(call, some, 1 if most < len(files) else ROUNDS)
            print(f"{name:24}{len(some):8}{mean:10.2f}{worst:10.1f}{failed:9}")


if __name__ == "__main__":
    main()
