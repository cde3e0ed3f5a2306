"""The keyboard: going from one control to the next, and seeing at each where one is."""

from collections.abc import Callable

from playwright.sync_api import Page

MOST_STOPS = 60

NAME = """() => {
  const here = document.activeElement;
  const label = here.labels && here.labels.length ? here.labels[0] : here;
  return (here.getAttribute('aria-label') || label.innerText || here.title || '').replace(/\\s+/g, ' ').trim();
}"""

SEEN = """() => {
  const here = document.activeElement;
  const boxes = [here, here.closest('label'), here.nextElementSibling].filter(Boolean);
  const ringed = boxes.find((each) => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  });
  if (!ringed) return 'no ring';
  const { left, top, width, height } = ringed.getBoundingClientRect();
  const line = Math.min(height, 24); // of a tall field the browser brings the line with the caret into view
  if (top < 0 || top + line > innerHeight || left < 0) return 'outside the window';
  const found = document.elementFromPoint(left + width / 2, top + line / 2);
  const near = found && (found.contains(ringed) || boxes.some((each) => each.contains(found)));
  return near ? '' : `covered by ${found && found.outerHTML.slice(0, 80)}`;
}"""


def name_of_focused(page: Page) -> str:
    """What a reader hears of the control that has the focus."""
    name: str = page.evaluate(NAME)
    return name


def why_unseen(page: Page) -> str:
    """Why the focus cannot be seen: no ring of at least 2 px, outside the window, or covered; "" when it can."""
    reason: str = page.evaluate(SEEN)
    return reason


def tab_to(page: Page, wanted: Callable[[str], bool], *, key: str = "Tab") -> None:
    """Press Tab until the focus is on the control whose name is wanted; AssertionError where focus is not seen."""
    passed = []
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        name, unseen = name_of_focused(page), why_unseen(page)
        assert not unseen, f"focus on {name!r} cannot be seen: {unseen}"
        if wanted(name):
            return
        passed.append(name)
    raise AssertionError(f"no such control among {passed}")


def to(words: str) -> Callable[[str], bool]:
    """A name that begins with these words."""
    return lambda name: name.startswith(words)
