"""Card, phone and SMS: what satisfies the level, what is refused, in French and in German."""

import re

import pytest
import requests

from tests.sandbox.client import LEVEL, Client, callback, text_of


@pytest.fixture
def client(sandbox) -> Client:
    return Client(sandbox)


def newest_code(sandbox, person: str) -> str:
    messages = requests.get(f"{sandbox.url}/api/sms", params={"person": person}, timeout=5).json()
    return re.match(r"\d{6}", messages[0]["text"])[0]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def proof(client: Client, back: dict) -> tuple[str, list[str]]:
    claims = client.claims(client.token(back["code"]).json()["id_token"])
    return claims["acr"].removeprefix(LEVEL), claims["amr"]


def ask_phone(client: Client, level: int = 450, phone: str = "0455 00 10 12"):
    page = client.authorize(level)
    page = client.post(page, action="itsme")
    return client.post(page, action="send", phone=phone)


def answer_on_phone(sandbox, person: str, answer: str) -> str:
    phone = requests.get(f"{sandbox.url}/telephone/{person}/", timeout=5)
    name = re.search(r'name="request" value="([^"]+)"', phone.text)[1]
    done = requests.post(phone.url, data={"request": name, "answer": answer}, timeout=5)
    return text_of(done)


@pytest.mark.parametrize(("level", "methods"), [(400, ["sms", "itsme", "eid"]), (450, ["itsme", "eid"])])
def test_only_methods_that_reach_the_minimum_are_offered(client, level, methods):
    assert re.findall(r'name="action" value="(eid|itsme|sms)"', client.authorize(level).text) == methods


def test_a_method_below_the_minimum_is_not_to_be_had_by_its_address(client, sandbox):
    page = client.authorize(500)
    journey = page.url.removeprefix(sandbox.url).removesuffix("eid/")
    answer = client.post(page, f"{journey}sms/", action="send", phone="0455001001")
    assert answer.url.endswith("/eid/")


def test_three_wrong_pins_block_the_card_until_it_is_unblocked(client, sandbox):
    page = client.authorize(500)
    fields = {"action": "check", "person": "hugo-martin"}
    assert "Essais restants : 2" in text_of(client.post(page, pin="9999", **fields)).replace("\u00a0", " ")
    client.post(page, pin="9999", **fields)
    assert "bloquée" in text_of(client.post(page, pin="9999", **fields))
    refused = client.post(page, pin="1234", **fields)
    assert refused.status_code == 422
    client.post(page, "/", person="hugo-martin", action="unblock")
    assert "code" in callback(client.post(page, pin="1234", **fields))


def test_a_person_without_card_has_none_to_insert(client):
    page = client.authorize(500)
    assert 'value="marc-lefevre"' not in page.text
    assert client.post(page, action="check", person="marc-lefevre", pin="1234").status_code == 422


@pytest.mark.parametrize("method", ["eid", "itsme", "sms"])
def test_giving_up_tells_the_client_access_denied(client, sandbox, method):
    page = client.post(client.authorize(400), action=method)
    back = callback(client.post(page, action="cancel"))
    assert back == {"error": "access_denied", "state": client.state, "iss": sandbox.issuer}


def test_the_phone_approves_and_only_then_the_button_works(client, sandbox):
    page = ask_phone(client)
    assert "Approuvez sur votre téléphone" in text_of(page)
    early = client.post(page, action="approved")
    assert early.status_code == 422
    number = re.search(r'class="number"[^>]*>(\d\d)', page.text)[1]
    assert number in text_of(requests.get(f"{sandbox.url}/telephone/karl-schmitz/", timeout=5))
    assert "Anfrage bestätigt" in answer_on_phone(sandbox, "karl-schmitz", "approve")
    assert proof(client, callback(client.post(page, action="approved"))) == ("450", ["bmid"])


def test_a_refusal_or_a_lapse_on_the_phone_offers_a_new_try(client, sandbox):
    page = ask_phone(client)
    answer_on_phone(sandbox, "karl-schmitz", "refuse")
    assert "refusée sur le téléphone" in text_of(client.post(page, action="approved"))
    assert "Numéro de téléphone" in text_of(client.post(page, action="again"))
    page = client.post(page, action="send", phone="0455001012")
    with sandbox.ahead(181):
        assert "Le temps est écoulé" in text_of(client.post(page, action="approved"))


def test_an_unknown_number_is_refused_beside_the_field_and_stays_typed(client):
    page = ask_phone(client, phone="0470 99 99 99")
    assert page.status_code == 422
    assert 'value="0470 99 99 99"' in page.text
    assert 'aria-invalid="true"' in page.text


def test_six_digits_by_sms_give_level_400_once(client, sandbox):
    page = client.post(client.authorize(400), action="sms")
    page = client.post(page, action="send", phone="+32 455 00 10 02")
    assert 'autocomplete="one-time-code"' in page.text
    code = newest_code(sandbox, "marc-lefevre")
    back = callback(client.post(page, action="check", code=f"{code[:3]} {code[3:]}"))
    assert proof(client, back) == ("400", ["sms"])
    info = client.userinfo(client.token(back["code"]).json().get("access_token", ""))
    assert info.status_code == 401
    assert client.post(page, action="check", code=code).status_code == 410


def test_the_sms_is_one_part_of_gsm_text_that_ends_with_host_and_code(client, sandbox):
    for language, word in (("fr", "communiquez"), ("de", "niemandem")):
        other = Client(sandbox)
        page = other.post(other.authorize(400, ui_locales=language), action="sms")
        other.post(page, action="send", phone="0455001001")
        sent = requests.get(f"{sandbox.url}/api/sms", params={"to": "0455001001"}, timeout=5).json()[0]["text"]
        assert word in sent
        assert re.search(r"\n\n@127\.0\.0\.1 #\d{6}$", sent)
        assert len(sent) <= 160
        assert set(sent) <= set("éèàùäöüß@#:.,\n ") | {chr(sign) for sign in range(32, 127)}


def test_five_wrong_codes_or_five_minutes_end_the_code(client, sandbox):
    page = client.post(client.authorize(400), action="sms")
    page = client.post(page, action="send", phone="0455001002")
    code = newest_code(sandbox, "marc-lefevre")
    with sandbox.ahead(301):
        assert "plus valable" in text_of(client.post(page, action="check", code=code))
    for _ in range(5):
        answer = client.post(page, action="check", code=wrong(code))
    assert "plus valable" in text_of(answer)
    assert client.post(page, action="check", code=code).status_code == 422


def test_a_new_code_voids_the_earlier_one_and_only_three_are_sent(client, sandbox):
    page = client.post(client.authorize(400), action="sms")
    page = client.post(page, action="send", phone="0455001002")
    first = newest_code(sandbox, "marc-lefevre")
    assert "une minute" in text_of(client.post(page, action="again"))
    for seconds in (61, 122):
        with sandbox.ahead(seconds):
            assert client.post(page, action="again").status_code == 200
    with sandbox.ahead(183):
        assert "Trois codes" in text_of(client.post(page, action="again"))
    last = newest_code(sandbox, "marc-lefevre")
    assert first == last or client.post(page, action="check", code=first).status_code == 422
    assert "code" in callback(client.post(page, action="check", code=last))


def test_single_sign_on_is_offered_again_at_its_level_and_not_above(client, sandbox):
    page = ask_phone(client)
    answer_on_phone(sandbox, "karl-schmitz", "approve")
    first = client.post(page, action="approved")
    page = client.authorize(400)
    assert "Continuer en tant que Karl Schmitz" in text_of(page)
    assert proof(client, callback(client.post(page, action="continue"))) == ("450", ["bmid"])
    page = client.authorize(500)
    assert "Continuer en tant que" not in text_of(page)
    assert not client.post(page, action="continue").headers.get("Location")
    assert "code" in callback(first)


def test_prompt_login_max_age_and_prompt_none_are_honoured(client, sandbox):
    client.by_card()
    assert "code" in callback(client.authorize(prompt="none"))
    assert "Continuer" not in text_of(client.authorize(400, prompt="login"))
    with sandbox.ahead(100):
        assert "Continuer" in text_of(client.authorize(400))
        assert "Continuer" not in text_of(client.authorize(400, max_age="60"))


def test_changing_person_ends_single_sign_on_and_the_same_person_keeps_it(client):
    client.by_card("claire-dubois")
    home = client.authorize(400)
    client.post(home, "/", person="claire-dubois", action="insert")
    assert "Continuer en tant que Claire" in text_of(client.authorize(400))
    client.post(home, "/", person="karl-schmitz", action="insert")
    assert "Continuer" not in text_of(client.authorize(400))
    assert re.search(r'value="karl-schmitz" selected', client.authorize(500).text)


def test_a_journey_belongs_to_the_browser_that_began_it(client, sandbox):
    page = client.authorize(500)
    stolen = Client(sandbox).post(page, action="check", person="claire-dubois", pin="1234")
    assert stolen.status_code == 410


def test_the_language_asked_is_shown_and_can_be_changed(client):
    page = client.authorize(400, ui_locales="de-BE fr")
    assert '<html lang="de">' in page.text
    assert "Wie möchten Sie sich anmelden?" in text_of(page)
    page = client.post(page, action="fr")
    assert '<html lang="fr">' in page.text
