"""As whom the database server runs. PostgreSQL refuses to run as root, so root starts it as somebody else."""

import contextlib
import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from launcher.problem import Problem, say

NOBODY = 65534


@dataclass(frozen=True)
class Confinement:
    """How the server's programs are run: after `prefix`, as `user` (None: ourselves), from `binaries`, on `data`."""

    binaries: Path
    data: Path
    prefix: tuple[str, ...] = ()
    user: int | None = None

    @property
    def owner(self) -> int:
        """The user id that files of the server carry on disk."""
        return os.getuid() if self.user is None else self.user

    def peers(self) -> list[str]:
        """Operating system users, as the server sees them, who may connect: ourselves."""
        own = pwd.getpwuid(os.getuid()).pw_name
        # Seen from inside the user namespace everyone outside is nobody; the socket's folder is ours alone.
        return [own, pwd.getpwuid(NOBODY).pw_name] if self.prefix else [own]


def confine(binaries: Path, data: Path) -> Confinement:
    """The first way that works on this machine. Raises Problem when none does.

    Not root: as ourselves. Root: as nobody, where nobody may pass through every folder above the binaries and the
    data; else in a user namespace of its own; else from copies below the system's lasting folder for temporary files.
    """
    direct = Confinement(binaries, data)
    if os.getuid() != 0:
        _require_a_name()
        return direct
    as_nobody = replace(direct, user=_nobody())
    forced = os.environ.get(
        "RESPITE_CONFINEMENT", ""
    )  # tests walk each way on a machine that would take the first
    if forced in ("", "nobody") and is_passable(binaries) and is_passable(data.parent):
        return as_nobody
    if forced in ("", "namespace") and (prefix := _namespace()):
        return replace(direct, prefix=prefix)
    if forced in ("", "copy"):
        return _copied(as_nobody)
    raise Problem(
        f"RESPITE_CONFINEMENT={forced!r} does not work here: use nobody, namespace or copy, or unset it."
    )


def give(path: Path, confinement: Confinement) -> None:
    """Make `path` (and all below it, if it belongs to somebody else) the server's."""
    if path.stat().st_uid == confinement.owner:
        return
    for folder, _, names in os.walk(path):
        for name in (folder, *(os.path.join(folder, name) for name in names)):
            os.chown(name, confinement.owner, confinement.owner, follow_symlinks=False)


def _require_a_name() -> None:
    """PostgreSQL looks us up by number, and in a container started with a bare number there is nothing to find."""
    try:
        pwd.getpwuid(os.getuid())
    except KeyError:
        raise Problem(
            f"The user with the number {os.getuid()} has no name on this machine, and PostgreSQL asks for one.\n"
            "Run as a user of /etc/passwd, or set DATABASE_URL and DATABASE_OWNER_URL to a server of your own."
        ) from None


def _nobody() -> int:
    try:
        return pwd.getpwnam("nobody").pw_uid
    except KeyError:
        return NOBODY


def is_passable(path: Path) -> bool:
    """Whether everyone may enter `path` and every folder above it."""
    resolved = path.resolve()
    return all(place.stat().st_mode & 0o001 for place in (resolved, *resolved.parents))


def _namespace() -> tuple[str, ...] | None:
    unshare, setpriv = shutil.which("unshare"), shutil.which("setpriv")
    if unshare is None or setpriv is None or not sys.platform.startswith("linux"):
        return None
    # A new namespace comes with new credentials, which clears the death signal: it is asked for again inside.
    prefix = (
        unshare,
        "--user",
        f"--map-user={NOBODY}",
        f"--map-group={NOBODY}",
        setpriv,
        "--pdeathsig",
        "SIGINT",
    )
    allowed = subprocess.run([*prefix, "true"], check=False, capture_output=True).returncode == 0
    return prefix if allowed else None


def copy_folder(data: Path) -> Path:
    """Where binaries and data go when nobody may enter the folder that `data` should be in."""
    mark = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    return Path("/var/tmp") / f"respite-{mark}"  # noqa: S108 - its owner is checked before it is used


def _copied(direct: Confinement) -> Confinement:
    place = copy_folder(direct.data)
    with contextlib.suppress(FileExistsError):
        place.mkdir()
    if place.is_symlink() or place.stat().st_uid != 0:
        raise Problem(
            f"{place} belongs to somebody else; remove it, or set DATABASE_URL to a PostgreSQL of your own."
        )
    place.chmod(0o711)
    package = direct.binaries.parent.parent
    target = place / package.name / direct.binaries.relative_to(package)
    if not target.is_dir():
        # Into a folder of another name first: a copy that was cut short is never taken for a whole one.
        scratch = Path(tempfile.mkdtemp(prefix="copy-", dir=place))
        shutil.copytree(direct.binaries.parent, scratch / direct.binaries.parent.name, ignore=_headers)
        (place / package.name).mkdir(exist_ok=True)
        libraries = package.with_name(package.name + ".libs")
        if libraries.is_dir():  # found by their place beside the package
            shutil.copytree(libraries, place / libraries.name, dirs_exist_ok=True)
        (scratch / direct.binaries.parent.name).rename(target.parent)
        scratch.rmdir()
    say(f"The database cannot run below {direct.data.parent} (others may not enter); it is kept in {place}.")
    return replace(direct, binaries=target, data=place / "data")


def _headers(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name == "include"]
