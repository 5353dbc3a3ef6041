"""The identity can be replaced; these pairs of its tokens must stay readable (WCAG 1.4.3, 1.4.11)."""

import re
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[2] / "static" / "app"
TOKENS = dict(re.findall(r"--me-([a-z-]+):\s*(#[0-9a-f]{6})", (APP / "tokens.css").read_text(encoding="utf-8")))
TEXT, SHAPE = 4.5, 3.0
PAIRS = [
    *[("ink", ground, TEXT) for ground in ("paper", "mist", "personal", "professional", "focus")],
    *[("accent", ground, TEXT) for ground in ("paper", "mist")],
    *[("secondary", ground, TEXT) for ground in ("paper", "mist")],
    *[("on-accent", ground, TEXT) for ground in ("accent", "accent-strong", "error", "error-strong", "success")],
    *[(kind, f"{kind}-tint", TEXT) for kind in ("success", "error", "waiting", "information", "neutral")],
    *[(kind, "paper", TEXT) for kind in ("success", "error", "information", "visited")],
    *[("input-border", ground, SHAPE) for ground in ("paper", "mist")],
    *[(f"{space}-edge", ground, SHAPE) for space in ("personal", "professional") for ground in (space, "paper")],
    *[("ink", ground, SHAPE) for ground in ("paper", "mist", "personal", "professional")],
    ("focus", "accent", SHAPE),
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two tokens."""
    low, high = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_a_pair_of_tokens_is_readable(front, ground, least):
    assert contrast(front, ground) >= least


def test_the_two_spaces_do_not_look_alike():
    assert TOKENS["personal"] != TOKENS["professional"]
    assert TOKENS["personal-edge"] != TOKENS["professional-edge"]


def test_every_colour_of_the_theme_is_a_token():
    theme = (APP / "theme.css").read_text(encoding="utf-8")
    screen = theme.split("@media print", 1)[0]
    assert re.findall(r"#[0-9a-f]{3,6}\b|rgba?\(", screen) == []
    used = set(re.findall(r"var\(--me-([a-z-]+)\)", theme))
    assert used <= set(TOKENS) | {"font", "round"}


def test_nothing_moves_and_nothing_comes_from_elsewhere():
    theme = (APP / "theme.css").read_text(encoding="utf-8")
    assert "@keyframes" not in theme
    assert "@import" not in theme
    assert all(address.startswith("../vendor/") for address in re.findall(r'url\("([^"]*)"\)', theme))
