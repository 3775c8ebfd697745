import io
import os
from zipfile import ZipFile

from labeling.zipped import PIECE, zipped


def test_an_archive_is_sent_in_pieces_no_larger_than_what_is_read(tmp_path):
    large, small = tmp_path / "large.bin", tmp_path / "small.txt"
    large.write_bytes(os.urandom(PIECE * 6 + 1))
    small.write_text("Wet paint.")

    pieces = list(zipped([large, small], folder="set-1"))

    assert max(map(len, pieces)) < PIECE * 2
    with ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None
        assert archive.read("set-1/large.bin") == large.read_bytes()
        assert archive.read("set-1/small.txt") == b"Wet paint."
    assert b"".join(pieces) == b"".join(zipped([large, small], folder="set-1"))
