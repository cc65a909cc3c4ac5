"""The panel of a picture: what is declared of it, and what its file embeds. The picture itself is not shown."""

from collections.abc import Iterator

from checkpost.model import Image, Part, PartKind, Person
from checkpost.report.html.draft import Marked
from checkpost.report.html.element import Html, element, join, text
from checkpost.report.masking import mask, mask_span, unmasked

_DECLARED = {PartKind.FILE: "File", PartKind.ALT: "Alt text", PartKind.CAPTION: "Caption"}


def pictures(marked: Marked) -> Html | None:
    """A panel for each picture of a post; None where it has none."""
    images = marked.post.post.images
    if not images:
        return None
    panels = (_panel(index, image, marked) for index, image in enumerate(images))
    title = "The picture" if len(images) == 1 else f"The {len(images)} pictures"
    return element("section", element("h3", title), *panels, class_="pictures")


def _panel(index: int, image: Image, marked: Marked) -> Html:
    parts = [part for part in marked.post.post.parts if part.image == index]
    about = [number for number, finding in marked.numbered() if finding.part == f"images[{index}]"]
    facts = [
        (_DECLARED[part.kind], join([marked.text(part), *_links(part, marked)]))
        for part in parts
        if part.kind in _DECLARED
    ]
    facts += [("People", element("ul", *(_person(person, marked) for person in image.people)))] if image.people else []
    facts += [("Findings", join(_spaced(marked.link(number) for number in about)))] if about else []
    rows = [element("div", element("dt", term), element("dd", value)) for term, value in facts]
    return element("div", element("dl", *rows) if rows else None, _metadata(parts, marked), class_="picture")


def _links(part: Part, marked: Marked) -> Iterator[Html]:
    """Links to findings about a part as a whole."""
    for number, finding in marked.numbered():
        if finding.part == part.name and finding.place is None:
            yield Html(" ")
            yield marked.link(number)


def _spaced(links: Iterator[Html]) -> Iterator[Html]:
    for link in links:
        yield link
        yield Html(" ")


def _person(person: Person, marked: Marked) -> Html:
    name = (person.name if marked.show_matches else mask(person.name)) if person.name else "Somebody"
    consent = f"consent {person.consent}" if person.consent else "no consent on record"
    until = f" until {person.until.isoformat()}" if person.until else ""
    channels = f" for {', '.join(person.channels)}" if person.channels else ""
    role = f", {person.role}" if person.role else ""
    return element("li", f"{name}{role}: {consent}{channels}{until}")


def _metadata(parts: list[Part], marked: Marked) -> Html | None:
    """A table of what the file embeds, fields with findings first; the others fold away."""
    fields = [part for part in parts if part.kind is PartKind.METADATA]
    if not fields:
        return element("p", "Nothing is known of what its file embeds.", class_="quiet")
    told = {finding.part for finding in marked.post.findings}
    flagged = [part for part in fields if part.name in told]
    others = [part for part in fields if part.name not in told]
    tables: list[Html | None] = [_table("What the file gives away", flagged, marked)] if flagged else []
    if others:
        table = _table("What else the file embeds", others, marked)
        tables.append(element("details", element("summary", f"{len(others)} more fields that the file embeds"), table))
    return element("div", *tables)


def _table(title: str, fields: list[Part], marked: Marked) -> Html:
    head = element("tr", *(element("th", name, scope="col") for name in ("Field", "Value", "Finding")))
    rows = (
        element(
            "tr",
            element("th", part.field, scope="row"),
            element("td", text(unmasked(part.source, part.name) if marked.show_matches else mask_span(part.source))),
            element("td", join(_spaced(marked.link(n) for n, f in marked.numbered() if f.part == part.name))),
        )
        for part in fields
    )
    return element("table", element("caption", title), element("thead", head), element("tbody", *rows))
