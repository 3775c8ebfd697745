"""Check a statement of exposure, without any network: has one digit of it been changed, and do its sums add up?

    python3 verify_statement.py statement.json [PUBLIC_KEY]

PUBLIC_KEY is what the organisation publishes on its page /statement-key/. Without it this program tells only that the
statement is whole, and by which key it was signed: compare that key with the published one yourself.
Needs Python 3.9 or later and nothing else. Ends with 0 (valid), 1 (changed) or 2 (not a statement, or not asked well).
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from typing import Any

FORMAT = "respite-statement-1"
LINES = {"month": "days", "lifetime": "months"}
SEVERITIES = ("none", "mild", "moderate", "severe", "extreme")
COUNTED = ("views", "open_ms", "milli_points")
SUMMED = (*COUNTED, "unanswered", "breaks", "break_seconds")

# ---- Ed25519, as RFC 8032 describes it (section 5.1). Slow and plain; it only ever sees what is public. ----
Point = tuple[int, int, int, int]  # (X, Y, Z, T) with x = X/Z, y = Y/Z, x·y = T/Z
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
BASE_Y = 4 * pow(5, P - 2, P) % P
NEUTRAL: Point = (0, 1, 1, 0)


def add(one: Point, other: Point) -> Point:
    """The sum of two points of the curve."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number: int, point: Point) -> Point:
    """`point` added to itself so many times."""
    total = NEUTRAL
    while number > 0:
        if number & 1:
            total = add(total, point)
        point = add(point, point)
        number >>= 1
    return total


def same(one: Point, other: Point) -> bool:
    """Whether two quadruples stand for one point."""
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 == (one[1] * other[2] - other[1] * one[2]) % P


def decoded(encoded: bytes) -> Point | None:
    """The point that 32 bytes stand for; None if they stand for none."""
    number = int.from_bytes(encoded, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P != 0 or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` (64 bytes) is that of `message` under `public_key` (32 bytes)."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key, nonce, base = decoded(public_key), decoded(signature[:32]), decoded(BASE_Y.to_bytes(32, "little"))
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or nonce is None or base is None or scalar >= ORDER:
        return False
    hashed = hashlib.sha512(signature[:32] + public_key + message).digest()
    challenge = int.from_bytes(hashed, "little") % ORDER
    return same(times(scalar, base), add(nonce, times(challenge, key)))


# ---- the statement ----
class NotAStatement(ValueError):
    """The file is not one that this program can read; the message says why."""


def canonical(statement: dict[str, Any]) -> bytes:
    """The bytes that are signed: sorted names, no spaces, UTF-8."""
    text = json.dumps(statement, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return f"{FORMAT}\n{text}".encode()


def digest(statement: dict[str, Any]) -> str:
    """What is printed on the paper: SHA-256 of the signed bytes, in hexadecimal."""
    return hashlib.sha256(canonical(statement)).hexdigest()


def opened(text: str) -> dict[str, Any]:
    """A statement's file as {"statement", "public_key", "signature"}. Raises NotAStatement."""
    try:
        document = json.loads(
            text, object_pairs_hook=_without_repeats, parse_float=_no_fraction, parse_constant=_no_fraction
        )
        parts = {name: document[name] for name in ("statement", "public_key", "signature")}
        stated, kind = parts["statement"]["format"], parts["statement"]["kind"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotAStatement(f"this file is not a statement ({error})") from error
    if stated != FORMAT or kind not in LINES:
        raise NotAStatement(f"this program reads {FORMAT}; the file says {stated}, {kind}")
    return parts


def faults(parts: dict[str, Any], published_key: str | None = None) -> list[str]:
    """What is wrong with an opened statement, in plain sentences; nothing if it is valid."""
    found = []
    try:
        key = base64.b64decode(parts["public_key"], validate=True)
        signature = base64.b64decode(parts["signature"], validate=True)
    except (ValueError, TypeError):
        return ["The key or the signature cannot be read."]
    if not is_signed(key, canonical(parts["statement"]), signature):
        found.append("Something was changed after it was signed, or it was signed with another key.")
    if parts["statement"].get("public_key") != parts["public_key"]:
        found.append("The key inside the statement is not the key beside it.")
    if published_key is not None and published_key.strip() != parts["public_key"]:
        found.append("It was signed with a key that is not the published one.")
    return found + sums(parts["statement"])


def sums(statement: dict[str, Any]) -> list[str]:
    """Where the numbers do not add up: each line over its severities, and the totals over the lines."""
    found = []
    try:
        lines, totals = statement[LINES[statement["kind"]]], statement["totals"]
        for line in [*lines, {**totals, "of": "the totals"}]:
            found += [
                f"{what} of {line['of']} is not the sum over the severities."
                for what in COUNTED
                if line[what] != sum(line["by_severity"][severity][what] for severity in SEVERITIES)
            ]
        found += [
            f"The total of {what} is not the sum of the lines."
            for what in SUMMED
            if totals[what] != sum(line[what] for line in lines)
        ]
        found += [
            f"The total of {what} ({severity}) is not the sum of the lines."
            for severity in SEVERITIES
            for what in COUNTED
            if totals["by_severity"][severity][what]
            != sum(line["by_severity"][severity][what] for line in lines)
        ]
    except (KeyError, TypeError, AttributeError) as error:
        found.append(f"A number is missing, or is no number ({error}).")
    return found


def main(arguments: list[str]) -> int:
    """Print the verdict in words. Returns 0 (valid), 1 (changed), 2 (cannot be read, or not asked well)."""
    if not 1 <= len(arguments) <= 2 or arguments[0].startswith("-"):
        sys.stdout.write(__doc__)
        return 2
    try:
        with open(arguments[0], encoding="utf-8") as file:
            parts = opened(file.read())
    except (OSError, ValueError) as error:
        sys.stdout.write(f"CANNOT BE READ: {error}\n")
        return 2
    found = faults(parts, arguments[1] if len(arguments) == 2 else None)
    if found:
        sys.stdout.write("".join(f"- {fault}\n" for fault in found))
        sys.stdout.write("CHANGED OR FORGED: do not rely on this file.\n")
        return 1
    statement = parts["statement"]
    sys.stdout.write(
        "VALID: nothing was changed since it was signed, and the sums add up.\n"
        f"  of      {statement.get('person')}, {statement.get('period')}\n"
        f"  covers  {statement.get('covers')}\n"
        f"  digest  {digest(statement)}\n"
        f"  key     {parts['public_key']}\n"
    )
    if len(arguments) == 1:
        sys.stdout.write("Compare the key with the one that the organisation publishes on /statement-key/.\n")
    return 0


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise ValueError("a name stands twice in one place")
    return document


def _no_fraction(text: str) -> None:
    raise ValueError(f"{text} is not a whole number")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
