# ruff: noqa: E402 - Django is set up before models can be imported
"""A moderator's short day, in a process that has never heard of labeling. Prints what it found; exits 1 if it is wrong."""

import sys
from datetime import timedelta

import django

django.setup()

from django.apps import apps
from django.db import transaction
from django.test import Client

from people.models import User
from people.operations.api_tokens import issue_token
from people.permissions import Permission, Role
from wellbeing import interface
from wellbeing.interface import Clearance, Disclosure, Modality, Purpose, Stimulus, View
from wellbeing.operations.chain_heads import sign_chain_heads, verify_ledger
from wellbeing.operations.clock import move_clock


def review(person: User, occasion: str, severity: int) -> View:
    """One report from a queue: cleared, claimed, looked at for twenty seconds, decided."""
    with transaction.atomic():
        cleared = interface.clear(person_id=person.pk)
        assert isinstance(cleared, Clearance), cleared
        interface.claimed(person_id=person.pk)
    with transaction.atomic(durable=True):
        shown = interface.reveal(
            person_id=person.pk,
            occasion=occasion,
            purpose=Purpose.LABEL,
            stimulus=Stimulus(Modality.IMAGE, severity, basis="reported"),
            disclosure=Disclosure(0, 0, full=True),
            words_per_minute=120,
        )
    assert isinstance(shown, View), shown
    move_clock(by=timedelta(seconds=20))
    with transaction.atomic():
        done = interface.settle(person_id=person.pk, occasion=occasion, verdict=severity)
    assert done is not None
    return done


def review_over_http(api: Client, person: User, occasion: str, severity: int) -> None:
    """The same through the gate, as a second tool does it."""

    def ask(action: str, **more: object) -> dict[str, object]:
        body = {"person": person.username, "occasion": occasion, **more}
        answer = api.post(f"/api/v1/wellbeing/{action}", body, content_type="application/json")
        assert answer.status_code == 200, answer.content
        document: dict[str, object] = answer.json()
        return document

    ask("clear")
    stimulus = {"modality": "image", "severity": severity}
    ask("reveal", stimulus=stimulus, disclosure={"words": 0, "of_words": 0, "full": True})
    move_clock(by=timedelta(seconds=20))
    assert ask("settle", verdict=severity)["state"] == "settled"


def main() -> int:
    assert not apps.is_installed("labeling")
    person = User.objects.create_user("moderator")
    interface.give_consent(person=person, version=interface.CONSENT_VERSION, language="en")
    officer = User.objects.create_user("officer")
    officer.memberships.create(role=Role.OFFICER)
    interface.recognise_experience(person_id=person.pk, step=4, by=officer)
    points = [
        review(person, f"report:{number}", severity).milli_points for number, severity in enumerate((1, 3, 2))
    ]
    tool = User.objects.create_user("queue")
    tool.memberships.create(role=Role.INTEGRATION)
    _, secret = issue_token(user=tool, name="queue", scopes=[Permission.METER], days=1)
    api = Client(headers={"Authorization": f"Bearer {secret}"})
    before = interface.exposure_of(person_id=person.pk, looked_by=person.pk).points.used
    review_over_http(api, person, "report:1", 2)
    points.append(interface.exposure_of(person_id=person.pk, looked_by=person.pk).points.used - before)
    sign_chain_heads()
    found = verify_ledger()
    seen = interface.exposure_of(person_id=person.pk, looked_by=person.pk)
    loaded = sorted(name for name in sys.modules if name.split(".")[0] == "labeling")
    sys.stdout.write(f"points {seen.points.used} rows {found.report.rows} labeling {loaded}\n")
    whole = points[-1] > 0 and not found.faults and not found.differences and seen.points.used == sum(points)
    return 0 if whole and not loaded else 1


if __name__ == "__main__":
    sys.exit(main())
