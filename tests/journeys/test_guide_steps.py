"""Each step of a guide is a step of a journey, and its picture was taken there: no guide shows what nobody does."""

import ast
import io
from pathlib import Path

import pytest
from PIL import Image

from monespace.help.queries import guides, steps
from tests.journeys.steps import SIZE, light, picture, steps_of_guides

HERE = Path(__file__).parent
PICTURES = HERE.parents[1] / "static" / "help"
LANGUAGES = ("fr", "de")
HEAVIEST, ALL_TOGETHER = 60_000, 3_000_000  # bytes


def passed() -> set[str]:
    """What the journeys call their steps: the first argument of every `.step(…)`."""
    calls = [
        node
        for file in HERE.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "step"
    ]
    return {call.args[0].value for call in calls}


@pytest.mark.parametrize("guide", [guide.slug for guide in guides("fr")])
def test_every_step_of_a_guide_is_passed_by_a_journey(guide):
    assert [step.id for step in steps(guide, "fr") if step.id not in passed()] == []


def test_no_journey_passes_a_step_that_no_guide_tells():
    assert passed() - set(steps_of_guides("fr")) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_its_picture_and_every_picture_its_step(language):
    assert {file.stem for file in (PICTURES / language).glob("*.png")} == set(steps_of_guides(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pictures_are_light_and_of_one_width(language):
    files = list((PICTURES / language).glob("*.png"))

    assert {Image.open(file).width for file in files} == {SIZE["width"]}
    assert [file.name for file in files if file.stat().st_size > HEAVIEST] == []
    assert sum(file.stat().st_size for file in PICTURES.glob("*/*.png")) < ALL_TOGETHER


@pytest.mark.browser
def test_passing_a_step_leaves_its_picture_once_and_the_window_as_it_was(browser, tmp_path):
    page = browser.new_page(viewport={"width": 320, "height": 400})
    page.set_content("<header style='height: 90px'>above</header><main><h1>Here</h1><button>Send</button></main>")
    picture(page, "envoyer-demande", "fr", page.get_by_role("button"), folder=str(tmp_path))
    first = (tmp_path / "fr" / "envoyer-demande.png").read_bytes()
    page.set_content("<main><h1>Elsewhere</h1></main>")
    picture(page, "envoyer-demande", "fr", folder=str(tmp_path))

    assert (tmp_path / "fr" / "envoyer-demande.png").read_bytes() == first
    assert Image.open(io.BytesIO(first)).width == SIZE["width"]
    assert page.viewport_size == {"width": 320, "height": 400}


@pytest.mark.browser
def test_no_picture_shows_a_national_number(browser, tmp_path):
    page = browser.new_page()
    page.set_content("<main><h1>Here</h1><label>Number <input value='85.03.14-998.97'></label></main>")

    with pytest.raises(AssertionError, match="a national number"):
        picture(page, "inviter-personne", "fr", folder=str(tmp_path))
    assert not list(tmp_path.rglob("*.png"))


def test_a_picture_keeps_few_colours():
    kept = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").save(kept, "PNG")

    assert len(Image.open(io.BytesIO(light(kept.getvalue()))).getcolors()) <= 48
