"""The guide for labelers, in the product."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def labeler(request: HttpRequest) -> HttpResponse:
    """From sign-in to the end of the day. The keys in it are the reader's own (static/js/keys.js)."""
    return render(request, "people/help.html")
