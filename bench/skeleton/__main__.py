"""python -m bench.skeleton tables COUNT | serve PORT: makes the tables (as the database's owner, DATABASE_URL), or serves.

`tables` makes them anew with COUNT people signed in, and prints their cookies and addresses as JSON.
"""

import json
import os
import sys


def tables(count: int) -> list[dict]:
    """Everything that the views read, and the portal's role allowed to write it."""
    from django.apps import apps
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connection

    from bench.skeleton import models

    ours = list(apps.get_app_config("skeleton").get_models())
    with connection.cursor() as cursor:
        names = ", ".join(model._meta.db_table for model in ours)
        cursor.execute(f"DROP TABLE IF EXISTS {names}")
        cursor.execute("DROP SEQUENCE IF EXISTS skeleton_number; CREATE SEQUENCE skeleton_number")
    with connection.schema_editor() as editor:
        for model in ours:
            editor.create_model(model)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {names} TO PUBLIC")
        cursor.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO PUBLIC")
    title = {"fr": "Dix questions pour mesurer le portail", "de": "Zehn Fragen, um das Portal zu messen"}
    models.Procedure.objects.create(slug="dix-questions", title=title, reply_to="contact")
    people = []
    for place in range(count):
        address = f"mesure-{place}@exemple.be"
        person = models.Person.objects.create(name=f"Claire Marie Mesure {place}", email=address, token=f"{place:064}")
        session = SessionStore()
        session["sign_in"] = str(models.SignIn.objects.create(person=person).pk)
        session.create()
        people.append({"cookies": {"monespace_session": session.session_key}, "address": address})
    return people


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.skeleton.settings"
    if sys.argv[1] == "tables":
        import django

        django.setup()
        print(json.dumps(tables(int(sys.argv[2]))))
    else:
        from config import env
        from monespace.cli.serve import preload, server

        workers, threads = env.number("WEB_WORKERS", 2), env.number("WEB_THREADS", 4)
        preload("bench.skeleton.wsgi")
        server("127.0.0.1", int(sys.argv[2]), workers, threads, "bench.skeleton.wsgi:application").serve()
