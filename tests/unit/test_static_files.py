import gzip
from pathlib import Path

import pytest

from launcher import static_files
from launcher.environment import Home


def test_a_start_lays_out_what_is_there_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout, home = tmp_path / "checkout", Home(tmp_path / "home")
    (checkout / "static" / "js").mkdir(parents=True)
    script, gone = checkout / "static" / "js" / "keys.js", checkout / "static" / "gone.css"
    font = checkout / "static" / "regular.woff2"
    for path in (script, gone, font):
        path.write_bytes(b"before")
    monkeypatch.setattr(static_files, "CHECKOUT", checkout)
    static_files.lay_out(home)

    script.write_bytes(b"after")
    gone.unlink()
    folder = static_files.lay_out(home)

    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*")) == [
        "js/keys.js",
        "js/keys.js.gz",
        "regular.woff2",
    ]
    assert (folder / "js" / "keys.js").read_bytes() == b"after"
    assert gzip.decompress((folder / "js" / "keys.js.gz").read_bytes()) == b"after"
