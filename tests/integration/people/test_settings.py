"""What a person sets for themself: checked, and nobody is told."""

import pytest

from people.errors import SettingNotPossible
from people.models import AuditEvent, User
from people.operations.settings import set_languages, set_reading_pace, set_time_zone

pytestmark = pytest.mark.django_db


def test_each_setting_is_kept_and_leaves_no_event(labeler: User) -> None:
    set_reading_pace(person=labeler, words_per_minute=40)
    set_time_zone(person=labeler, time_zone="Asia/Manila")
    set_languages(person=labeler, languages=["tl", "en", "tl"])

    kept = User.objects.get(pk=labeler.pk)
    assert (kept.pace_words_per_minute, kept.time_zone, kept.languages) == (40, "Asia/Manila", ["tl", "en"])
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("pace", [39, 201, 0, -1])
def test_a_pace_is_one_at_which_people_read(labeler: User, pace: int) -> None:
    with pytest.raises(SettingNotPossible):
        set_reading_pace(person=labeler, words_per_minute=pace)


@pytest.mark.parametrize("zone", ["", "Mars/North", "../etc/passwd", "utc"])
def test_a_time_zone_is_one_that_is_known(labeler: User, zone: str) -> None:
    with pytest.raises(SettingNotPossible):
        set_time_zone(person=labeler, time_zone=zone)


@pytest.mark.parametrize(
    "languages",
    [[], ["English"], ["EN"], ["en_GB"], ["lao"], ["xx"], [""], [f"a{chr(97 + i)}" for i in range(21)]],
)
def test_languages_are_named_by_their_codes(labeler: User, languages: list[str]) -> None:
    with pytest.raises(SettingNotPossible):
        set_languages(person=labeler, languages=languages)
    assert User.objects.get(pk=labeler.pk).languages == ["en"]
