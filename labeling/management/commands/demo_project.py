"""A team with a few projects to try things out in. Demo settings only; safe to run again."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from labeling.demo.drawings import draw_all
from labeling.demo.projects import BOARD, CHAT, PROJECTS, DemoProject
from labeling.domain.schema import parse
from labeling.importers.runner import run
from labeling.management.earlier_answers import set_out_answers
from labeling.models import Item, Project
from labeling.operations.glossary import propose_term
from labeling.operations.guidelines import add_example, publish_translation
from labeling.operations.imports import begin_import
from labeling.operations.projects import create_project
from labeling.operations.schema_words import translate_schema
from labeling.queries.projects import current_guideline, current_schema
from labeling.queries.schema_words import translations_of
from labeling.schema_templates import shipped_texts
from people.models import Team, User
from people.operations.memberships import add_membership
from people.permissions import Role
from wellbeing import interface

TEAM = "Riverside"
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

LEFT = {"emil": "Emil", "farah": "Farah", "goran": "Goran"}
"""Labelers of the past: they gave the answers that the demo begins with, and can sign in no more."""


class Command(BaseCommand):
    help = (
        "Set out the demo: accounts, a team, and projects with mild invented items, one for each kind of item and of"
        " question (labeling/demo/README.md)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """1. People and team. 2. The projects. 3. Their items. 4. The accounts, for whoever started the demo."""
        if not settings.DEMO:
            raise CommandError("demo accounts exist in demo settings only (RESPITE_DEMO)")
        accounts_file: Path = settings.STATE_DIR / "demo-accounts.txt"
        with transaction.atomic():
            team, _ = Team.objects.get_or_create(name=TEAM)
            people = {account.username: self._person(account, team) for account in ACCOUNTS}
            projects = [(demo, self._project(demo, team, people["engineer"])) for demo in PROJECTS]
            chat = next(project for demo, project in projects if demo is CHAT)
            if not chat.terms.exists():
                self._words(chat, people["lead"])
        for person in people.values():
            if interface.consent_of(person).version is None:  # whoever took it back keeps to that
                interface.give_consent(person=person, version=interface.CONSENT_VERSION, language="en")
        for demo, project in projects:
            self._items(demo, project, people["engineer"])
            if demo.answers.exists():
                set_out_answers(project=project, path=demo.answers, people=self._left())
        if not accounts_file.exists():
            text = accounts_text(self._new_password(list(people.values())))
            accounts_file.parent.mkdir(parents=True, exist_ok=True)
            accounts_file.touch(mode=0o600)
            accounts_file.write_text(text, encoding="utf-8")
        self.stdout.write(accounts_file.read_text(encoding="utf-8"))

    def _project(self, demo: DemoProject, team: Team, by: User) -> Project:
        project = Project.objects.filter(slug=demo.slug).first() or create_project(
            team=team,
            name=demo.name,
            slug=demo.slug,
            by=by,
            description=demo.description,
            purpose=demo.purpose,
            schema=demo.schema,
            guideline=demo.guideline,
        )
        self._translations(demo, project, by)
        return project

    def _translations(self, demo: DemoProject, project: Project, by: User) -> None:
        """What the demo says, in other languages, as far as it still says it and nobody has translated it otherwise."""
        schema, guideline = current_schema(project), current_guideline(project)
        if schema is not None and schema.document == demo.schema:
            # A template's words that the demo says too have come with it, and are not the whole.
            shipped = shipped_texts(parse(demo.schema))
            there = {
                row.language for row in translations_of(schema) if row.texts != shipped.get(row.language)
            }
            for document in demo.schema_translations:
                if document["language"] not in there:
                    translate_schema(project=project, document=document, by=by)
        if guideline is not None and guideline.body == demo.guideline.strip():
            there = set(guideline.translations.values_list("language", flat=True))
            for language, body in demo.guideline_translations.items():
                if language not in there:
                    publish_translation(guideline=guideline, language=language, body=body, by=by)

    def _items(self, demo: DemoProject, project: Project, by: User) -> None:
        if Item.objects.filter(project=project).exists():
            return
        row = begin_import(project=project, by=by, file_name=demo.items.name, format_name="jsonl")
        with TemporaryDirectory() as folder:
            if demo is BOARD:
                draw_all(Path(folder))
            pictures = Path(folder) if demo is BOARD else None
            summary = run(import_id=row.pk, path=demo.items, pictures=pictures)
        self.stdout.write(f"{project.name}: {summary.created} items imported, {summary.failed} refused")

    def _left(self) -> list[User]:
        return [
            User.objects.filter(username=username).first()
            or User.objects.create_user(username, display_name=name, is_active=False)
            for username, name in LEFT.items()
        ]

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
