"""The HTML report in a real browser: filters, keyboard, themes, paper; quiet, closed to the network, accessible."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from checkpost.model import Report
from checkpost.report.formats import Format, render
from checkpost.report.look import Look
from tests.clients import module_file, program
from tests.test_report import report
from tests.test_report_clients import examples
from tests.test_report_formats import hostile

# Without these, Chromium itself asks the network for updates and the like.
_FLAGS = (
    "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking disable-component-update "
    "disable-sync"
)
PAGES: dict[str, Callable[[], Report]] = {"by-hand": report, "examples": examples, "hostile": hostile}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=program("chromium"), args=[f"--{flag}" for flag in _FLAGS.split()]
        )
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("html")
    for name, of in PAGES.items():
        for show in (True, False):
            page = render(of(), Format.HTML, Look(show_matches=show))
            (made / f"{name}{'-shown' if show else ''}.html").write_text(page, "utf-8", "backslashreplace")
    return made


class Watch:
    """A page, and what it said and asked for that it should not have."""

    def __init__(self, browser: Browser, file: Path, **options: Any) -> None:
        self.page: Page = browser.new_page(**options)
        self.faults: list[str] = []
        self.page.on("console", lambda message: self.faults.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: self.faults.append(f"dialog: {dialog.message}"))
        self.page.on("request", lambda request: self._asked(request.url, file.as_uri()))
        self.page.goto(file.as_uri())

    def _asked(self, url: str, own: str) -> None:
        if url.partition("#")[0] != own and url != "data:,":
            self.faults.append(f"request: {url}")


@pytest.fixture
def watch(browser: Browser, folder: Path) -> Iterator[Any]:
    opened: list[Watch] = []

    def opening(name: str, **options: Any) -> Page:
        opened.append(Watch(browser, folder / f"{name}.html", **options))
        return opened[-1].page

    yield opening
    for one in opened:
        one.page.close()
        assert one.faults == []


def shown(page: Page) -> int:
    return page.locator(".finding:visible").count()


def test_filters_show_what_fits_and_say_how_many(watch: Any) -> None:
    page = watch("examples")
    total = len(examples().findings)
    blocking = sum(finding.severity == "block" for finding in examples().findings)
    assert shown(page) == total
    assert page.get_by_role("status").inner_text() == f"{total} of {total} findings shown, in 5 posts"
    page.get_by_role("checkbox", name=re.compile("Needs approval")).uncheck()
    page.get_by_role("checkbox", name=re.compile("Advice")).uncheck()
    assert shown(page) == blocking
    assert page.locator(".post:visible").count() < 5, "a post without a finding that fits is out of the way"
    page.get_by_role("button", name="Show all").click()
    assert shown(page) == total

    page.get_by_label("Concern").select_option("people/learner")
    assert shown(page) == sum(finding.concern == "people/learner" for finding in examples().findings)
    page.get_by_label("Concern").select_option("")
    page.get_by_label("Clause").select_option("clt-2020 4.6.b")
    falling = sum(any((r.policy, r.clause) == ("clt-2020", "4.6.b") for r in f.clauses) for f in examples().findings)
    assert shown(page) == falling
    page.get_by_label("Policy").select_option("dmm-2022")
    assert 0 < shown(page) <= falling, "filters hold together"
    assert page.locator(".mark.off").count() > 0, "marks of hidden findings step back"
    page.locator(".mark.off:visible").first.click()
    assert shown(page) == total, "a mark leads to its finding even where a filter had hidden it"


def test_everything_can_be_done_from_the_keyboard(watch: Any) -> None:
    page = watch("examples")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reachable = "a:visible, button:visible:enabled, select:visible, input:visible, summary:visible"
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    visited: set[str] = set()
    describe = "e => e === document.body ? '' : [...document.querySelectorAll('*')].indexOf(e) + ''"
    for _ in range(page.locator(reachable).count() + 5):
        page.keyboard.press("Tab")
        visited.add(page.evaluate(f"({describe})(document.activeElement)"))
    wanted = set(page.locator(reachable).evaluate_all(f"found => found.map({describe})"))
    assert wanted <= visited

    page.get_by_role("checkbox", name=re.compile("Must change")).focus()
    page.keyboard.press("Space")
    assert shown(page) < len(examples().findings)
    page.keyboard.press("Space")
    page.locator(".mark").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('.finding:target')")


def _lightness(page: Page) -> float:
    red, green, blue = json.loads(
        page.evaluate("'[' + getComputedStyle(document.body).backgroundColor.match(/\\d+, \\d+, \\d+/)[0] + ']'")
    )
    return float(red + green + blue) / 765


def test_themes_follow_the_system_and_the_switch(watch: Any) -> None:
    dark = watch("by-hand", color_scheme="dark")
    assert _lightness(dark) < 0.2
    switch = dark.get_by_role("button", name=re.compile("Theme"))
    assert switch.inner_text() == "Theme: automatic"
    switch.click()
    assert switch.inner_text() == "Theme: light"
    assert _lightness(dark) > 0.8
    light = watch("by-hand", color_scheme="light")
    assert _lightness(light) > 0.8


def test_on_paper_there_is_the_report_and_nothing_to_click(watch: Any) -> None:
    page = watch("examples", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert _lightness(page) > 0.9
    assert page.locator(".filters:visible, button:visible").count() == 0
    assert shown(page) == len(examples().findings)
    assert page.pdf().startswith(b"%PDF")


def test_without_scripts_the_report_is_all_there(watch: Any) -> None:
    page = watch("examples", java_script_enabled=False)
    assert shown(page) == len(examples().findings)
    assert page.locator(".filters:visible, button:visible").count() == 0


@pytest.mark.parametrize("name", ["hostile", "hostile-shown"])
def test_hostile_text_stays_text(watch: Any, name: str) -> None:
    page = watch(name)
    assert page.locator("script").count() == 1
    assert page.locator("main img, main iframe, main object, main form").count() == 0
    assert "<script>alert(1)</script>" in page.locator(".post h2").text_content()
    assert page.locator("a[href]:not([href^='#'])").count() == 0


def test_what_was_found_is_nowhere_in_a_masked_page(folder: Path) -> None:
    masked, full = ((folder / name).read_text(encoding="utf-8") for name in ("examples.html", "examples-shown.html"))
    for found in ("Megan", "Rowntree", "Ishaan", "07700", "900482", "53.38", "-1.47", "Project Heron"):
        assert found not in masked
        assert found in full or found == "-1.47"


@pytest.mark.parametrize("name", ["by-hand", "examples-shown", "hostile-shown"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_fault(browser: Browser, folder: Path, name: str, scheme: Any, width: int) -> None:
    axe = module_file("axe-core/axe.min.js").read_text(encoding="utf-8")
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto((folder / f"{name}.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    page.evaluate(axe)
    found = page.evaluate("axe.run()")
    page.close()
    faults = [
        (fault["id"], fault["impact"], [node["html"][:200] for node in fault["nodes"][:3]])
        for fault in found["violations"]
    ]
    assert faults == []
    assert len(found["passes"]) > 20


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_overflows_sideways(watch: Any, width: int) -> None:
    for name in ("examples", "hostile-shown"):
        page = watch(name, viewport={"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
