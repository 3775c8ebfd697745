"""Add words that masking hides. They are read from standard input, so that they stay out of the shell's history."""

import secrets
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from labeling.domain.lexicon import BUNDLED, Lexicon, parse


class Command(BaseCommand):
    help = "Add words, one per line on standard input, to a lexicon. Only their salted hashes are stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("category", help="the kind of harm, such as violence or insult")
        parser.add_argument("--lexicon", default="en", help="name of the lexicon; a new one is begun")

    def handle(self, *args: Any, **options: Any) -> None:
        category, name = options["category"], options["lexicon"]
        if not category.isidentifier() or not name.replace("-", "_").isidentifier():
            raise CommandError("category and lexicon are plain names: letters, digits and _")
        path = BUNDLED / f"{name}.txt"
        if path.exists():
            lexicon = parse(path.read_text(encoding="utf-8"))
        else:
            lexicon = Lexicon(salt=secrets.token_hex(16), categories={})
        words = [line.strip() for line in sys.stdin.read().splitlines() if line.strip()]
        grown = lexicon.with_words(category, words)
        path.write_text(grown.dump(), encoding="utf-8")
        self.stdout.write(f"{path.name}: {len(lexicon)} words before, {len(grown)} now")
