from typing import Any, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext, gettext_lazy

from people.clock import ServerTime


def english() -> list[str]:
    return ["en"]


def known_time_zone(value: str) -> None:
    """Raises ValidationError unless `value` is an IANA name that this machine knows, such as "Africa/Nairobi"."""
    if value not in available_timezones():
        raise ValidationError(gettext("Choose a time zone from the list."), code="time_zone_unknown")


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, username: str, email: str = "", password: str | None = None, **fields: Any
    ) -> "User":
        """A person without any role. With no password, they cannot sign in until one is set."""
        user = self.model(
            username=self.model.normalize_username(username),
            email=self.normalize_email(email),
            **fields,
        )
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. What they may do comes from memberships alone; there is no superuser."""

    username = models.CharField(
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": gettext_lazy("Somebody has this name already.")},
    )
    email = models.EmailField(blank=True)
    display_name = models.CharField(max_length=150, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[known_time_zone])
    languages = ArrayField(models.TextField(), default=english)
    # What the pages speak to them; empty: what their browser asks for.
    page_language = models.CharField(max_length=8, blank=True, default="", db_default="")
    # How fast this person likes to read; private, and only ever lengthens or shortens their own window.
    pace_words_per_minute = models.PositiveSmallIntegerField(default=120)
    # Their own keys as pairs, "save=F skip=X" (people.keys); on the row, so that no page asks for them.
    own_keys = models.CharField(max_length=600, blank=True, default="", db_default="")
    # Off: no single key does anything, for people who dictate or whose hands are not steady.
    single_keys = models.BooleanField(default=True, db_default=True)
    # Off: where one key would answer and save, it only chooses.
    one_key_answers = models.BooleanField(default=True, db_default=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(db_default=ServerTime(), editable=False)
    # Since when there is no name behind this number any more (people.operations.erasure).
    erased_at = models.DateTimeField(null=True, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="people_user_email_unique", condition=~models.Q(email="")
            ),
            models.UniqueConstraint(Lower("username"), name="people_user_username_unique_any_case"),
            models.CheckConstraint(
                condition=models.Q(pace_words_per_minute__range=(40, 400)),
                name="people_user_pace_is_human",
            ),
            models.CheckConstraint(
                condition=models.Q(own_keys__regex=r"^([a-z0-9_]{1,16}=\S( |$))*$"),
                name="people_user_own_keys_are_pairs",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at=None)
                | models.Q(
                    is_active=False,
                    is_staff=False,
                    email="",
                    display_name="",
                    username__startswith="erased-",
                ),
                name="people_user_erased_is_closed",
            ),
        ]

    @property
    def zone(self) -> ZoneInfo:
        """Their clock: UTC where this machine does not know the name.

        It was known when it was chosen. Another image or server may lack it: systems leave older names out.
        """
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    def get_full_name(self) -> str:
        if self.erased_at is not None:
            return gettext("Somebody who left")
        return self.display_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()
