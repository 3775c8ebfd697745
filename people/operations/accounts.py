"""Closing and opening accounts."""

from django.db import transaction

from people.errors import NotAllowed, NotToOneself
from people.models import User
from people.operations.audit import record_event
from people.operations.memberships import refuse_unless_may_give


@transaction.atomic
def set_active(*, user: User, active: bool, by: User | None) -> None:
    """Close an account, or open it again. Sessions and tokens of a closed one are dead with the next request.

    Raises NotToOneself or NotAllowed: it takes somebody else who manages people in the whole organisation.
    NotAllowed also for an account that was erased.
    """
    if by is not None and by.pk == user.pk:
        raise NotToOneself("Nobody closes their own account here. Ask another admin.")
    refuse_unless_may_give(by=by, team=None)
    if user.erased_at is not None:
        raise NotAllowed("This account was erased. Invite the person anew.")
    if User.objects.filter(pk=user.pk).exclude(is_active=active).update(is_active=active):
        record_event(
            action="people.account_opened" if active else "people.account_closed",
            subject=f"user {user.pk}",
            by=by,
        )
    user.is_active = active
