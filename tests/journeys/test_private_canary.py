"""What is private leaves no trace on any page of anybody else: not its words, not its bytes, not that it exists."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from config.routes import ROUTES
from tests.factories.wellbeing import support_request_of
from tests.journeys.test_canary import addresses_of_gets
from wellbeing.models import DayNote, SupportMessage, SupportRequest
from wellbeing.operations.day_notes import note_day
from wellbeing.operations.support import answer_request, open_for_counsellor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

OTHERS = ("second_labeler", "lead", "engineer", "officer", "admin", "auditor", "outsider")
# What differs from one answer to the next whoever asks: the form's own numbers, and who looked at one's exposure.
CHANGING = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]*"|name="csrf-token" content="[^"]*"|name="id" value="[^"]*"|<li>[^<]* saw [^<]*</li>'
    rb'|<section [^>]*aria-labelledby="looked".*?</section>',
    re.DOTALL,
)


def pages(user, addresses):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    found = {}
    for address in addresses:
        response = client.get(address)
        body = response.getvalue() if response.streaming else response.content
        headers = {
            name: value
            for name, value in response.headers.items()
            if name not in {"Expires", "Content-Length"}
        }
        found[address] = (response.status_code, headers, CHANGING.sub(b"", body))
    return found


def test_nobody_else_can_tell_that_somebody_asked_for_support_or_noted_a_day(
    labeler, counsellor, request, monkeypatch
):
    ask, reply = "heliotrope in the rain", "marzipan by the window"
    nothing = uuid4()
    addresses = list(addresses_of_gets({"request_id": nothing}))
    others = [request.getfixturevalue(name) for name in OTHERS]
    for user in others:
        pages(user, addresses)  # so that everybody who is looked at has been, once
    before = {user.username: pages(user, addresses) for user in others}
    assert len(addresses) > 20
    assert any(name.startswith("wellbeing:support") for name in ROUTES)

    number = support_request_of(labeler, ask)
    open_for_counsellor(request_id=number, by=counsellor)
    answer_request(request_id=number, by=counsellor, text=reply, message_id=uuid4())
    note_day(person_id=labeler.pk, number=3)

    real = list(addresses_of_gets({"request_id": number}))
    secrets = [
        ask.encode(),
        reply.encode(),
        str(number).encode(),
        *(bytes(message.sealed).hex().encode() for message in SupportMessage.objects.all()),
        bytes(DayNote.objects.get().sealed).hex().encode(),
    ]
    named = [address for address in real if address not in addresses]  # those that name the request itself
    for user in others:
        after = pages(user, addresses)
        for address in addresses:
            assert after[address] == before[user.username][address], (user.username, address)
        for address, (_, headers, body) in {**after, **pages(user, named)}.items():
            found = body.replace(address.encode(), b"") + str(headers).encode()
            assert not [secret for secret in secrets if secret in found], (user.username, address)
    assert ask.encode() in pages(labeler, ["/support/"])["/support/"][2]
    assert ask.encode() in pages(counsellor, [f"/requests/{number}/"])[f"/requests/{number}/"][2]
    assert SupportRequest.objects.count() == 1
