import random
from dataclasses import fields, replace
from datetime import timedelta

import pytest

from tests.unit.wellbeing.chains import KEY, chain, faults, head, rewritten
from wellbeing.domain.ledger import ChainReport, Entry, canonical, hash_of, signature, verify
from wellbeing.domain.view import EntryKind


def test_whole_chains_have_no_faults():
    one, two = chain(1, 5), chain(2, 3)
    report = ChainReport()
    assert list(verify([*one, *two], [head(one, 2), head(one), head(two, 0)], KEY, report)) == []
    assert (report.rows, report.chains, report.uncovered) == (8, 2, 2)
    assert faults([]) == []


def test_every_field_is_in_the_hash():
    entry, digest = chain(1, 1)[0]
    others = {
        "chain": entry.view_ref,
        "seq": 2,
        "kind": EntryKind.CLOSE,
        "view_ref": chain(9, 1)[0][0].chain,
        "modality": "image",
        "day": entry.day + timedelta(days=1),
        "at": entry.at + timedelta(microseconds=1),
        "prev_hash": digest,
    }
    for field in fields(Entry):
        value = others.get(field.name, 7)
        if value == getattr(entry, field.name):
            continue
        assert hash_of(replace(entry, **{field.name: value}), KEY) != digest, field.name


def test_the_bytes_of_a_row_stay_as_they_are():
    """Changing them would make every chain that exists look forged."""
    assert canonical(chain(1, 1)[0][0]).decode().split("\n") == [
        "respite-ledger-1",
        "00000000-0000-0000-0000-000000000001",
        "1",
        "reserve",
        "00000000-0000-0000-0000-000000000001",
        "100",
        "1000",
        "2",
        "text",
        "1000",
        "0",
        "2026-03-02",
        "1772442001000000",
        "00" * 32,
    ]


def test_a_cut_tail_shows_where_a_head_was_signed():
    rows = chain(1, 6)
    assert faults(rows[:4]) == [], "a chain alone cannot show it"
    found = faults(rows[:4], [head(rows)])
    assert [(fault.seq, fault.problem) for fault in found] == [(6, "was signed, but the chain ends at row 4")]
    two = chain(2, 2)
    assert faults([*rows[:4], *two], [head(rows), head(two)]) != []


def test_a_chain_that_is_gone_shows():
    rows = chain(1, 3)
    assert [fault.problem for fault in faults([], [head(rows)])] == ["was signed, but the chain is gone"]


def test_a_fork_shows_against_the_head_even_with_the_key():
    rows = chain(1, 6)
    fork = rewritten([*rows[:3], *[(replace(e, milli_points=1), d) for e, d in rows[3:]]], 3, KEY)
    assert faults(fork) == []
    assert [fault.problem for fault in faults(fork, [head(rows)])] == ["differs from the signed head"]


def test_gaps_and_loose_ends_show_even_when_the_hashes_are_right():
    one, two, three = chain(1, 3)
    skipped = replace(three[0], seq=4)
    assert [f.problem for f in faults([one, two, (skipped, hash_of(skipped, KEY))])] == ["follows row 2"]
    loose = replace(three[0], prev_hash=one[1])
    assert [f.problem for f in faults([one, two, (loose, hash_of(loose, KEY))])] == [
        "does not continue the row before it"
    ]


def tamper(rows, rng):
    """One random change that somebody with the database but without the key could make. Returns its name and the rows."""
    at = rng.randrange(len(rows))
    entry, digest = rows[at]
    way = rng.choice(["change", "change_and_rehash", "delete", "insert", "swap", "cut", "back_date", "move"])
    rows = list(rows)
    if way == "change":
        name = rng.choice(["milli_points", "open_ms", "severity", "share", "policy_version"])
        rows[at] = (replace(entry, **{name: getattr(entry, name) + 1}), digest)
    elif way == "change_and_rehash":
        rows[at] = (replace(entry, milli_points=0), digest)
        rows = rewritten(rows, at, b"another key")
    elif way == "delete":
        del rows[at]
    elif way == "insert":
        rows = rewritten([*rows[:at], rows[at], *rows[at:]], at, b"guess")
    elif way == "swap":
        other = (at + 1) % len(rows)
        (one, a), (two, b) = rows[at], rows[other]
        rows[at], rows[other] = (replace(two, seq=one.seq), b), (replace(one, seq=two.seq), a)
    elif way == "cut":
        rows = rows[:at]
    elif way == "back_date":
        rows[at] = (
            replace(entry, at=entry.at - timedelta(hours=1), day=entry.day - timedelta(days=1)),
            digest,
        )
    else:
        rows[at] = (replace(entry, chain=chain(99, 1)[0][0].chain), digest)
    return way, sorted(rows, key=lambda row: (row[0].chain, row[0].seq))


@pytest.mark.parametrize("seed", range(300))
def test_every_tampering_that_a_head_covers_is_found(seed):
    rng = random.Random(seed)
    rows = chain(1, rng.randrange(2, 12))
    signed = [head(rows, index) for index in sorted({rng.randrange(len(rows)), len(rows) - 1})]
    way, changed = tamper(rows, rng)
    assert changed != rows
    assert faults(changed, signed), way


def test_a_signature_depends_on_the_key_and_the_line():
    assert signature("a", KEY) != signature("b", KEY)
    assert signature("a", KEY) != signature("a", b"other")
