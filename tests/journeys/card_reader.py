"""What stands between a page and a card: the Web eID extension and its program, played in the browser of a traveller.

The page's messages reach the sandbox's software card, and its answers come back. Nothing of it is in the portal."""

import json
import urllib.error
import urllib.request

EXTENSION = """
window.addEventListener("message", async ({ source, data }) => {
  if (source !== window || data?.action !== "web-eid:authenticate") return;
  const say = (what, more) => window.postMessage({ action: `web-eid:authenticate-${what}`, ...more }, location.origin);
  say("ack");
  const { end, ...more } = await window.cardReader(data.challengeNonce, location.origin.replace(/^http:/, "https:"));
  if (end) say(end, more);
});
"""
ENDINGS = {
    "cancel": ("ERR_WEBEID_USER_CANCELLED", "User cancelled"),
    "timeout": ("ERR_WEBEID_USER_TIMEOUT", "User failed to respond in time"),
    "no program": ("ERR_WEBEID_NATIVE_UNAVAILABLE", "Native application not available"),
    "old": ("ERR_WEBEID_VERSION_MISMATCH", "Update required"),
    "blocked": ("ERR_WEBEID_NATIVE_FATAL", "PIN is blocked"),
    "busy": ("ERR_WEBEID_ACTION_PENDING", "Same action is still pending"),
    "something": ("ERR_WEBEID_UNKNOWN_ERROR", "An unknown error occurred"),
    "no reader": ("ERR_WEBEID_NATIVE_FATAL", "No reader attached"),
}


class CardReader:
    """The extension and a reader in one person's browser. `does`: sign, wait for ever, or end as in ENDINGS; `another`: the
    challenge that it signs instead of the page's."""

    def __init__(self, who, does: str = "sign") -> None:
        self.who, self.does, self.another, self.asked = who, does, "", []
        who.context.expose_function("cardReader", self.answer)
        who.context.add_init_script(EXTENSION)

    def answer(self, challenge: str, origin: str) -> dict:
        """What the program answers to the page."""
        self.asked.append(challenge)
        if self.does == "wait":
            return {}
        if self.does in ENDINGS:
            code, message = ENDINGS[self.does]
            return {"end": "failure", "error": {"code": code, "message": message}}
        return {"end": "success", **self.signed(self.another or challenge, origin)}

    def signed(self, challenge: str, origin: str) -> dict:
        """The card's answer, from the sandbox."""
        asked = {"person": self.who.person, "pin": self.who.pin, "origin": origin, "challenge": challenge}
        address = f"{self.who.demo.sandbox_url}/api/eid/sign"
        request = urllib.request.Request(address, json.dumps(asked).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)
