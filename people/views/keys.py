"""My keys: which key does what, for one person, on every machine."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.forms import KeysForm
from people.keys import BY_NAME, PRESETS, unpacked
from people.operations.settings import set_key_switches, set_keys
from people.views.signed_in import person


@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """A POST saves all keys, puts one or all back, takes a set for one hand, or turns a switch."""
    user = person(request)
    own = unpacked(user.own_keys)
    if request.method != "POST":
        return _page(request, KeysForm(own=own))
    if "preset" in request.POST:
        preset = PRESETS.get(request.POST["preset"])
        if preset is None:
            raise Http404
        set_keys(person=user, own=preset)
        return _saved(request, _("Your keys are set."))
    if request.POST.get("do") == "switches":
        set_key_switches(
            person=user,
            single_keys="single_keys" in request.POST,
            one_key_answers="one_key_answers" in request.POST,
        )
        by_script = request.headers.get("X-Requested-With") == "fetch"  # static/js/csrf.js
        return HttpResponse(status=204) if by_script else _saved(request, _("Saved."))
    typed = request.POST.copy()
    if "reset" in request.POST:
        if request.POST["reset"] not in BY_NAME:
            raise Http404
        typed[request.POST["reset"]] = ""  # what else was typed is not lost with it
    form = KeysForm(typed, own=own)
    if not form.is_valid():
        return _page(request, form, status=422)
    set_keys(person=user, own=form.cleaned_data)
    return _saved(request, _("Your keys are saved. They hold on every machine where you sign in."))


def _page(request: HttpRequest, form: KeysForm, *, status: int = 200) -> HttpResponse:
    return render(request, "people/keys.html", {"form": form}, status=status)


def _saved(request: HttpRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("people:keys")
