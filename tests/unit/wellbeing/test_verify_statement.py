"""The verifier that goes out of the house: its signature against RFC 8032 and `cryptography`, its sums, its words."""

import base64
import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.wellbeing.statements import a_record
from wellbeing.domain import verify_statement as verifier
from wellbeing.domain.signing import is_public_key, public_key, signed
from wellbeing.domain.statement import statement

SECRET = "a statement key for tests"
# RFC 8032, section 7.1: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
            "387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
            "4a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]


@pytest.fixture
def parts() -> dict:
    return signed(statement(a_record(), person="Łucja", organisation="Harbour"), SECRET)


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_the_vectors_of_the_rfc(key: str, message: str, signature: str) -> None:
    whole = [bytes.fromhex(part) for part in (key, message, signature)]
    assert verifier.is_signed(*whole)
    for place in range(3):
        broken = list(whole)
        broken[place] = bytes([broken[place][0] ^ 1, *broken[place][1:]]) if broken[place] else b"\0"
        assert not verifier.is_signed(*broken)


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=300))
def test_it_agrees_with_the_library_that_signs(seed: bytes, message: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert verifier.is_signed(public, message, signature)
    assert not verifier.is_signed(public, message + b"\0", signature)
    # The same scalar plus the group's order would be a second signature of the same thing.
    scalar = int.from_bytes(signature[32:], "little") + verifier.ORDER
    assert not verifier.is_signed(public, message, signature[:32] + scalar.to_bytes(32, "little"))


@pytest.mark.parametrize(
    ("key", "signature"),
    [
        (b"", bytes(64)),
        (bytes(32), b""),
        (b"\xff" * 32, bytes(64)),
        ((2).to_bytes(32, "little"), bytes(64)),
        (b"\x01" + bytes(30) + b"\x80", bytes(64)),
    ],
)
def test_what_is_no_key_or_no_signature_signs_nothing(key: bytes, signature: bytes) -> None:
    assert not verifier.is_signed(key, b"", signature)


def test_a_statement_is_valid_and_any_change_shows(parts: dict) -> None:
    assert verifier.faults(parts, public_key(SECRET)) == []
    document = parts["statement"]
    for change in ({"person": "Somebody else"}, {"so_far": False}, {"more": 1}):
        assert verifier.faults({**parts, "statement": {**document, **change}})
    del document["time_zone"]
    assert "Something was changed" in verifier.faults(parts)[0]


def test_another_key_is_told_from_the_published_one(parts: dict) -> None:
    forged = signed(parts["statement"], "a key of somebody else")
    assert verifier.faults(forged) == []
    assert verifier.faults(forged, parts["public_key"]) == [
        "It was signed with a key that is not the published one."
    ]
    assert verifier.faults({**parts, "public_key": "not base64!"}) == [
        "The key or the signature cannot be read."
    ]
    inner = {**parts["statement"], "public_key": forged["public_key"]}
    assert len(verifier.faults({**parts, "statement": inner})) == 2


def test_sums_that_do_not_add_up_are_found_even_under_a_signature() -> None:
    document = statement(a_record(), person="", organisation="")
    for path in (
        ("totals", "milli_points"),
        ("totals", "breaks"),
        ("totals", "by_severity", "severe", "views"),
        ("days", 0, "open_ms"),
        ("days", 1, "by_severity", "mild", "milli_points"),
    ):
        wrong = json.loads(json.dumps(document))
        place = wrong
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] += 1
        assert verifier.faults(signed(wrong, SECRET)), path
    assert "missing" in verifier.sums({**document, "totals": {}})[0]
    assert "missing" in verifier.sums({**document, "days": None})[0]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not a statement"),
        ("[]", "not a statement"),
        ('{"statement": {}}', "not a statement"),
        ('{"statement": 1, "statement": 2}', "twice"),
        ('{"statement": 1.5}', "not a whole number"),
        ('{"statement": NaN}', "not a whole number"),
        ('{"statement": {"format": "x", "kind": "month"}, "public_key": "", "signature": ""}', "reads"),
    ],
)
def test_what_is_no_statement_is_said_to_be_none(text: str, why: str) -> None:
    with pytest.raises(verifier.NotAStatement, match=why):
        verifier.opened(text)


def run(*arguments: str) -> tuple[int, str]:
    """As it comes from the download: a file of its own, with nothing of ours to import."""
    command = [sys.executable, "-I", str(Path(verifier.__file__)), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_the_program_says_it_in_plain_words(parts: dict, tmp_path: Path) -> None:
    file = tmp_path / "statement.json"
    file.write_text(json.dumps(parts, indent=7, ensure_ascii=True), encoding="utf-8")

    code, said = run(str(file))
    assert code == 0
    assert said.startswith("VALID")
    assert verifier.digest(parts["statement"]) in said
    assert "Compare the key" in said
    assert run(str(file), parts["public_key"])[0] == 0

    parts["statement"]["totals"]["milli_points"] -= 1
    file.write_text(json.dumps(parts), encoding="utf-8")
    code, said = run(str(file))
    assert code == 1
    assert "CHANGED" in said
    assert "milli_points is not the sum" in said

    assert run()[0] == run("--help")[0] == 2
    assert "python3 verify_statement.py" in run()[1]
    assert run(str(tmp_path / "none.json"))[1].startswith("CANNOT BE READ")


def test_the_same_within_this_process(
    parts: dict, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "statement.json"
    file.write_text(json.dumps(parts), encoding="utf-8")

    assert verifier.main([str(file)]) == verifier.main([str(file), parts["public_key"]]) == 0
    assert verifier.main([str(file), "another key"]) == 1
    assert verifier.main([]) == verifier.main([str(tmp_path / "none.json")]) == 2
    assert "CANNOT BE READ" in capsys.readouterr().out
    assert verifier.faults({**parts, "signature": "no base64"}) == [
        "The key or the signature cannot be read."
    ]
    monkeypatch.setattr(sys, "argv", ["verify_statement.py", str(file)])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(verifier.__file__, run_name="__main__")
    assert ended.value.code == 0


def test_it_needs_nothing_but_the_standard_library() -> None:
    lines = Path(verifier.__file__).read_text(encoding="utf-8").splitlines()
    modules = {line.split()[1] for line in lines if line.startswith(("import ", "from "))}
    assert modules <= {"__future__", *sys.stdlib_module_names}


def test_what_a_public_key_looks_like() -> None:
    assert is_public_key(public_key(SECRET))
    assert not is_public_key(base64.b64encode(b"short").decode())
    assert not is_public_key("not base64!")
