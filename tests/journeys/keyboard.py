"""A person without a mouse: Tab to get there, Enter, Space and arrows to act. Files alone are chosen by the system's own window."""

from playwright.sync_api import Locator

from tests.journeys.people import Traveller

FAR = 150  # steps of Tab after which something cannot be reached
HERE = "element => element === document.activeElement"


class KeyboardTraveller(Traveller):
    """Does everything with the keyboard, and sees where the focus is."""

    def reach(self, target: Locator) -> Locator:
        """Tab until the focus is there, and seen to be there."""
        super().reach(target)
        for _ in range(FAR):
            if target.evaluate(HERE):
                assert target.evaluate("element => element.matches(':focus-visible')"), "the focus is not shown"
                return target
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not lead to {target} on {self.page.url}")

    def push(self, target: Locator) -> "Traveller":
        """Enter, on a link or a button."""
        self.reach(target)
        with self.page.expect_navigation():  # a form that comes back under the same address is a new page too
            self.page.keyboard.press("Enter")
        return self.look()

    def push_twice(self, target: Locator) -> None:
        """An impatient finger."""
        self.reach(target)
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Enter")

    def type_into(self, label: str, text: str) -> "Traveller":
        """Writes over what a field holds."""
        self.reach(self.field(label))
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)
        return self

    def tick(self, label: str) -> "Traveller":
        """Space for a box; for one of several, arrows from the one that Tab leads to."""
        target = self.page.get_by_label(label, exact=True).first
        if target.get_attribute("type") == "checkbox":
            self.reach(target)
            self.page.keyboard.press("Space")
            return self
        group = self.page.locator(f"input[name='{target.get_attribute('name')}']")
        checked = self.page.locator(f"input[name='{target.get_attribute('name')}']:checked")
        self.reach(checked.first if checked.count() else group.first)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if target.evaluate(HERE):
                break
            self.page.keyboard.press("ArrowDown")
        assert target.is_checked()
        return self
