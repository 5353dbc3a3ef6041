"""The gateway through which text messages leave. What it is, the address says: `http(s)://` is the HTTP gateway; a gateway that
speaks SMPP would stand beside it under `smpp://`, with the same three methods."""

from typing import Protocol
from urllib.parse import urlsplit

import requests
from django.conf import settings

TIMEOUT = (3, 8)  # seconds to connect, to read


class GatewayDown(Exception):
    """The gateway did not take the message. The words say why, and hold neither number nor text."""


class Gateway(Protocol):
    """What every gateway can do."""

    def send(self, to: str, text: str, ref: str) -> None:
        """Hands over one message to a number (E.164); `ref` is ours, the same when it is tried again. Raises GatewayDown."""

    def ready(self) -> None:
        """Asks whether it would take a message from us, without sending any. Raises GatewayDown."""


class HttpGateway:
    """JSON {to, text, ref} by POST, with our secret as a bearer; 202 (or another 2xx) is taken. GET says whether it is ready."""

    def __init__(self, url: str, secret: str) -> None:
        self.url, self.headers = url, {"Authorization": f"Bearer {secret}"}

    def send(self, to: str, text: str, ref: str) -> None:
        """Hands over one message; raises GatewayDown."""
        self.ask("POST", json={"to": to, "text": text, "ref": ref})

    def ready(self) -> None:
        """Raises GatewayDown unless it is there and knows us."""
        self.ask("GET")

    def ask(self, method: str, **more) -> None:
        """One request; raises GatewayDown with the status or the kind of failure."""
        try:
            answer = requests.request(
                method, self.url, headers=self.headers, timeout=TIMEOUT, allow_redirects=False, **more
            )
        except requests.RequestException as error:
            raise GatewayDown(type(error).__name__) from None  # its own words hold the address
        if not 200 <= answer.status_code < 300:
            raise GatewayDown(f"status {answer.status_code}")


GATEWAYS = {"http": HttpGateway, "https": HttpGateway}


def gateway() -> Gateway:
    """The gateway of SMS_GATEWAY_URL; raises GatewayDown when there is none or nobody speaks its language."""
    made = GATEWAYS.get(urlsplit(settings.SMS_GATEWAY_URL).scheme)
    if made is None:
        raise GatewayDown("SMS_GATEWAY_URL is no http or https address")
    return made(settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_SECRET)
