"""Real files that people join: a photo and an estimate, made here."""

import io

import pikepdf
from PIL import Image


def make_photo() -> bytes:
    """A small picture."""
    kept = io.BytesIO()
    Image.new("RGB", (64, 48), (120, 90, 60)).save(kept, "PNG")
    return kept.getvalue()


def make_estimate(title: str, amount: str) -> bytes:
    """A PDF of one page; each is another one."""
    paper, kept = pikepdf.new(), io.BytesIO()
    paper.add_blank_page()
    paper.docinfo["/Title"] = f"{title}, {amount}"
    paper.save(kept)
    return kept.getvalue()


PHOTO = make_photo()
