"""What is wrong with a form, a line each: what the error summary lists is what it counts."""

from typing import NamedTuple

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField

register = template.Library()


class ErrorLine(NamedTuple):
    """`field` is None where the form as a whole is meant."""

    field: BoundField | None
    message: str


@register.filter
def error_lines(form: BaseForm) -> list[ErrorLine]:
    whole = [ErrorLine(None, str(message)) for message in form.non_field_errors()]
    return whole + [ErrorLine(field, str(message)) for field in form for message in field.errors]
