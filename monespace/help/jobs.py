"""Work of the help centre that the worker does: it alone loads typst."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from monespace.help import actions, queries
from monespace.help.paper import FOLDER, file_name, guide_data
from monespace.paper.pdf import make_pdf
from monespace.work import job


@job("help.make_guide")
def make_guide(slug: str, language: str) -> None:
    """Makes the PDF of a guide and removes those of its earlier texts. Does nothing when it is there."""
    topic = queries.topic(slug, language)
    if topic is None or not topic.is_guide:
        return
    name = file_name(topic)
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(make_pdf("guide", guide_data(topic), language=language)))
    _remove_earlier(name, f"{slug}-{language}-")


@job("help.forget_feedback")
def forget_feedback(feedback_id: int) -> None:
    """Deletes an opinion when its year is over."""
    actions.forget_feedback(feedback_id)


def _remove_earlier(name: str, beginning: str) -> None:
    _folders, files = default_storage.listdir(FOLDER)
    for file in files:
        if file.startswith(beginning) and f"{FOLDER}/{file}" != name:
            default_storage.delete(f"{FOLDER}/{file}")
