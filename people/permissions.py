"""What a person may do, and which roles bring it. A role is nothing but a list of permissions."""

from dataclasses import dataclass
from enum import StrEnum

from people.sentences import sentence


class Permission(StrEnum):
    """One thing somebody may do. The values are stored in API tokens as their scopes: never rename one."""

    LABEL = "label"
    METER = "meter"
    SEE_PROJECTS = "see_projects"
    MANAGE_PROJECTS = "manage_projects"
    IMPORT_ITEMS = "import_items"
    PUBLISH_RELEASES = "publish_releases"
    READ_RELEASES = "read_releases"
    SEE_TEAM_EXPOSURE = "see_team_exposure"
    SEE_GROUP_FIGURES = "see_group_figures"
    TIGHTEN_LIMITS = "tighten_limits"
    ADJUDICATE = "adjudicate"
    ANSWER_QUESTIONS = "answer_questions"
    OWN_POLICY = "own_policy"
    COSIGN_POLICY = "cosign_policy"
    ANSWER_SUPPORT = "answer_support"
    ANSWER_RISK = "answer_risk"
    READ_AUDIT = "read_audit"
    READ_COUNCIL_REPORT = "read_council_report"
    MANAGE_PEOPLE = "manage_people"
    ISSUE_TOKENS = "issue_tokens"

    @property
    def in_words(self) -> str:
        return PERMISSION_WORDS[self]


PERMISSION_WORDS: dict[Permission, str] = {
    Permission.LABEL: "Label tasks",
    Permission.METER: "Meter what another tool shows to people",
    Permission.SEE_PROJECTS: "See projects and their progress",
    Permission.MANAGE_PROJECTS: "Set up projects",
    Permission.IMPORT_ITEMS: "Import items",
    Permission.PUBLISH_RELEASES: "Publish releases",
    Permission.READ_RELEASES: "Download releases",
    Permission.SEE_TEAM_EXPOSURE: "See the team's exposure",
    Permission.SEE_GROUP_FIGURES: "See figures of groups of five or more",
    Permission.TIGHTEN_LIMITS: "Make limits stricter",
    Permission.ADJUDICATE: "Settle disputed tasks",
    Permission.ANSWER_QUESTIONS: "Answer questions about tasks",
    Permission.OWN_POLICY: "Own the exposure policy",
    Permission.COSIGN_POLICY: "Co-sign looser limits",
    Permission.ANSWER_SUPPORT: "Answer support requests",
    Permission.ANSWER_RISK: "Answer reports that somebody may be in danger",
    Permission.READ_AUDIT: "Read the audit log",
    Permission.READ_COUNCIL_REPORT: "Read the report for the works council",
    Permission.MANAGE_PEOPLE: "Invite people and give roles",
    Permission.ISSUE_TOKENS: "Make access tokens",
}

# What a program may be trusted with. People, policy, support and audit stay with a person at a page.
TOKEN_SCOPES: tuple[Permission, ...] = (
    Permission.LABEL,
    Permission.METER,
    Permission.SEE_PROJECTS,
    Permission.MANAGE_PROJECTS,
    Permission.IMPORT_ITEMS,
    Permission.PUBLISH_RELEASES,
    Permission.READ_RELEASES,
    Permission.ADJUDICATE,
)

# A token that holds nothing else may never send an unsafe method.
READ_ONLY: frozenset[Permission] = frozenset(
    {
        Permission.SEE_PROJECTS,
        Permission.READ_RELEASES,
        Permission.SEE_TEAM_EXPOSURE,
        Permission.SEE_GROUP_FIGURES,
        Permission.READ_AUDIT,
        Permission.READ_COUNCIL_REPORT,
    }
)


class Role(StrEnum):
    """A role somebody holds, in one team or in the whole organisation."""

    LABELER = "labeler"
    LEAD = "lead"
    ADJUDICATOR = "adjudicator"
    ENGINEER = "engineer"
    OFFICER = "officer"
    COUNSELLOR = "counsellor"
    REPRESENTATIVE = "representative"
    AUDITOR = "auditor"
    INTEGRATION = "integration"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        return ROLES[self].name


@dataclass(frozen=True)
class RoleDescription:
    """What a role is called, what it is for, and what it may do."""

    name: str
    description: str
    permissions: frozenset[Permission]


def _role(name: str, description: str, *permissions: Permission) -> RoleDescription:
    return RoleDescription(name, description, frozenset(permissions))


ROLES: dict[Role, RoleDescription] = {
    Role.LABELER: _role(sentence("Labeler"), sentence("Labels tasks at their own pace."), Permission.LABEL),
    Role.LEAD: _role(
        sentence("Team lead"),
        sentence("Plans the team's work within its exposure budget and settles disputes."),
        Permission.SEE_PROJECTS,
        Permission.MANAGE_PROJECTS,
        Permission.IMPORT_ITEMS,
        Permission.SEE_TEAM_EXPOSURE,
        Permission.SEE_GROUP_FIGURES,
        Permission.TIGHTEN_LIMITS,
        Permission.ADJUDICATE,
        Permission.ANSWER_QUESTIONS,
    ),
    Role.ADJUDICATOR: _role(
        sentence("Adjudicator"),
        sentence("Settles disputed tasks."),
        Permission.SEE_PROJECTS,
        Permission.ADJUDICATE,
    ),
    Role.ENGINEER: _role(
        sentence("Engineer"),
        sentence("Sets up projects, imports items and publishes releases."),
        Permission.SEE_PROJECTS,
        Permission.MANAGE_PROJECTS,
        Permission.IMPORT_ITEMS,
        Permission.PUBLISH_RELEASES,
        Permission.READ_RELEASES,
        Permission.ISSUE_TOKENS,
    ),
    Role.OFFICER: _role(
        sentence("Wellbeing officer"),
        sentence("Owns the exposure policy and holds the organisation to it."),
        Permission.SEE_TEAM_EXPOSURE,
        Permission.SEE_GROUP_FIGURES,
        Permission.TIGHTEN_LIMITS,
        Permission.OWN_POLICY,
        Permission.READ_COUNCIL_REPORT,
        Permission.ANSWER_RISK,
    ),
    Role.COUNSELLOR: _role(
        sentence("Counsellor"),
        sentence("Answers confidential support requests, and nothing else."),
        Permission.ANSWER_SUPPORT,
    ),
    Role.REPRESENTATIVE: _role(
        sentence("Representative"),
        sentence("Speaks for the people who label: reads the audit log, co-signs looser limits."),
        Permission.READ_AUDIT,
        Permission.READ_COUNCIL_REPORT,
        Permission.SEE_GROUP_FIGURES,
        Permission.COSIGN_POLICY,
    ),
    Role.AUDITOR: _role(
        sentence("Auditor"),
        sentence("Reads the audit log, and figures of groups."),
        Permission.READ_AUDIT,
        Permission.READ_COUNCIL_REPORT,
        Permission.SEE_GROUP_FIGURES,
    ),
    Role.INTEGRATION: _role(
        sentence("Integration"),
        sentence("The account of another review tool: it meters there what people of its team are shown."),
        Permission.METER,
        Permission.ISSUE_TOKENS,
    ),
    Role.ADMIN: _role(
        sentence("Admin"),
        sentence("Invites people, gives roles, looks after projects."),
        Permission.SEE_PROJECTS,
        Permission.MANAGE_PROJECTS,
        Permission.IMPORT_ITEMS,
        Permission.PUBLISH_RELEASES,
        Permission.READ_RELEASES,
        Permission.READ_AUDIT,
        Permission.MANAGE_PEOPLE,
        Permission.ISSUE_TOKENS,
    ),
}


def roles_with(permission: Permission) -> list[str]:
    """The stored names of the roles that bring it."""
    return [role.value for role, described in ROLES.items() if permission in described.permissions]


def permissions_of_role(role: str) -> frozenset[Permission]:
    """What a stored role brings. A role that this version does not know brings nothing."""
    try:
        return ROLES[Role(role)].permissions
    except ValueError:
        return frozenset()
