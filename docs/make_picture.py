"""Draws examples/sports-day.jpg, with the kind of metadata that a phone and a photo library leave in a picture.

    python docs/make_picture.py

The people are invented; the position is a public square.
"""

from pathlib import Path

from PIL import ExifTags, Image, ImageDraw

TARGET = Path(__file__).resolve().parent.parent / "examples" / "sports-day.jpg"
SIZE = (640, 400)
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Megan Rowntree</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def draw() -> Image.Image:
    """A running track under a sun, with two runners."""
    picture = Image.new("RGB", SIZE, "#9fd3f0")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((520, 30, 590, 100), fill="#ffd94a")
    pen.rectangle((0, 170, 640, 400), fill="#6fae57")
    for lane in range(4):
        top = 220 + lane * 42
        pen.rectangle((0, top, 640, top + 36), fill="#c4553c")
        pen.line((0, top + 36, 640, top + 36), fill="white", width=3)
    for x, y, bib in ((210, 200, "#ffe14d"), (360, 242, "#4d7dff")):
        pen.ellipse((x - 12, y - 60, x + 12, y - 36), fill="#8a5a3b")
        pen.rectangle((x - 14, y - 36, x + 14, y), fill=bib)
        pen.line((x - 6, y, x - 22, y + 32), fill="#333333", width=8)
        pen.line((x + 6, y, x + 24, y + 28), fill="#333333", width=8)
    return picture


def metadata() -> Image.Exif:
    """What a phone writes: make and model, owner, time and position."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Apple"
    exif[ExifTags.Base.Model] = "iPhone 15"
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = "2026:06:18 11:05:00"
    details[ExifTags.Base.CameraOwnerName] = "Anjali Rao"
    position = exif.get_ifd(ExifTags.IFD.GPSInfo)
    position[ExifTags.GPS.GPSLatitudeRef] = "N"
    position[ExifTags.GPS.GPSLatitude] = (53.0, 22.0, 48.0)
    position[ExifTags.GPS.GPSLongitudeRef] = "W"
    position[ExifTags.GPS.GPSLongitude] = (1.0, 28.0, 12.0)
    return exif


if __name__ == "__main__":
    draw().save(TARGET, quality=80, exif=metadata(), xmp=XMP.encode())
    print(f"wrote {TARGET}")
