"""Chromium without a window, for looking at pages that the program writes."""

import base64
import shutil
import socket
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


@contextmanager
def browser(folder: Path) -> Generator["Browser"]:
    """A Chromium of its own; the test is skipped, loudly, where there is none."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("NO CHROMIUM: pages were not looked at (apt-get install chromium-driver)")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in (
        *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
        *("--hide-scrollbars", "--no-first-run", f"--user-data-dir={folder / 'chromium'}"),
        # A page that asks for anything outside is found out, whatever the machine can reach.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = Service(driver, port=_free_port())
    with webdriver.Chrome(options=options, service=service) as found:
        yield Browser(found)


class Browser:
    """A page in Chromium."""

    def __init__(self, driver: Any) -> None:  # Any: selenium's driver
        self.driver = driver

    def open(self, page: Path, *, width: int, height: int, scale: float = 1) -> None:
        """Open a file in a window of this size."""
        metrics = {
            "width": width,
            "height": height,
            "deviceScaleFactor": scale,
            "mobile": width < 600,
        }
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.driver.get(page.as_uri())

    def run(self, script: str) -> Any:  # Any: what the script returns
        """Evaluate a script in the page; the page's own policy does not concern it."""
        return self.driver.execute_script(script)

    def click(self, selector: str) -> None:
        """Click on the first element that a CSS selector finds."""
        element = self.driver.find_element("css selector", selector)
        self.driver.execute_script(
            "arguments[0].scrollIntoView({behavior: 'instant', block: 'center'})", element
        )
        element.click()

    def errors(self) -> list[str]:
        """What the page complained of since the last time."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Addresses that our pages asked for since the last time, files and data aside."""
        import json

        found: list[str] = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            asked = message["params"]
            if message["method"] == "Network.requestWillBeSent" and asked["documentURL"].startswith(
                "file:"
            ):
                found.append(asked["request"]["url"])
        return [url for url in found if not url.startswith(("file:", "data:"))]

    def screenshot(self, to: Path, *, whole: bool = False) -> bytes:
        """Take a picture of what is in sight, or of the whole page."""
        values: dict[str, Any] = {"format": "png", "captureBeyondViewport": whole}  # Any: CDP's
        if whole:
            size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
            values["clip"] = {**{k: size[k] for k in ("x", "y", "width", "height")}, "scale": 1}
        taken = self.driver.execute_cdp_cmd("Page.captureScreenshot", values)
        picture = base64.b64decode(taken["data"])
        to.write_bytes(picture)
        return picture


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
