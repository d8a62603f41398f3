"""How fast the chat page is: python tests/page_speed.py ADDRESS (of a server that is ready).

Opens it in a fresh Chromium several times, as a first visit with an empty cache. Prints medians:
until it is usable (examples and question box are there), how much moves meanwhile (CLS), from Enter
to the first words of an answer, and how much moves then.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.browser import chromium

ROUNDS = 5
QUESTION = "Is hacking a crime under this treaty?"
_WATCH = """
window.moved = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.moved += one.value;
}).observe({ type: "layout-shift", buffered: true });
"""
_CLOCK = """
window.asked = window.told = 0;
document.addEventListener("keydown", ({ key }) => {
  if (key === "Enter") window.asked = performance.now();
}, true);
new MutationObserver(() => {
  const words = document.querySelector("#conversation .told");
  if (words && !window.told) window.told = performance.now();
}).observe(document.body, { childList: true, subtree: true });
"""


def measured(browser: Browser, address: str) -> tuple[float, float, float, float]:
    """Milliseconds until usable, movement, milliseconds to the first words, movement."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(_WATCH)
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator("#conversation button.example").first.wait_for()
    page.locator("#question textarea").wait_for()
    usable = (time.perf_counter() - started) * 1000
    page.wait_for_timeout(1000)
    loading = float(page.evaluate("window.moved"))
    words, answering = _asked(page)
    context.close()
    return usable, loading, words, answering


def _asked(page: Page) -> tuple[float, float]:
    page.evaluate("window.moved = 0")
    page.locator("#question textarea").fill(QUESTION)
    page.wait_for_timeout(600)
    page.evaluate(_CLOCK)
    page.keyboard.press("Enter")
    page.locator("#conversation .acts").wait_for()
    page.wait_for_timeout(1000)
    words = float(page.evaluate("window.told - window.asked"))
    return words, float(page.evaluate("window.moved"))


def main(address: str) -> None:
    with chromium() as browser:
        measured(browser, address)
        rounds = [measured(browser, address) for _ in range(ROUNDS)]
    usable, loading, words, answering = (
        statistics.median(column) for column in zip(*rounds, strict=True)
    )
    print(f"usable after {usable:6.0f} ms   moved while loading   {loading:.4f}")
    print(f"first words  {words:6.0f} ms   moved while answering {answering:.4f}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:7860")
