"""Someone at work in a running demonstration: python -m tests.ops.scene '{"email": …, "complete": 2, "begun": 1}'.

Runs in a process of its own with the demonstration's environment, through the rooms' own actions, as the portal's
role; prints the session's cookie and the drafts' references as JSON. The answers are those of the procedure's own
example, so that no question is named here.
"""

import json
import os
import sys
import uuid
from base64 import b64decode

PROCEDURE = "calamite-indemnisation"
PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def main(asked: dict) -> dict:
    """Sign this person in and prepare drafts: `complete` ones, ready to be sent, and `begun` ones."""
    sign_in, cookie = signed_in(asked.get("email", ""))
    complete = [ready_draft(sign_in) for _ in range(asked.get("complete", 0))]
    begun = [draft(sign_in).ref for _ in range(asked.get("begun", 0))]
    return {"cookie": cookie, "complete": complete, "begun": begun, "page": first_page(begun) if begun else ""}


def signed_in(email: str) -> tuple:
    """Claire, signed in with her card as the provider would tell it; the key of a session that points there."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from monespace.identity import actions
    from monespace.identity.models import Method, Person
    from monespace.identity.proof import Proof

    proof = Proof("85031499897", "Claire", "Dubois", "fr", Method.EID, 500, "")
    entered = actions.sign_in(proof)
    Person.objects.filter(pk=entered.person_id).update(email=email, welcomed_at=timezone.now())
    session = SessionStore()
    session["sign_in"] = str(entered.pk)
    session.create()
    entered.refresh_from_db()
    return entered, session.session_key


def draft(sign_in):
    """A draft just begun in her own space."""
    from django.utils import timezone

    from monespace.dossiers import actions
    from monespace.procedures.queries import current_version
    from monespace.spaces.space import own_space

    space = own_space(sign_in.person, level=sign_in.level, at=timezone.now())
    return actions.start(space, current_version(PROCEDURE), by=sign_in, language="fr", start_key=uuid.uuid4())


def ready_draft(sign_in) -> str:
    """A draft with every answer of the procedure's first complete example, its files really stored; its reference."""
    from monespace.dossiers.actions import drafting

    begun = draft(sign_in)
    example = next(one for one in begun.version.form.examples if one.expect.complete)
    answers = with_files(example.answers, begun, sign_in)
    drafting.change(begun.pk, sign_in, lambda walk, _content: {**walk.state.answers, **answers})
    return begun.ref


def with_files(value, dossier, sign_in):
    """The same answers; what stands for a file becomes one, uploaded."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from monespace.dossiers import actions

    if isinstance(value, dict) and "sha256" in value:
        return actions.add_document(dossier, SimpleUploadedFile("photo.png", PIXEL, "image/png"), by=sign_in)
    if isinstance(value, dict):
        return {key: with_files(one, dossier, sign_in) for key, one in value.items()}
    return [with_files(one, dossier, sign_in) for one in value] if isinstance(value, list) else value


def first_page(refs: list[str]) -> str:
    """The first page's address of these drafts: they are all of one procedure."""
    from monespace.dossiers.models import Dossier

    form = Dossier.objects.select_related("version").get(ref=refs[0]).version.form
    section = form.definition.sections[0]
    return f"{section.id}/{section.pages[0].id}"


if __name__ == "__main__":
    os.environ["DATABASE_POOLED"] = "no"
    import django

    django.setup()
    print(json.dumps(main(json.loads(sys.argv[1]))))
