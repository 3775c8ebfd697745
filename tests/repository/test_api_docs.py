"""docs/api.md names every refusal with its status, and every address."""

import re
from pathlib import Path

from django.urls import get_resolver

from labeling.api.problems import STATUS
from tests.repository.test_routes import named_routes
from wellbeing.interface import RefusalCode

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
# Of the API's operations none raises these; the base class has a code, and schemas are published on a page.
ELSEWHERE = {"schema_invalid"}


def test_each_refusal_is_documented_with_its_status() -> None:
    documented = {
        code: int(row[1])
        for row in re.finditer(r"^\| (\d{3}) \| ([^|]+) \|", DOCUMENT, re.MULTILINE)
        for code in re.findall(r"`(\w+)`", row[2])
    }

    assert {
        code: int(status) for code, status in STATUS.items() if code not in ELSEWHERE
    }.items() <= documented.items()


def test_each_refusal_of_the_gate_is_documented() -> None:
    section = DOCUMENT.split("## The gate for another review tool")[1].split("\n## ")[0]

    # That somebody has not agreed to the work is not told to a tool.
    assert [code for code in RefusalCode if f"`{code}`" not in section] == [RefusalCode.CONSENT_NEEDED]
    assert "`token_needed`" in section


def test_each_address_is_documented() -> None:
    written = re.sub(r"\{\w+\}", "{}", DOCUMENT)
    addresses = [
        re.sub(r"<\w+:\w+>", "{}", str(pattern.pattern)).removeprefix("v1/")
        for name, pattern in named_routes(get_resolver())
        if name.startswith("api:")
    ] + [
        f"wellbeing/{pattern.pattern}"
        for name, pattern in named_routes(get_resolver())
        if name.startswith("gate:")
    ]

    assert [address for address in addresses if address not in written] == []
