"""The error summary of a form: it counts the lines that it lists."""

from typing import Any

from django import forms
from django.template.loader import render_to_string


class Account(forms.Form):
    name = forms.CharField()
    password = forms.CharField()

    def clean(self) -> dict[str, Any]:
        self.add_error("password", ["Too short.", "Too common."])
        raise forms.ValidationError("Ask your admin.")


def test_it_counts_what_it_lists() -> None:
    said = render_to_string("_components/error_summary.html", {"form": Account({"password": "1"})})
    assert "4 things need another look" in said
    assert said.count("<li>") == 4
    assert '<a href="#id_name">Name</a>: ' in said
    assert "<li>Ask your admin.</li>" in said


def test_one_line_is_one_thing() -> None:
    class Name(forms.Form):
        name = forms.CharField()

    assert "One thing needs another look" in render_to_string(
        "_components/error_summary.html", {"form": Name({})}
    )


def test_a_form_that_is_fine_has_none() -> None:
    assert not render_to_string("_components/error_summary.html", {"form": forms.Form({})}).strip()
