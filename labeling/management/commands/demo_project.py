"""A team with two projects to try things out in. Demo settings only; safe to run again."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from labeling import demo
from labeling.demo.drawings import draw_all
from labeling.importers.runner import run
from labeling.models import Item, Project
from labeling.operations.glossary import propose_term
from labeling.operations.guidelines import add_example
from labeling.operations.imports import begin_import
from labeling.operations.projects import create_project
from labeling.schema_templates import template
from people.models import Team, User
from people.operations.memberships import add_membership
from people.permissions import Role
from wellbeing import interface

TEAM = "Riverside"
SLUG = "chat-logs-may"
ITEMS = Path(demo.__file__).with_name("items.jsonl")
BOARD_SLUG = "notice-board-june"
BOARD_ITEMS = ITEMS.with_name("board.jsonl")
GUIDELINE = Path(demo.__file__).with_name("guideline.md")
WORDS = ("river", "lamp", "kettle", "meadow", "window", "biscuit", "harbour", "pencil", "garden", "umbrella")


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in to the demo. Without `in_team` the role is for the whole organisation."""

    username: str
    display_name: str
    role: Role
    in_team: bool = True


ACCOUNTS = (
    Account("amara", "Amara", Role.LABELER),
    Account("bo", "Bo", Role.LABELER),
    Account("chen", "Chen", Role.LABELER),
    Account("dilnoza", "Dilnoza", Role.LABELER),
    Account("lead", "Team lead", Role.LEAD),
    Account("engineer", "Engineer", Role.ENGINEER),
    Account("officer", "Wellbeing officer", Role.OFFICER, in_team=False),
    Account("representative", "Representative", Role.REPRESENTATIVE, in_team=False),
    Account("counsellor", "Counsellor", Role.COUNSELLOR, in_team=False),
    Account("admin", "Admin", Role.ADMIN, in_team=False),
)
NEWCOMER = "dilnoza"  # in their first week; the others have done this work before


class Command(BaseCommand):
    help = (
        "Set out the demo: accounts, a team, and two projects with mild invented items: 'Chat logs, May' (sixty"
        " texts) and 'Notice board, June' (pictures, completions side by side, conversations with tools)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """1. People and team. 2. The projects. 3. Their items. 4. The accounts, for whoever started the demo."""
        if not settings.DEMO:
            raise CommandError("demo accounts exist in demo settings only (RESPITE_DEMO)")
        accounts_file: Path = settings.STATE_DIR / "demo-accounts.txt"
        with transaction.atomic():
            team, _ = Team.objects.get_or_create(name=TEAM)
            people = {account.username: self._person(account, team) for account in ACCOUNTS}
            chat = self._project(
                team,
                people["engineer"],
                slug=SLUG,
                name="Chat logs, May",
                description="Sixty short texts from a game chat, a town forum and an assistant.",
            )
            if not chat.terms.exists():
                self._words(chat, people["lead"])
            board = self._project(
                team,
                people["engineer"],
                slug=BOARD_SLUG,
                name="Notice board, June",
                description="A few drawn pictures, pairs of completions and conversations from a ferry desk.",
            )
        for person in people.values():
            if interface.consent_of(person).version is None:  # whoever took it back keeps to that
                interface.give_consent(person=person, version=interface.CONSENT_VERSION, language="en")
        self._items(chat, ITEMS, people["engineer"])
        with TemporaryDirectory() as folder:
            draw_all(Path(folder))
            self._items(board, BOARD_ITEMS, people["engineer"], pictures=Path(folder))
        if not accounts_file.exists():
            text = accounts_text(self._new_password(list(people.values())))
            accounts_file.parent.mkdir(parents=True, exist_ok=True)
            accounts_file.touch(mode=0o600)
            accounts_file.write_text(text, encoding="utf-8")
        self.stdout.write(accounts_file.read_text(encoding="utf-8"))

    def _project(self, team: Team, by: User, *, slug: str, name: str, description: str) -> Project:
        return Project.objects.filter(slug=slug).first() or create_project(
            team=team,
            name=name,
            slug=slug,
            by=by,
            description=description,
            schema=template("openai_moderation").document,
            guideline=GUIDELINE.read_text(encoding="utf-8"),
        )

    def _items(self, project: Project, path: Path, by: User, *, pictures: Path | None = None) -> None:
        if Item.objects.filter(project=project).exists():
            return
        row = begin_import(project=project, by=by, file_name=path.name, format_name="jsonl")
        summary = run(import_id=row.pk, path=path, pictures=pictures)
        self.stdout.write(f"{summary.created} items imported, {summary.failed} refused")

    def _person(self, account: Account, team: Team) -> User:
        user = User.objects.filter(username=account.username).first()
        if user is None:
            user = User.objects.create_user(account.username, display_name=account.display_name)
            if account.username != NEWCOMER:
                interface.recognise_experience(person_id=user.pk, step=4, by=None)
        where = team if account.in_team else None
        if not user.memberships.filter(role=account.role, team=where).exists():
            add_membership(user=user, role=account.role, team=where, by=None)
        return user

    def _words(self, project: Project, lead: User) -> None:
        """What stands beside the guideline: two examples and two terms, one of them hidden. Mild and invented."""
        add_example(
            project=project,
            text="You play like a sack of turnips. Go home, turnip.",
            kind="yes",
            expected={"HR": 1},
            severity=1,
            note="It is aimed at one person, and nobody plays along.",
            language="en",
            by=lead,
        )
        add_example(
            project=project,
            text="We lost again! We are all turnips, and proud of it.",
            kind="no",
            expected={},
            severity=1,
            note="They speak of themselves, and everybody laughs.",
            language="en",
            by=lead,
        )
        propose_term(
            project=project,
            term="smurf",
            meaning="A good player who pretends to be a beginner. Not an insult by itself.",
            language="en",
            accepted=True,
            by=lead,
        )
        propose_term(
            project=project,
            term="word 1",
            word="turnip",
            meaning="In this game: somebody who plays badly. Unkind when it is said to a person.",
            language="en",
            severity=1,
            accepted=True,
            by=lead,
        )

    def _new_password(self, users: list[User]) -> str:
        """One password for all of them, made here and known nowhere else."""
        password = "-".join([*(secrets.choice(WORDS) for _ in range(3)), f"{secrets.randbelow(9000) + 1000}"])
        for user in users:
            user.set_password(password)
            user.save(update_fields=["password"])
        return password


def accounts_text(password: str) -> str:
    """What is printed when the demo starts: one password, and who has which role."""
    rows = [f"  {account.username:<14} {account.role.label}" for account in ACCOUNTS]
    return "\n".join([f"Demo accounts, all with the password {password}", *rows, ""])
