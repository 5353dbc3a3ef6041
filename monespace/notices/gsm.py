"""How many parts a text message takes: one holds 160 signs of the GSM alphabet (3GPP TS 23.038), or 70 of any other."""

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWICE = "\f^{}\\[~]|€"  # each behind an escape sign
ONE, OF_SEVERAL = 160, 153
ONE_OTHER, OF_SEVERAL_OTHER = 70, 67


def parts(text: str) -> int:
    """The number of parts that a text is sent and paid as."""
    if all(sign in BASIC or sign in TWICE for sign in text):
        length = sum(2 if sign in TWICE else 1 for sign in text)
        return 1 if length <= ONE else -(-length // OF_SEVERAL)
    length = len(text.encode("utf-16-be")) // 2
    return 1 if length <= ONE_OTHER else -(-length // OF_SEVERAL_OTHER)
