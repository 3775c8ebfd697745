from people.models.api_token import ApiToken
from people.models.audit_event import AuditEvent
from people.models.invitation import Invitation
from people.models.membership import Membership
from people.models.team import Team
from people.models.user import User

__all__ = ["ApiToken", "AuditEvent", "Invitation", "Membership", "Team", "User"]
