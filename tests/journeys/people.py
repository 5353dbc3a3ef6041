"""The people of the journeys: each has a browser, a card or a phone, and does what a person does, by what is on the screen."""

import json
import os
import re
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from playwright.sync_api import Browser, BrowserContext, Locator, Page, TimeoutError

from tests.browser import NARROW, axe, overflow
from tests.journeys import steps
from tests.journeys.languages import foreign_words
from tests.journeys.proofs import PROOFS
from tests.journeys.words import messages, say
from tests.ops.harness import Demo, eventually

ROOT = Path(__file__).resolve().parents[2]
CAST = {
    person["id"]: person
    for person in yaml.safe_load((ROOT / "sandbox" / "cast.yaml").read_text(encoding="utf-8"))["people"]
}
METHODS = {"eid": "Continue with the eID", "itsme": "Continue with itsme®", "sms": "Continue with an SMS code"}
LANGUAGES = {"fr": "Français", "de": "Deutsch"}
SEEN: set[tuple] = set()  # kinds of page that axe has been over in this process
SHOTS = os.environ.get("MONESPACE_SHOTS", "")  # a folder: every page passed is kept there as a picture, to be looked at


@dataclass
class Traveller:
    """One person in one browser of theirs."""

    demo: Demo
    browser: Browser
    person: str
    language: str = "fr"
    script: bool = True
    size: dict = field(default_factory=lambda: dict(NARROW))
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)
    problems: list[str] = field(default_factory=list)
    shots: int = 0
    guided: bool = True  # is one for whom the guides are written

    def __post_init__(self):
        self.context = self.browser.new_context(
            viewport=self.size, java_script_enabled=self.script, locale=f"{self.language}-BE", accept_downloads=True
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("console", self.noted)
        self.page.on("pageerror", lambda error: self.problems.append(f"{self.page.url}: {error}"))

    def noted(self, message) -> None:
        """A script or a style that the policy of the page refuses is a mistake of the page."""
        if message.type == "error" and "the server responded with a status of" not in message.text:
            self.problems.append(f"{self.page.url}: {message.text}")

    def close(self) -> None:
        """The window is closed, and with it the session."""
        self.context.close()

    # --- looking ------------------------------------------------------------------------------------------------------
    def look(self) -> "Traveller":
        """Every page passed: one h1, a title, its language said and kept, no sideways scroll, axe clean."""
        self.page.wait_for_load_state("load")
        self.picture()
        assert not self.problems, self.problems
        if not self.page.url.startswith(self.demo.portal_url):
            return self
        where = f"{self.page.url}\n{self.text()[:800]}"
        assert self.page.locator("h1").count() == 1, f"one h1, please: {where}"
        assert self.page.locator("html").get_attribute("lang") == self.language, where
        title = self.page.title()
        assert title.endswith(" – Mon Espace"), f"{title!r}: {where}"
        assert not foreign_words(self.page, self.language), f"{foreign_words(self.page, self.language)}: {where}"
        self.measure()
        return self

    def measure(self) -> None:
        """No sideways scroll; axe, which is a script, once for each kind of page, width and language."""
        assert overflow(self.page) == 0, f"{self.page.url} is wider than {self.size['width']} px"
        kind = (self.kind(), self.size["width"], self.language)
        if self.script and kind not in SEEN:
            SEEN.add(kind)
            found = axe(self.page)
            assert found == [], f"{self.page.url}: {found}"

    def kind(self) -> str:
        """The address without what differs from one dossier, enterprise or person to another; whether it complains."""
        bare = re.sub(
            r"[0-9a-f]{8}-[0-9a-f-]{27}|/espaces/(moi|\d+)|/dossiers/[a-z0-9]+|/r\d+|\?.*", "~", self.page.url
        )
        return f"{bare} {self.page.locator('.govuk-error-summary').count()} {self.page.locator('h1').inner_text()[:20]}"

    def picture(self) -> None:
        """Keeps the page as a picture when somebody wants to look at all of them."""
        if SHOTS:
            self.shots += 1
            name = re.sub(r"\W+", "-", self.page.url.split("//", 1)[1].split("/", 1)[-1])[:60]
            folder = Path(SHOTS) / f"{self.person}-{self.size['width']}-{self.language}{'' if self.script else '-bare'}"
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=folder / f"{self.shots:03}-{name}.png", full_page=True)

    def step(self, step: str, at: Locator | None = None, *, page: Page | None = None) -> "Traveller":
        """This is where that step of a guide happens; `at`: what the step points to. Its picture is taken when wanted."""
        if self.guided:
            steps.picture(page or self.page, step, self.language, at)
        return self

    def text(self) -> str:
        """What the page says."""
        return " ".join(self.page.locator("main").inner_text().replace("\u00a0", " ").split())

    def reads(self, message: str, **values: str) -> "Traveller":
        """The page says this, in the person's language."""
        wanted = " ".join(re.sub(r"<[^>]+>", "", self.say(message, **values)).replace("\u00a0", " ").split())
        assert wanted.lower() in self.text().lower(), f"{wanted!r} is not on {self.page.url}:\n{self.text()}"
        return self

    def reads_text(self, wanted: str) -> "Traveller":
        """The page says exactly these words."""
        assert wanted in self.text(), f"{wanted!r} is not on {self.page.url}:\n{self.text()}"
        return self

    def reads_start(self, sentence: str) -> "Traveller":
        """The page says a message that begins with this sentence."""
        whole = next(message for message in messages(self.language) if message.startswith(sentence))
        return self.reads(whole)

    def say(self, message: str, **values: str) -> str:
        """A message of the portal in the person's language."""
        return say(self.language, message, **values)

    # --- doing --------------------------------------------------------------------------------------------------------
    def go(self, path: str, *, status: int = 200) -> "Traveller":
        """Types an address of the portal, or follows a link of a mail."""
        answer = self.page.goto(path if path.startswith("http") else self.demo.portal_url + path)
        answered = answer.status if answer else 0
        assert answered == status, f"{answered} at {self.page.url}: {self.text()}"
        return self.look()

    def target(self, message: str, **values: str) -> Locator:
        """The button or link with this name."""
        name = re.compile(r"^\s*" + r"\s+".join(map(re.escape, self.say(message, **values).split())))
        return self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name)).first

    def press(self, message: str, **values: str) -> "Traveller":
        """Presses the button or follows the link with this name."""
        return self.push(self.target(message, **values))

    def follow(self, name: str) -> "Traveller":
        """Follows the link whose name begins so: a title, a person, a number."""
        return self.push(self.page.get_by_role("link", name=re.compile(rf"^\s*{re.escape(name)}")).first)

    def fill(self, message: str, text: str) -> "Traveller":
        """Types into the field with this label."""
        return self.type_into(self.say(message), text)

    def choose(self, message: str) -> "Traveller":
        """Ticks the option with this label."""
        return self.tick(self.say(message))

    def push(self, target: Locator) -> "Traveller":
        """A click, then a look at the page that comes."""
        self.reach(target).click()
        return self.look()

    def reach(self, target: Locator) -> Locator:
        """Waits until the target is there; else tells what stands on the page instead."""
        try:
            target.wait_for()
        except TimeoutError as missing:
            raise AssertionError(f"{missing}\non {self.page.url}:\n{self.text()}") from None
        return target

    def push_twice(self, target: Locator) -> None:
        """An impatient double click."""
        target.dblclick()

    def type_into(self, label: str, text: str) -> "Traveller":
        """Types into the field that is called so on the screen."""
        self.field(label).fill(text)
        return self

    def field(self, label: str) -> Locator:
        """The field that is called exactly so, but for what says that it may stay empty."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(\(.*\)\s*)?$")).first

    def tick(self, label: str) -> "Traveller":
        """Ticks what is called so on the screen."""
        self.page.get_by_label(label, exact=True).first.check()
        return self

    def unfold(self, message: str) -> "Traveller":
        """Opens what is folded under these words."""
        self.page.locator("summary", has_text=self.say(message)).first.click()
        return self

    def join(self, label: str, name: str, kind: str, content: bytes) -> "Traveller":
        """Chooses a file of one's own computer."""
        self.field(label).set_input_files({"name": name, "mimeType": kind, "buffer": content})
        return self

    def open_menu(self) -> "Traveller":
        """The menu under one's own name."""
        self.page.locator("details.me-menu > summary").click()
        return self

    def download(self, message: str, **values: str) -> bytes:
        """Follows a link to a file, and waits while the worker still makes it."""
        address = self.target(message, **values).get_attribute("href")
        found: list[bytes] = []

        def made() -> bool:
            answer = self.context.request.get(self.demo.portal_url + address)
            assert answer.ok, answer.status
            found.append(answer.body())
            return answer.status == 200

        eventually(made, 60, f"{address} is not made")
        return found[-1]

    # --- proving who one is -------------------------------------------------------------------------------------------
    @property
    def pin(self) -> str:
        """The PIN of one's own card."""
        return str(CAST[self.person]["pin"])

    def take_card(self) -> "Traveller":
        """Puts one's own card in the reader of this browser (sandbox)."""
        answer = self.context.request.post(
            f"{self.demo.sandbox_url}/", form={"person": self.person, "action": "insert"}
        )
        assert answer.ok, answer.text()
        return self

    def sign_in(self, method: str = "eid", *, known: bool = True) -> "Traveller":
        """From the portal's sign-in page, through the provider, back to where one was going; someone new passes the welcome."""
        self.take_card().step("choisir-moyen").press(METHODS[method])
        PROOFS[method](self)
        self.look()
        return self if known or "/profil/bienvenue/" not in self.page.url else self.pass_welcome()

    def pass_welcome(self) -> "Traveller":
        """Skips the questions of the first time; whoever wants another language than the register's says which."""
        if CAST[self.person]["language"] == self.language:
            return self.press("Skip for now")
        return self.tick(LANGUAGES[self.language]).press("Save and continue")

    # --- the outside world --------------------------------------------------------------------------------------------
    def ask(self, path: str) -> list[dict]:
        """What the sandbox saw: mails, SMS."""
        with urllib.request.urlopen(self.demo.sandbox_url + path, timeout=10) as answer:
            return json.load(answer)

    def mail(self, containing: str, *, patience: float = 60) -> dict:
        """The newest mail to this person with these words, waited for."""
        address, found = CAST[self.person]["mail"], []

        def arrived() -> list[dict]:
            found[:] = [
                one for one in self.ask(f"/api/mails?to={address}") if containing in one["subject"] + one["text"]
            ]
            return found

        eventually(arrived, patience, f"no mail with {containing!r} reached {address}")
        return found[0]

    @staticmethod
    def code_of(mail: dict) -> str:
        """The six digits that a mail carries, with or without a space between."""
        found = re.search(r"\b(\d{3})[ \u00a0]?(\d{3})\b", mail["text"])
        assert found, mail["text"]
        return found[1] + found[2]
