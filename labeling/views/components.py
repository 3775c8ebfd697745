from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


class ExampleForm(forms.Form):
    name = forms.CharField(help_text="What people see.")
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """What the pages are made of, for those who build them. Not in production."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    context = {"severities": range(5), "form": ExampleForm({})}
    return render(request, "labeling/components.html", context)
