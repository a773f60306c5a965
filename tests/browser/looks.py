"""`judge(page)`: the same strict look at every page, in light and dark. Add a page, get all of it."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.readability import HARD_STOP, measure

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}, "color-contrast-enhanced": {"enabled": True}},
    "resultTypes": ["violations"],
}
# Only what is broken comes back: all that axe knows about a page takes longer to send here than to find out.
_BROKEN = """async (options) => {
  const found = await axe.run(options);
  return found.violations.flatMap(({id, help, nodes}) => nodes.map((node) => `${id}: ${help}: ${node.target}`));
}"""
SMALLEST_TARGET = 44
EVERYWHERE = ("Need help now", "Leave this page")

# A link inside a sentence may be as small as its words (WCAG 2.5.8); a box counts with its label.
_SMALL_TARGETS = """(smallest) => {
  const seen = (e) => e.checkVisibility?.({visibilityProperty: true}) && !e.closest('.unseen, .skip, [hidden]');
  const inSentence = (e) => e.matches('a') && e.closest('p, dd, li') && getComputedStyle(e).display === 'inline'
    && e.closest('p, dd, li').innerText.trim() !== e.innerText.trim();
  const reach = (e) => e.matches('[type=radio], [type=checkbox]') ? e.closest('.choice, label') || e : e;
  const parts = document.querySelectorAll('a[href], button, summary, select, textarea, input:not([type=hidden])');
  return [...parts].filter(seen).filter((e) => !inSentence(e)).map((e) => [e, reach(e).getBoundingClientRect()])
    .filter(([, box]) => box.width < smallest || box.height < smallest)
    .map(([e, box]) => `${e.outerHTML.slice(0, 80)} ${Math.round(box.width)}x${Math.round(box.height)}`);
}"""
_WIDER_THAN_PAGE = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  const isOut = (e) => e.getBoundingClientRect().right > page.clientWidth + 1 && !e.closest('.unseen, .skip');
  const wide = [...document.querySelectorAll('body *')].filter(isOut);
  return wide.slice(0, 3).map((e) => e.outerHTML.slice(0, 80)).concat(`${page.scrollWidth} > ${page.clientWidth}`);
}"""


def judge(page: Page) -> None:
    """Raises with everything found on the page as it stands. Leaves size, scheme and text as they were."""
    before = page.viewport_size
    faults = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        faults += [f"{scheme}: {fault}" for fault in axe_faults(page)]
    page.emulate_media(color_scheme="light")
    faults += [f"small target: {target}" for target in page.evaluate(_SMALL_TARGETS, SMALLEST_TARGET)]
    faults += sideways_faults(page)
    faults += word_faults(page)
    faults += frame_faults(page)
    if before:
        page.set_viewport_size(before)
    assert not faults, f"{page.url}\n" + "\n".join(faults)


def axe_faults(page: Page) -> list[str]:
    """A, AA, AAA contrast, target size and best practice: none may be broken."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    faults: list[str] = page.evaluate(_BROKEN, RULES)
    return faults


def sideways_faults(page: Page) -> list[str]:
    """Nothing scrolls sideways at 320 px, nor at 390 px with text twice as large."""
    page.set_viewport_size({"width": 320, "height": 640})
    narrow = [f"at 320 px: {wide}" for wide in page.evaluate(_WIDER_THAN_PAGE)]
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    large = [f"at 200 % text: {wide}" for wide in page.evaluate(_WIDER_THAN_PAGE)]
    page.evaluate("document.documentElement.style.fontSize = ''")
    return narrow + large


def word_faults(page: Page) -> list[str]:
    """Reading grade 5 or below, no sentence over 20 words."""
    reading = measure(page.content())
    return [f"over {HARD_STOP:g}, " + fault if reading.grade > HARD_STOP else fault for fault in reading.faults]


def frame_faults(page: Page) -> list[str]:
    """The two ways out are in sight, at the same place, and there is one h1 in one main."""
    header = page.get_by_role("banner")
    faults = [f"no {name!r} in sight" for name in EVERYWHERE if not header.get_by_role("link", name=name).is_visible()]
    if page.locator("h1").count() != 1:
        faults.append(f"{page.locator('h1').count()} h1")
    if page.get_by_role("main").count() != 1:
        faults.append("not one main")
    return faults
