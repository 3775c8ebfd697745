"""What a closed card says of showing its item, in the words of its kind: a picture has no words to hide."""

from dataclasses import dataclass

from django.utils.translation import gettext

from labeling.queries.workbench import LeaseCard
from wellbeing.interface import Display, FirstPicture, FirstText


@dataclass(frozen=True)
class FirstLook:
    """How the item may be shown first: `label` as the person has chosen, `whole` all of it, `milder` less than that.

    Where there is no such choice the label is empty. `kept_back` says what stays hidden at first.
    """

    label: str
    whole: str
    milder: str
    kept_back: str


def first_look(lease: LeaseCard) -> FirstLook:
    """What is held to the organisation's floor already."""
    first = lease.own_display.first
    is_bare = lease.is_image and lease.parts == 1
    begins_full = first.picture is FirstPicture.FULL if is_bare else first.text is FirstText.FULL
    may_begin_full = lease.own_display.may_begin_full and not begins_full
    return FirstLook(
        label=_picture_label(first) if is_bare else _text_label(first),
        whole=gettext("Show all") if may_begin_full else "",
        milder=_least(is_bare) if begins_full else "",
        kept_back=_kept_back(first, lease, is_bare),
    )


def _least(is_bare: bool) -> str:
    return gettext("Show, small and grey") if is_bare else gettext("Show, words hidden")


def _picture_label(first: Display) -> str:
    if first.picture is FirstPicture.LOW:
        return _least(is_bare=True)
    return gettext("Show all, grey") if first.keeps_grey else gettext("Show all")


def _text_label(first: Display) -> str:
    return {
        FirstText.MASKED: _least(is_bare=False),
        FirstText.PARTS: gettext("Show the first part"),
        FirstText.FULL: gettext("Show all"),
    }[first.text]


def _kept_back(first: Display, lease: LeaseCard, is_bare: bool) -> str:
    if lease.is_image and not is_bare and first.text is not FirstText.FULL:
        if first.text is FirstText.MASKED:
            return gettext("What is written comes first, its worst words hidden. Then comes the picture.")
        return gettext("What is written comes first. Then comes the picture.")
    if lease.is_image:
        if first.picture is FirstPicture.LOW:
            return gettext("The picture comes small and grey until you ask for more.")
        return gettext("The picture comes grey until you ask for its colours.") if first.keeps_grey else ""
    if first.text is FirstText.MASKED:
        return gettext("The worst words stay hidden until you ask for them.")
    return ""
