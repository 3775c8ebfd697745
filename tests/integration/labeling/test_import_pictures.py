import io
import json
import struct
import tarfile
import zipfile
import zlib

import pytest
from PIL import Image

from labeling.domain.picture import NAMES
from labeling.importers.pictures import BadPicture, take_in
from labeling.importers.runner import run
from labeling.models import Import, Item, ItemContent
from labeling.operations.imports import begin_import
from labeling.queries.content import picture_folder
from tests.factories.pictures import fruit_bowl

pytestmark = pytest.mark.django_db

CANARY = b"canary-in-the-metadata"


def packed(kind: str, files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
    else:
        with tarfile.open(fileobj=target, mode=kind) as tar:
            for name, content in files.items():
                member = tarfile.TarInfo(name)
                member.size = len(content)
                tar.addfile(member, io.BytesIO(content))
    return target.getvalue()


@pytest.fixture
def bring(project, engineer, tmp_path):
    """`bring(records, pictures)`: import lines with a folder or an archive of pictures."""

    def bring(records, pictures, *, dry_run=False):
        path = tmp_path / "items.jsonl"
        path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
        row = begin_import(
            project=project, by=engineer, file_name=path.name, format_name="jsonl", dry_run=dry_run
        )
        return run(import_id=row.pk, path=path, pictures=pictures)

    return bring


@pytest.mark.parametrize("kind", ["folder", "zip", "w", "w:gz"])
def test_pictures_come_from_a_folder_or_an_archive(bring, tmp_path, kind):
    files = {"set/a.png": fruit_bowl(), "set/b.webp": fruit_bowl(300, 900, kind="WEBP")}
    where = tmp_path / "pictures"
    if kind == "folder":
        (where / "set").mkdir(parents=True)
        for name, content in files.items():
            (where / name).write_bytes(content)
    else:
        where.write_bytes(packed(kind, files))

    summary = bring(
        [
            {"id": "a", "image": "set/a.png", "caption": "A bowl.", "severity": 1},
            {"id": "b", "image": "set/b.webp"},
            {"id": "c", "image": "set/c.png"},
            {"id": "d", "image": "/set/a.png"},
        ],
        where,
    )

    assert (summary.created, summary.failed) == (2, 2)
    assert [(error["line"], error["code"]) for error in summary.first_errors] == [
        (3, "image_missing"),
        (4, "bad_image_name"),
    ]
    first, second = Item.objects.order_by("external_id")
    assert (first.kind, first.frame, first.part_words) == ("image", "wide medium", [2, 20])
    assert (second.frame, second.words) == ("tall medium", 20)
    image = ItemContent.objects.get(item=first).body["image"]
    assert (image["name"], image["width"], image["height"]) == ("set/a.png", 640, 480)
    assert {path.stem for path in picture_folder(image["sha256"]).glob("*.jpg")} == set(NAMES)


def test_a_link_out_of_the_folder_is_no_picture(bring, tmp_path):
    (tmp_path / "secret.png").write_bytes(fruit_bowl())
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "a.png").symlink_to(tmp_path / "secret.png")

    assert bring([{"id": "a", "image": "a.png"}], folder).first_errors[0]["code"] == "image_missing"


def test_a_damaged_archive_fails_the_import(bring, tmp_path):
    (tmp_path / "pictures.zip").write_bytes(packed("zip", {"a.png": fruit_bowl()})[:200])

    summary = bring([{"id": "a", "image": "a.png"}], tmp_path / "pictures.zip")

    assert (summary.created, summary.first_errors[0]["code"]) == (0, "damaged")
    assert Import.objects.get().state == Import.State.FAILED


def test_a_dry_run_decodes_and_keeps_nothing(bring, tmp_path, settings):
    (tmp_path / "pictures.zip").write_bytes(packed("zip", {"a.png": fruit_bowl(), "b.png": b"no"}))

    summary = bring(
        [{"id": "a", "image": "a.png"}, {"id": "b", "image": "b.png"}],
        tmp_path / "pictures.zip",
        dry_run=True,
    )

    assert (summary.created, summary.failed) == (1, 1)
    assert not list(settings.CONTENT_DIR.glob("pictures/*"))
    assert not list(settings.CONTENT_DIR.glob("imports/*.pictures"))


def test_nothing_but_pixels_is_kept_and_nobody_else_may_read_it():
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    exif[0x0112] = 6  # lies on its side
    raw = fruit_bowl(kind="JPEG", exif=exif, comment=CANARY, icc_profile=CANARY) + CANARY
    assert CANARY in raw

    taken = take_in(raw)

    folder = picture_folder(taken.sha256)
    assert (taken.width, taken.height) == (480, 640)
    assert folder.stat().st_mode & 0o077 == 0
    for path in folder.iterdir():
        assert path.stat().st_mode & 0o077 == 0
        assert CANARY not in path.read_bytes()
    with Image.open(folder / "low.jpg") as low, Image.open(folder / "grey.jpg") as grey:
        assert (low.mode, grey.mode, max(low.size)) == ("L", "L", 96)
    assert (folder / "low.jpg").stat().st_size < 10_000
    assert take_in(raw) == taken


def bomb(width: int, height: int) -> bytes:
    """A PNG whose header announces far more pixels than its few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


MOVING = io.BytesIO()
Image.new("RGB", (40, 40), "white").save(
    MOVING, "WEBP", save_all=True, append_images=[Image.new("RGB", (40, 40), "black")]
)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "image_broken"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image_broken"),
        (fruit_bowl(kind="GIF"), "image_broken"),
        (fruit_bowl()[:-400], "image_broken"),
        (bomb(60_000, 60_000), "image_too_large"),
        (fruit_bowl(8, 8), "image_too_narrow"),
        (fruit_bowl(1000, 20), "image_too_narrow"),
        (MOVING.getvalue(), "image_moves"),
    ],
)
def test_what_is_no_picture_to_label_is_refused(settings, raw, code):
    with pytest.raises(BadPicture) as refused:
        take_in(raw)

    assert refused.value.problem.code == code
    assert not list(settings.CONTENT_DIR.glob("pictures/*"))
