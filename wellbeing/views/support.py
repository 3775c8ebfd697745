"""Someone to talk to: the contact card and one's own requests; for counsellors, what was asked of them."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people.models import User
from people.views.signed_in import person
from wellbeing.domain.support import Conversation
from wellbeing.forms.message import MessageForm
from wellbeing.operations import support as talk
from wellbeing.queries.support import own_conversations, waiting_requests
from wellbeing.views.when import day_in_words, moment_in_words


@require_http_methods(["GET", "HEAD", "POST"])
def support(request: HttpRequest) -> HttpResponse:
    """The card, the form, and what was said so far. A POST sends the counsellor a message."""
    me = person(request)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        talk.ask_for_support(person=me, text=form.cleaned_data["text"], message_id=form.cleaned_data["id"])
        messages.success(request, gettext("Sent. Only the counsellor can read it."))
        return redirect("wellbeing:support")
    context = {
        "contact": settings.SUPPORT_CONTACT,
        "form": form,
        "conversations": [_told(one, me) for one in own_conversations(person_id=me.pk)],
    }
    return render(request, "wellbeing/support.html", context, status=422 if form.errors else 200)


@require_POST
def support_close(request: HttpRequest) -> HttpResponse:
    talk.close_own_request(person=person(request))
    messages.success(request, gettext("Closed. It is deleted in thirty days, or now if you like."))
    return redirect("wellbeing:support")


@require_POST
def support_delete(request: HttpRequest, request_id: UUID) -> HttpResponse:
    if not talk.delete_own_request(person=person(request), request_id=request_id):
        raise Http404
    messages.success(request, gettext("Deleted. Nobody can read it any more."))
    return redirect("wellbeing:support")


@require_GET
def support_requests(request: HttpRequest) -> HttpResponse:
    """What waits for an answer. Whose it is shows when it is opened, and that is written down."""
    me = person(request)
    waiting = [
        {
            "id": one.id,
            "asked": moment_in_words(one.asked_at, me),
            "last": moment_in_words(one.last_at, me),
            "waits": one.waits_for_counsellor,
        }
        for one in waiting_requests(me)
    ]
    return render(request, "wellbeing/support_requests.html", {"waiting": waiting})


@require_http_methods(["GET", "HEAD", "POST"])
def support_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request, and the answer to it."""
    me = person(request)
    form = MessageForm(request.POST if request.method == "POST" else None)
    try:
        if request.method == "POST" and form.is_valid():
            cleaned = form.cleaned_data
            talk.answer_request(request_id=request_id, by=me, text=cleaned["text"], message_id=cleaned["id"])
            messages.success(request, "Sent. Only the person who asked can read it.")
            return redirect("wellbeing:support_request", request_id)
        conversation = talk.open_for_counsellor(request_id=request_id, by=me)
    except talk.NoSuchSupportRequest as error:
        raise Http404 from error
    except talk.RequestClosed as error:
        messages.warning(request, str(error))
        return redirect("wellbeing:support_request", request_id)
    context = {"conversation": _told(conversation, me), "form": form}
    return render(request, "wellbeing/support_request.html", context, status=422 if form.errors else 200)


@require_POST
def support_request_close(request: HttpRequest, request_id: UUID) -> HttpResponse:
    try:
        talk.close_request(request_id=request_id, by=person(request))
    except talk.NoSuchSupportRequest as error:
        raise Http404 from error
    messages.success(request, "Closed. It is deleted in thirty days.")
    return redirect("wellbeing:support_requests")


def _told(one: Conversation, me: User) -> dict[str, object]:
    """A conversation in the words and the time zone of whoever looks at it."""
    if one.closed_at is not None and one.deleted_at is not None:
        state = gettext("Closed. It is deleted on {day}.").format(day=day_in_words(one.deleted_at, me))
    elif one.is_answered and not one.waits_for_counsellor:
        state = gettext("Answered.")
    else:
        state = gettext("Sent. Not answered yet.")
    return {
        "id": one.id,
        "asked_by": one.asked_by,
        "asked": moment_in_words(one.asked_at, me),
        "state": state,
        "is_closed": one.closed_at is not None,
        "messages": [
            {"when": moment_in_words(message.at, me), "by": message.by, "text": message.text}
            for message in one.messages
        ],
        "reads": [
            gettext("{who} opened it, {when}.").format(who=read.by, when=moment_in_words(read.at, me))
            for read in one.reads
        ],
    }
