"""The people of the journeys: each has a browser, a card or a phone, and does what a person does, by what is on the screen."""

import json
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import NARROW, axe, overflow
from tests.ops.harness import Demo, eventually

ROOT = Path(__file__).resolve().parents[2]
CAST = {person["id"]: person for person in yaml.safe_load((ROOT / "sandbox" / "cast.yaml").read_text(encoding="utf-8"))["people"]}
WORDS = {
    "fr": {
        "card": "S'identifier avec cette carte", "approve": "J'ai approuvé", "eid": "eID", "itsme": "itsme", "sms": "SMS",
        "continue": "Continuer", "skip": "Plus tard", "begin": "Commencer",
    },
    "de": {
        "card": "Mit dieser Karte anmelden", "approve": "Ich habe bestätigt", "eid": "eID", "itsme": "itsme", "sms": "SMS",
        "continue": "Weiter", "skip": "Später", "begin": "Beginnen",
    },
}  # fmt: skip


@dataclass
class Traveller:
    """One person in one browser window."""

    demo: Demo
    browser: Browser
    person: str
    language: str = "fr"
    script: bool = True
    size: dict = field(default_factory=lambda: dict(NARROW))
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)
    seen: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.context = self.browser.new_context(viewport=self.size, java_script_enabled=self.script, locale=f"{self.language}-BE")
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)

    @property
    def words(self) -> dict[str, str]:
        """The buttons' names in this person's language."""
        return WORDS[self.language]

    def close(self) -> None:
        """The window is closed, and with it the session."""
        self.context.close()

    def go(self, path: str) -> "Traveller":
        """Types an address of the portal."""
        self.page.goto(self.demo.portal_url + path)
        return self.look()

    def look(self) -> "Traveller":
        """Every page that a journey passes is looked at: no error, no sideways scroll, axe clean."""
        assert self.page.locator("h1").count() == 1, f"{self.page.url}: one h1, please\n{self.text()[:500]}"
        key = f"{self.page.locator('h1').inner_text()} {self.size['width']}"
        if self.script and self.page.url.startswith(self.demo.portal_url) and key not in self.seen:
            self.seen.append(key)
            assert axe(self.page) == [], self.page.url
            assert overflow(self.page) == 0, f"{self.page.url} is wider than {self.size['width']} px"
        return self

    def text(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()

    def press(self, name: str, *, exact: bool = False) -> "Traveller":
        """Presses the button or follows the link with this name."""
        target = self.page.get_by_role("button", name=name, exact=exact).or_(self.page.get_by_role("link", name=name, exact=exact))
        target.first.click()
        return self.look()

    def fill(self, label: str, text: str) -> "Traveller":
        """Types into the field with this label."""
        self.page.get_by_label(label, exact=False).first.fill(text)
        return self

    def choose(self, label: str) -> "Traveller":
        """Ticks the option with this label."""
        self.page.get_by_label(label, exact=False).first.check()
        return self

    def take_card(self) -> "Traveller":
        """Puts one's own card in the reader of this browser (sandbox)."""
        answer = self.context.request.post(f"{self.demo.sandbox_url}/", form={"person": self.person, "action": "insert"})
        assert answer.ok, answer.text()
        return self

    def sign_in(self, method: str = "eid") -> "Traveller":
        """From the portal's sign-in page, through the provider, back to where one was going."""
        self.take_card()
        self.page.get_by_role("button", name=self.words[method]).first.click()
        return self.prove(method)

    def prove(self, method: str) -> "Traveller":
        """At the provider: PIN, approval on the phone, or code by SMS."""
        getattr(self, f"prove_by_{method}")()
        if "/profil/bienvenue/" in self.page.url:
            self.look()
            self.page.get_by_role("button", name=self.words["skip"]).click()
        return self.look()

    def prove_by_eid(self) -> None:
        self.page.locator("input[name=pin]").fill(str(CAST[self.person]["pin"]))
        self.page.get_by_role("button", name=self.words["card"]).click()

    def prove_by_itsme(self) -> None:
        self.pass_choice("itsme")
        self.page.locator("button[value=send]").click()
        phone = self.context.new_page()
        phone.goto(f"{self.demo.sandbox_url}/telephone/{self.person}/")
        phone.locator("button[value=approve]").first.click()
        phone.close()
        self.page.get_by_role("button", name=self.words["approve"]).click()

    def prove_by_sms(self) -> None:
        self.pass_choice("sms")
        self.page.locator("button[value=send]").click()
        code = [sms for sms in self.ask(f"/api/sms?person={self.person}")][-1]["text"].rsplit("#", 1)[1][:6]
        self.page.locator("input[name=code]").fill(code)
        self.page.locator("button[value=check]").click()

    def pass_choice(self, method: str) -> None:
        """A minimum admits several methods: the provider asks which."""
        offered = self.page.locator(f"button[value={method}]")
        if offered.count():
            offered.first.click()

    def ask(self, path: str) -> list[dict]:
        """What the sandbox saw: mails, SMS."""
        with urllib.request.urlopen(self.demo.sandbox_url + path, timeout=10) as answer:  # noqa: S310 (loopback)
            return json.load(answer)

    def mails(self, *, containing: str = "", patience: float = 60) -> list[dict]:
        """The mails that reached this person, waited for."""
        address = CAST[self.person]["mail"]

        def arrived() -> list[dict]:
            return [mail for mail in self.ask(f"/api/mails?to={address}") if containing in mail["subject"] + mail["text"]]

        eventually(arrived, patience, f"no mail with {containing!r} reached {address}")
        return arrived()
