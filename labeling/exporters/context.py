"""What every file of a release is written from."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from labeling.domain.schema import Schema
from labeling.models import Release

as_line = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
"""One value as one line of JSON."""


@dataclass(frozen=True)
class ReleaseContext:
    """A frozen release, and the schema and guideline that were in force when it was published."""

    release: Release
    schema: Schema
    schema_document: dict[str, Any]
    guideline: str
    key: bytes = field(repr=False)
    schemas: Mapping[int, Schema] = field(default_factory=dict)
    """Every version that an answer may have been given under."""
    _names: dict[int, str] = field(default_factory=dict, repr=False)

    def schema_at(self, version: int) -> Schema:
        """The schema of that version."""
        return self.schemas.get(version, self.schema)

    def pseudonym(self, person_id: int) -> str:
        """The name of a person in this release alone: without its key, two releases cannot be joined by it."""
        if person_id not in self._names:
            digest = hmac.digest(self.key, f"person:{person_id}".encode(), "sha256")
            self._names[person_id] = f"p-{digest.hex()[:16]}"
        return self._names[person_id]

    def order_of(self, annotation_id: int) -> bytes:
        """Where an annotation stands in the shuffled file: its own order would tell who worked when."""
        return hmac.digest(self.key, f"order:{annotation_id}".encode(), "sha256")
