import random
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.unit.wellbeing.chains import KEY, START, Row, chain, faults, head, rewritten
from wellbeing.domain.ledger import (
    ChainReport,
    Entry,
    Fault,
    Head,
    Marker,
    canonical,
    hash_of,
    signature,
    verify,
)
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


def purged(rows: list[Row], through: int) -> tuple[Marker, list[Row]]:
    """The marker that a purge of the first `through` rows leaves, and the rows that stand."""
    entry, digest = rows[through - 1]
    marker = Marker(entry.chain, entry.seq, digest, entry.day, START)
    return marker.signed(KEY), rows[through:]


def test_a_chain_begins_at_its_marker():
    one, two = chain(1, 6), chain(2, 3)
    marker, left = purged(one, 4)
    report = ChainReport()
    heads = [head(one, 1), head(one, 3), head(one, 4), head(two)]
    assert list(verify([*left, *two], heads, KEY, report, [marker])) == []
    assert (report.rows, report.chains, report.uncovered, report.purged) == (5, 2, 1, 4)
    older, _ = purged(one, 2)
    assert list(verify(left, [], KEY, ChainReport(), [marker, older])) == [], "the latest marker counts"


def test_a_marker_must_agree_with_the_head_at_its_row():
    rows = chain(1, 6)
    marker, left = purged(rows, 4)
    lied = replace(marker, hash=bytes(32)).signed(KEY)
    problems = [f.problem for f in verify(left, [head(rows, 3)], KEY, ChainReport(), [lied])]
    assert "is a marker that differs from the signed head" in problems


@dataclass
class Stand:
    """What somebody with the database finds, and what is signed outside it."""

    rows: list[Row]
    markers: list[Marker]
    heads: list[Head]
    covered: int

    def faults(self) -> list[Fault]:
        return list(verify(self.rows, self.heads, KEY, ChainReport(), self.markers))


def stand(rng: random.Random) -> Stand:
    """One or two chains; the first may begin at a marker, and may have rows after its last signed head."""
    whole = chain(1, rng.randrange(4, 14))
    last = rng.randrange(2, len(whole) + 1)
    heads = [head(whole, at - 1) for at in sorted({rng.randrange(1, last + 1), last})]
    markers, rows = [], whole
    if rng.random() < 0.5 and last > 2:
        marker, rows = purged(whole, rng.randrange(1, last - 1))
        markers.append(marker)
    other = chain(2, rng.randrange(1, 4)) if rng.random() < 0.5 else []
    if other:
        heads.append(head(other))
    return Stand([*rows, *other], markers, heads, covered=last)


def edit(stand: Stand, at: int, rng: random.Random) -> None:
    name = rng.choice(["milli_points", "open_ms", "severity", "share", "policy_version"])
    entry, digest = stand.rows[at]
    stand.rows[at] = (replace(entry, **{name: getattr(entry, name) + rng.choice([-1, 1, 100])}), digest)


def edit_and_rehash(stand: Stand, at: int, rng: random.Random) -> None:
    """The row and all after it, as a chain that fits itself, under a guessed key."""
    entry, _ = stand.rows[at]
    previous = entry.prev_hash
    for index in range(at, len(stand.rows)):
        one = replace(stand.rows[index][0], prev_hash=previous, milli_points=0)
        if one.chain != entry.chain:
            break
        previous = hash_of(one, b"guess" + rng.randbytes(4))
        stand.rows[index] = (one, previous)


def delete(stand: Stand, at: int, rng: random.Random) -> None:
    del stand.rows[at]


def insert(stand: Stand, at: int, rng: random.Random) -> None:
    entry, digest = stand.rows[at]
    added = replace(entry, seq=entry.seq + 1, prev_hash=digest, milli_points=-entry.milli_points)
    later = [
        (replace(one, seq=one.seq + 1), kept) if one.chain == entry.chain else (one, kept)
        for one, kept in stand.rows[at + 1 :]
    ]
    stand.rows = [*stand.rows[: at + 1], (added, hash_of(added, b"guess")), *later]


def swap(stand: Stand, at: int, rng: random.Random) -> None:
    others = [n for n, (one, _) in enumerate(stand.rows) if one.chain == stand.rows[at][0].chain and n != at]
    if not others:
        return edit(stand, at, rng)
    other = rng.choice(others)
    (one, a), (two, b) = stand.rows[at], stand.rows[other]
    stand.rows[at], stand.rows[other] = (replace(two, seq=one.seq), b), (replace(one, seq=two.seq), a)
    return None


def cut_the_tail(stand: Stand, at: int, rng: random.Random) -> None:
    entry = stand.rows[at][0]
    stand.rows = [row for row in stand.rows if row[0].chain != entry.chain or row[0].seq < entry.seq]


def back_date(stand: Stand, at: int, rng: random.Random) -> None:
    entry, digest = stand.rows[at]
    amount = timedelta(microseconds=rng.choice([1, 3_600_000_000, 86_400_000_000]))
    stand.rows[at] = (replace(entry, at=entry.at - amount, day=(entry.at - amount).date()), digest)


def give_away(stand: Stand, at: int, rng: random.Random) -> None:
    entry, digest = stand.rows[at]
    stand.rows[at] = (replace(entry, chain=UUID(int=99)), digest)
    stand.rows.sort(key=lambda row: (row[0].chain, row[0].seq))


def mark_further(stand: Stand, at: int, rng: random.Random) -> None:
    """A purge that never was: rows go, a marker in their place is signed by a guess."""
    entry, digest = stand.rows[at]
    marker = Marker(entry.chain, entry.seq, digest, entry.day, START)
    stand.markers.append(marker.signed(b"guess"))
    stand.rows = [row for row in stand.rows if row[0].chain != entry.chain or row[0].seq > entry.seq]


def tamper_with_the_marker(stand: Stand, at: int, rng: random.Random) -> None:
    if not stand.markers:
        return mark_further(stand, at, rng)
    change = rng.choice(["gone", "through_seq", "hash", "through_day"])
    marker = stand.markers.pop()
    if change != "gone":
        value = {"through_seq": marker.through_seq - 1, "hash": bytes(32), "through_day": START.date()}[
            change
        ]
        if value == getattr(marker, change):
            value = marker.through_day - timedelta(days=1)
        stand.markers.append(replace(marker, **{change: value}))
    return None


WAYS = [
    edit,
    edit_and_rehash,
    delete,
    insert,
    swap,
    cut_the_tail,
    back_date,
    give_away,
    mark_further,
    tamper_with_the_marker,
]


@pytest.mark.parametrize("round_", range(10))
def test_of_a_thousand_tamperings_every_one_that_a_head_covers_is_found(round_):
    """A hundred a round: everything that somebody with the database, and without the key, could do to covered rows."""
    rng = random.Random(20260302 + round_)
    tried = set()
    for _ in range(100):
        found = stand(rng)
        assert found.faults() == []
        first = [
            n
            for n, (entry, _) in enumerate(found.rows)
            if entry.chain.int == 1 and entry.seq <= found.covered
        ]
        before = list(found.rows), list(found.markers)
        way = rng.choice(WAYS)
        way(found, rng.choice(first), rng)
        assert (found.rows, found.markers) != before
        assert found.faults(), way.__name__
        tried.add(way)
    assert tried == set(WAYS)


def test_a_cut_of_what_no_head_covers_is_not_found_and_was_said_to_be_possible():
    rows = chain(1, 8)
    report = ChainReport()
    assert list(verify(rows, [head(rows, 4)], KEY, report)) == []
    assert report.uncovered == 3
    assert list(verify(rows[:5], [head(rows, 4)], KEY, ChainReport())) == []


def test_a_signature_depends_on_the_key_and_the_line():
    assert signature("a", KEY) != signature("b", KEY)
    assert signature("a", KEY) != signature("a", b"other")
