"""The report in a real browser: marks lie on their words, keys and switches work, the console stays silent, nothing leaves the page.

Needs selenium, Chromium and its driver (`apt-get install chromium chromium-driver` on Debian); skipped where one is missing.
"""

import json
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

import credscore
from credscore.report import html
from credscore.report.comparison import compare

pytest.importorskip("jinja2")
webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed: pip install 'credscore[dev]'")
Keys = webdriver.Keys

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (BROWSER and DRIVER), reason="no Chromium with its driver on the path")

WIDE, NARROW = (1280, 900), (390, 844)
ATTACK = "“<script>document.title='owned'</script><img src=https://example.org/x onerror=document.title='owned'>” \u202ednuob\u202c "


@pytest.fixture(scope="module")
def browser():
    """One headless Chromium for the module."""
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for switch in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-prefers-reduced-motion"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def pages(documents, scorer, tmp_path_factory):
    """Reports of a hostile text, of the longest fixture, and a comparison, as `(path, sheets)`; a sheet is a score by its letter."""
    folder = tmp_path_factory.mktemp("pages")
    longest = max(documents, key=lambda document: len(document.text))
    farm = next(document for document in documents if document.id == "b-farm-sorrel-strait")
    hostile = credscore.Document(ATTACK + longest.text, id="hostile", title=ATTACK + "toxic")
    made = {}
    for name, document in (("longest", longest), ("farm", farm), ("hostile", hostile)):
        score = scorer.score_document(document)
        made[name] = (folder / f"{name}.html", html.page(score, document.text, document.title), {"T": score})
    compared = compare([farm, longest, documents[0]], scorer)
    by_letter = {letter: account.score for letter, account in zip("ABC", compared.ranked, strict=True)}
    made["compared"] = (folder / "compared.html", html.comparison_page(compared), by_letter)
    for path, page, _ in made.values():
        path.write_text(page, encoding="utf8")
    return {name: (path, scores) for name, (path, _, scores) in made.items()}


def resize(browser, size, *, dark=False):
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
    )
    media = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media, "media": ""})


def visit(browser, path: Path, size=WIDE, *, dark=False):
    resize(browser, size, dark=dark)
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(path.as_uri())


def one(browser, selector):
    return browser.find_element("css selector", selector)


def every(browser, selector):
    return browser.find_elements("css selector", selector)


def computed(browser, selector, name):
    return browser.execute_script("return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]", selector, name)


def press(browser, key):
    browser.switch_to.active_element.send_keys(key)


def focus(browser, element):
    """Give an element the focus as the keyboard does, so that it counts as visible."""
    browser.execute_script("arguments[0].focus({focusVisible: true})", element)


NAMES = ("longest", "farm", "hostile", "compared")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_page_is_silent_stays_at_home_and_fits(browser, pages, name, size):
    """No console message, no request beyond the file itself, nothing wider than the screen, even with all opened."""
    path, _ = pages[name]
    visit(browser, path, size)
    for details in every(browser, "details"):
        browser.execute_script("arguments[0].open = true", details)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= size[0]
    assert browser.title != "owned"
    assert browser.get_log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = {event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"}
    assert asked == {path.as_uri()}


@pytest.mark.parametrize("name", NAMES)
def test_marks_lie_on_the_words_of_their_evidence(browser, pages, name):
    """As rendered: the characters under each finding's marks are its characters, they have a size, and their line is drawn."""
    path, scores = pages[name]
    visit(browser, path)
    browser.execute_script("for (const details of document.querySelectorAll('details')) details.open = true")
    marks = browser.execute_script(
        """const found = {};
        for (const piece of document.querySelectorAll('.seg[data-e]')) {
          const box = piece.getBoundingClientRect(), inner = piece.querySelector('.m'), style = inner && getComputedStyle(inner);
          const drawn = style && (style.textDecorationLine !== 'none' || style.backgroundImage !== 'none');
          for (const id of piece.dataset.e.split(' ')) {
            const mark = found[id] ??= {text: '', drawn: true, size: 0};
            mark.text += piece.textContent; mark.size += box.width * box.height; mark.drawn &&= Boolean(drawn);
          }
        }
        return found;"""
    )
    for key, score in scores.items():
        for number, item in enumerate(score.evidence):
            mark = marks.pop(f"{key}{number}")
            assert " ".join(mark["text"].split()) == " ".join(html.legible(item.text).split())
            assert mark["drawn"]
            assert mark["size"] > 0
    assert not marks


def test_a_layer_is_switched_off_and_on(browser, pages):
    """Off, its lines are gone and its marks leave the order of focus; on, both are back. The keyboard does it too."""
    visit(browser, pages["farm"][0])
    assert computed(browser, ".seg .l-loaded", "textDecorationLine") == "underline"
    stops = len(every(browser, ".seg[role=button]"))
    box = one(browser, "#layer-loaded")
    focus(browser, box)
    press(browser, Keys.SPACE)
    assert computed(browser, ".seg .l-loaded", "textDecorationLine") == "none"
    assert len(every(browser, ".seg[role=button]")) < stops
    press(browser, Keys.SPACE)
    assert computed(browser, ".seg .l-loaded", "textDecorationLine") == "underline"
    assert len(every(browser, ".seg[role=button]")) == stops
    one(browser, ".all [value=off]").click()
    assert not every(browser, ".seg[role=button]")
    one(browser, ".all [value=on]").click()
    assert len(every(browser, ".seg[role=button]")) == stops


def test_enter_on_a_reason_walks_its_evidence_and_wraps(browser, pages):
    """Next and previous, round the end, each in view and announced; Escape gives the focus back."""
    path, scores = pages["farm"]
    visit(browser, path)
    item = next(item for item in scores["T"].contributions if len(item.evidence) > 2)
    button = next(button for button in every(browser, "button.reason") if button.get_attribute("data-say").startswith(item.reason))
    words = [found.text for found in sorted(item.evidence, key=lambda found: (found.field != "title", found.start))]
    focus(browser, button)
    for number in [*range(len(words)), 0]:
        press(browser, Keys.ENTER)
        assert "".join(piece.text for piece in every(browser, ".seg.here")) == words[number]
        assert one(browser, "#live").get_attribute("textContent").startswith(f"{number + 1} of {len(words)}: “{words[number]}”")
        assert item.reason in one(browser, "#live").get_attribute("textContent")
        top, height = browser.execute_script("return [document.querySelector('.seg.here').getBoundingClientRect().top, innerHeight]")
        assert 0 < top < height
    one(browser, "#walker [value=back]").click()
    assert "".join(piece.text for piece in every(browser, ".seg.here")) == words[-1]
    press(browser, Keys.ARROW_RIGHT)
    assert "".join(piece.text for piece in every(browser, ".seg.here")) == words[0]
    press(browser, Keys.ESCAPE)
    assert browser.switch_to.active_element == button
    assert not every(browser, ".seg.here")
    assert not one(browser, "#walker").is_displayed()


def test_a_walk_shows_what_was_hidden(browser, pages):
    """Evidence of a layer that is off, or in a text that is folded, is shown when it is walked to."""
    visit(browser, pages["compared"][0])
    one(browser, ".all [value=off]").click()
    button = next(button for button in every(browser, ".matrix button.reason") if "loaded term" in button.text)
    button.click()
    assert one(browser, ".seg.here").is_displayed()
    assert one(browser, ".seg.here .l-loaded").value_of_css_property("text-decoration-line") != "none"


def test_notes_open_on_focus_and_hover_and_close_on_escape(browser, pages):
    """A focused mark shows its note, arrows lead to the next one, Escape closes; the pointer does the same."""
    visit(browser, pages["farm"][0])
    marks = every(browser, ".seg[role=button]")
    note = one(browser, "#note")
    assert not note.is_displayed()
    focus(browser, marks[0])
    assert note.is_displayed()
    described = marks[0].get_attribute("aria-describedby").split()[0]
    assert one(browser, f"#{described} .of").get_attribute("textContent") in note.text
    press(browser, Keys.ARROW_RIGHT)
    assert browser.switch_to.active_element == marks[1]
    press(browser, Keys.ARROW_LEFT)
    assert browser.switch_to.active_element == marks[0]
    press(browser, Keys.ESCAPE)
    assert not note.is_displayed()
    webdriver.ActionChains(browser).move_to_element(marks[3]).perform()
    assert note.is_displayed()
    box = browser.execute_script(
        "const box = document.querySelector('#note').getBoundingClientRect(); return [box.left, box.right, innerWidth]"
    )
    assert 0 <= box[0] < box[1] <= box[2]


def test_a_source_shows_what_it_said(browser, pages):
    """The note of an attribution lights its words up with it: cue and content are marked while it is open."""
    path, scores = pages["longest"]
    visit(browser, path)
    number = next(
        number for number, item in enumerate(scores["T"].evidence) if item.attribution and item.attribution.content and item.attribution.cue
    )
    focus(browser, one(browser, f".seg[data-o~=T{number}]"))
    told = "".join(piece.get_attribute("textContent") for piece in every(browser, ".seg.told"))
    attribution = scores["T"].evidence[number].attribution
    text = one(browser, "[data-field=text]").get_attribute("textContent")
    for start, end in (attribution.cue, attribution.content):
        assert text[start:end].strip() in told


def test_tab_reaches_the_skip_links_first(browser, pages):
    """The first stop leads past the header, and it can be seen."""
    visit(browser, pages["farm"][0])
    one(browser, "body").send_keys(Keys.TAB)
    link = browser.switch_to.active_element
    assert link.get_attribute("href").endswith("#why")
    assert link.rect["y"] >= 0
    press(browser, Keys.ENTER)
    assert browser.execute_script("return document.activeElement.id") == "why"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_colours_follow_the_system_until_switched(browser, pages, dark):
    visit(browser, pages["farm"][0], dark=dark)
    papers = {False: "rgb(253, 252, 249)", True: "rgb(22, 24, 27)"}
    assert computed(browser, "body", "backgroundColor") == papers[dark]
    switch = one(browser, "#theme")
    switch.click()
    assert (switch.text, computed(browser, "body", "backgroundColor")) == ("Colours: light", papers[False])
    switch.click()
    assert (switch.text, computed(browser, "body", "backgroundColor")) == ("Colours: dark", papers[True])
    switch.click()
    assert (switch.text, computed(browser, "body", "backgroundColor")) == ("Colours: auto", papers[dark])


def test_bars_stand_where_the_numbers_say(browser, pages):
    """The point and the interval on the scale, as drawn, are the score's to a hundredth of the scale."""
    path, scores = pages["farm"]
    visit(browser, path)
    place = browser.execute_script(
        """const box = (name) => document.querySelector('.verdict ' + name).getBoundingClientRect();
        const scale = box('.scale'), dot = box('.dot'), band = box('.band');
        return [(dot.left + dot.right) / 2, band.left, band.right].map((x) => 100 * (x - scale.left) / scale.width);"""
    )
    score = scores["T"]
    assert place == pytest.approx([score.value, *score.interval], abs=0.1)


def test_steps_join_as_drawn(browser, pages):
    """Each bar of the waterfall begins where the one before it ended."""
    visit(browser, pages["farm"][0])
    bars = browser.execute_script(
        """return Array.from(document.querySelectorAll('.fall > ol > li > .track'), (track) => {
          const bar = track.querySelector('.up, .down');
          if (!bar) return null;
          const box = bar.getBoundingClientRect();
          return bar.classList.contains('up') ? [box.left, box.right] : [box.right, box.left];
        }).filter(Boolean);"""
    )
    assert len(bars) > 5
    for before, after in pairwise(bars):
        assert before[1] == pytest.approx(after[0], abs=2.1)  # a bar is at least two pixels wide


def test_print_leaves_the_controls_out(browser, pages):
    """On paper stand the score, the reasons, the marked text and the tables; no switch, no button, and light colours."""
    visit(browser, pages["farm"][0], dark=True)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert computed(browser, "#theme", "display") == "none"
    assert computed(browser, ".all", "display") == "none"
    assert computed(browser, "body", "backgroundColor") == "rgb(253, 252, 249)"
    assert computed(browser, ".seg .l-loaded", "textDecorationLine") == "underline"
    assert len(browser.execute_cdp_cmd("Page.printToPDF", {})["data"]) > 10_000


def test_without_script_the_switches_still_work(browser, pages):
    """Marks, switches and the list of notes are HTML and CSS alone."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        visit(browser, pages["farm"][0])
        mark, box = one(browser, ".seg .l-loaded"), one(browser, "#layer-loaded")
        assert mark.value_of_css_property("text-decoration-line") == "underline"
        box.click()
        assert mark.value_of_css_property("text-decoration-line") == "none"
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
