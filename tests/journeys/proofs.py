"""At the identity provider (sandbox): how a person proves who they are, by card, by phone or by SMS."""

import re
from collections.abc import Callable


def by_eid(who) -> None:
    """The PIN of the card in the reader."""
    choose(who, "eid")
    pin = who.page.locator("input[name=pin]")
    who.step("eid-inserer-carte", who.page.locator("select[name=person]"))
    pin.fill(who.pin)
    who.step("eid-code-pin", pin).picture()
    who.page.locator("button[value=check]").click()


def by_itsme(who) -> None:
    """The number of the phone, and the approval there."""
    choose(who, "itsme")
    who.step("itsme-telephone", who.page.locator("input[name=phone]"))
    who.page.locator("button[value=send]").click()
    who.picture()
    approve_on_phone(who)
    who.page.locator("button[value=approved]").click()


def approve_on_phone(who) -> None:
    """The person's own phone shows the request."""
    phone = who.context.new_page()
    phone.goto(f"{who.demo.sandbox_url}/telephone/{who.person}/?lang={who.language}")
    approve = phone.locator("button[value=approve]").first
    who.step("itsme-approuver", approve, page=phone)
    with phone.expect_navigation():  # a page closed before its answer has come may never close
        approve.click()
    phone.close()


def by_sms(who) -> None:
    """The code received on the phone."""
    choose(who, "sms")
    send = who.page.locator("button[value=send]")
    who.step("sms-recevoir", send)
    send.click()
    code = re.search(r"#(\d{6})", who.ask(f"/api/sms?person={who.person}")[0]["text"])
    field = who.page.locator("input[name=code]")
    field.fill(code[1] if code else "")
    who.step("sms-recopier", field).picture()
    who.page.locator("button[value=check]").click()


def choose(who, method: str) -> None:
    """A minimum admits several methods, and a sign-in of before may still hold: the provider asks which."""
    offered = who.page.locator(f"button[value={method}]")
    if offered.count():
        offered.first.click()


PROOFS: dict[str, Callable] = {"eid": by_eid, "itsme": by_itsme, "sms": by_sms}
