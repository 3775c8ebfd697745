"""What the operations of this app refuse, each with a stable code and a sentence for a person."""


class PeopleError(Exception):
    """Base of all refusals here; `code` is stable, the text may be shown."""

    code = "refused"

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotAllowed(PeopleError):
    """The person may not do this to that person, role or token."""

    code = "not_allowed"


class NotToOneself(PeopleError):
    """Nobody gives a role to themself."""

    code = "not_to_oneself"


class AlreadyHere(PeopleError):
    """The person has an account, or the role, already."""

    code = "already_here"


class InvitationNotValid(PeopleError):
    """The invitation was used, has expired, or was meant for another address."""

    code = "invitation_not_valid"


class TokenNotPossible(PeopleError):
    """The token asked for would be empty, too long-lived, or stronger than its person."""

    code = "token_not_possible"


class SettingNotPossible(PeopleError):
    """A setting of one's own that cannot be."""

    code = "setting_not_possible"
