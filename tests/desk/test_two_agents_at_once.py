"""Two agents decide in the same instant: one decision, one letter, and the other is told who was faster."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from monespace.desk import actions
from monespace.dossiers.models import Decision
from monespace.notices.models import Mail
from tests.desk import scene


def test_one_wins_and_the_other_is_told(committed, house):
    actions.load_teams()
    people = [scene.agent(), scene.agent(scene.OLIVIER, "Olivier", "Servais")]
    dossier, together = scene.dossier(state="acknowledged"), Barrier(2)
    browsers = [scene.client(person) for person in people]

    def send(browser, facts):
        together.wait()
        try:
            return browser.post(f"/guichet/{dossier.ref}/decider/", {**scene.VERDICT, "facts": facts, "send": "1"})
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, browsers, ["Constat d'Isabelle", "Constat d'Olivier"]))

    assert sorted(answer.status_code for answer in answers) == [303, 409]
    late = next(answer for answer in answers if answer.status_code == 409).content.decode()
    decision = Decision.objects.get(pk=dossier.pk)
    assert decision.signatory in late
    assert ("Constat d&#39;Olivier" if decision.signatory == "Isabelle Mathot" else "Constat d&#39;Isabelle") in late
    assert ProcrastinateJob.objects.filter(task_name="dossiers.make_paper").count() == 1
    assert Mail.objects.count() == 1
