"""What every file of a release is written from."""

import hmac
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from labeling.domain.schema import Schema
from labeling.models import Release


@dataclass(frozen=True)
class ReleaseContext:
    """A frozen release, and the schema and guideline that were in force when it was published."""

    release: Release
    schema: Schema
    schema_document: dict[str, Any]
    guideline: str
    key: bytes = field(repr=False)

    def pseudonym(self, person_id: int) -> str:
        """The name of a person in this release alone: without its key, two releases cannot be joined by it."""
        return "p-" + hmac.new(self.key, f"person:{person_id}".encode(), sha256).hexdigest()[:16]

    def order_of(self, annotation_id: int) -> bytes:
        """Where an annotation stands in the shuffled file: its own order would tell who worked when."""
        return hmac.new(self.key, f"order:{annotation_id}".encode(), sha256).digest()
