"""Misbehaviour on demand, so that the portal's refusals can be seen and tested. Kept in memory: a restart heals all."""

KNOWN = {
    "lower_acr": 1.0,
    "acr_in_amr": 1.0,
    "wrong_nonce": 1.0,
    "wrong_aud": 1.0,
    "wrong_iss": 1.0,
    "expired_token": 1.0,
    "old_auth_time": 1.0,
    "bad_signature": 1.0,
    "alg_none": 1.0,
    "unknown_key": 1.0,
    "wrong_at_hash": 1.0,
    "other_state": 1.0,
    "wrong_callback_iss": 1.0,
    "slow_token": 20.0,
    "token_500": 1.0,
    "userinfo_other_sub": 1.0,
    "userinfo_bad_signature": 1.0,
    "userinfo_plain_json": 1.0,
    "userinfo_without_number": 1.0,
    "userinfo_without_given_name": 1.0,
    "itsme_unencrypted": 1.0,
    "itsme_other_key": 1.0,
    "card_revoked": 1.0,
    "card_unknown": 1.0,
    "ocsp_stale": 1.0,
    "ocsp_down": 1.0,
    "scanner_down": 1.0,
    "scanner_slow": 20.0,
    "mail_down": 1.0,
    "sms_down": 1.0,
    "registry_down": 1.0,
}


class Faults:
    """Which faults are on; those that wait carry their seconds."""

    def __init__(self) -> None:
        self.active: dict[str, float] = {}

    def on(self, name: str) -> bool:
        return self.active.get(name, 0) > 0

    def seconds(self, name: str) -> float:
        return self.active.get(name, 0)

    def replace(self, wanted: dict[str, object]) -> list[str]:
        """Turn on exactly these (True, or a number of seconds). Returns the unknown names: then nothing has changed."""
        unknown = [name for name in wanted if name not in KNOWN]
        if not unknown:
            self.active = {name: strength(name, value) for name, value in wanted.items() if value}
        return unknown


def strength(name: str, value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return min(float(value), 600.0)
    return KNOWN[name]
