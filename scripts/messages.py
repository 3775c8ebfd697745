"""The catalogues of the pages, in plain Python: no gettext program is needed.

    python scripts/messages.py update         find every marked text and add what is new to each catalogue; what is gone
                                              is kept at its end (#~), and comes back by itself when it is said again
    python scripts/messages.py compile        write the .mo files, which the pages read
    python scripts/messages.py check          what is missing or wrong in which catalogue; ends with 1 if anything is
    python scripts/messages.py missing de     print what is not translated yet, as JSON to fill in
    python scripts/messages.py fill de FILE   take such a file in: {"English": "Deutsch"}, for plurals a list of forms

A text is found where Python calls `gettext`, `ngettext`, their kin, `sentence` or `counted` with a plain string, and
where a template says {% translate %}, {% blocktranslate %} or _("…").
"""

import ast
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from config.languages import TRANSLATED, Language  # noqa: E402 - the checkout is no package

PACKAGES = ("config", "people", "wellbeing", "labeling")
ONE = {"gettext", "gettext_lazy", "gettext_noop", "sentence", "_"}
PLURAL = {"ngettext", "ngettext_lazy", "counted"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
CALL = re.compile(r"\b(ngettext|npgettext|pgettext|gettext|_)\s*(?=\()")

Key = tuple[str, str, str]  # context, English, plural


@dataclass
class Found:
    """Each text with the files that say it."""

    where: dict[Key, set[str]] = field(default_factory=dict)

    def add(self, key: Key, path: Path) -> None:
        self.where.setdefault(key, set()).add(path.relative_to(ROOT).as_posix())


def extract() -> Found:
    """Every marked text of the product."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    found = Found()
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for key in _of_python(path.read_text(encoding="utf-8")):
                found.add(key, path)
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for key in _of_template(path.read_text(encoding="utf-8")):
            found.add(key, path)
    return found


def _of_python(text: str) -> Iterator[Key]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
            yield from _of_call(name, node.args)


def _of_call(name: str, arguments: list[ast.expr]) -> Iterator[Key]:
    words = [one.value if isinstance(one, ast.Constant) else None for one in arguments]
    match name, words:
        case _, [str(text), *_] if name in ONE:
            yield "", text, ""
        case _, [str(one), str(many), *_] if name in PLURAL:
            yield "", one, many
        case _, [str(context), str(text), *_] if name in WITH_CONTEXT:
            yield context, text, ""
        case "npgettext", [str(context), str(one), str(many), *_]:
            yield context, one, many


def _of_template(text: str) -> Iterator[Key]:
    """Django turns a template into calls with everything else crossed out; only the calls are Python."""
    calls = templatize(text)
    for call in CALL.finditer(calls):
        yield from _of_call(call[1], _arguments(calls[call.end() :]))


def _arguments(text: str) -> list[ast.expr]:
    for end in (place for place, letter in enumerate(text) if letter == ")"):
        try:
            called = ast.parse(f"f{text[: end + 1]}", mode="eval").body
        except SyntaxError:
            continue
        return called.args if isinstance(called, ast.Call) else []
    return []


def catalogue(language: Language) -> Path:
    return ROOT / "locale" / language.code / "LC_MESSAGES" / "django.po"


def opened(language: Language) -> polib.POFile:
    path = catalogue(language)
    return polib.pofile(str(path), wrapwidth=110) if path.exists() else polib.POFile(wrapwidth=110)


def header(language: Language) -> dict[str, str]:
    return {
        "Project-Id-Version": "Respite",
        "Language": language.code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": language.plural_forms,
        "X-Form-Of-Address": language.address,
        "X-Reviewed-By-A-Person": language.reviewed_by or "no",
    }


def update() -> None:
    found = extract().where
    for language in TRANSLATED:
        old = {_key(entry): entry for entry in opened(language)}
        new = polib.POFile(wrapwidth=110)
        new.metadata = header(language)
        for key in sorted(found, key=lambda one: (min(found[one]), one[1], one[0])):
            context, text, plural = key
            entry = old.get(key) or polib.POEntry(
                msgid=text,
                msgid_plural=plural,
                msgctxt=context or None,
                msgstr_plural=dict.fromkeys(range(forms(language)), "") if plural else {},
            )
            entry.occurrences = [(path, "") for path in sorted(found[key])]
            entry.flags, entry.obsolete = [], False
            new.append(entry)
        for key in sorted(old.keys() - found.keys()):
            if old[key].msgstr or all(old[key].msgstr_plural.values() or [""]):
                old[key].occurrences, old[key].obsolete = [], True
                new.append(old[key])
        _save(language, new)


def compile_all() -> None:
    for language in TRANSLATED:
        catalogue(language).with_suffix(".mo").write_bytes(opened(language).to_binary())


def _save(language: Language, po: polib.POFile) -> None:
    catalogue(language).parent.mkdir(parents=True, exist_ok=True)
    po.save(str(catalogue(language)))
    catalogue(language).with_suffix(".mo").write_bytes(po.to_binary())


def _key(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def forms(language: Language) -> int:
    count = re.search(r"nplurals=(\d)", language.plural_forms)
    assert count is not None  # noqa: S101 - config.languages says it
    return int(count[1])


def faults(language: Language, found: Iterable[Key] | None = None) -> list[str]:
    """What is missing or wrong in one catalogue, a line each; nothing when it is complete."""
    po = [entry for entry in opened(language) if not entry.obsolete]
    known = {_key(entry) for entry in po}
    wanted = set(extract().where if found is None else found)
    said = [f"not in the catalogue: {key[1]!r}" for key in sorted(wanted - known)]
    said += [f"nobody says this any more: {key[1]!r}" for key in sorted(known - wanted)]
    if any(opened(language).metadata.get(name) != value for name, value in header(language).items()):
        said.append("the header differs from config/languages.py")
    for entry in po:
        said += [f"{fault}: {entry.msgid!r}" for fault in _entry_faults(entry, language)]
    return said


def _entry_faults(entry: polib.POEntry, language: Language) -> Iterator[str]:
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if "fuzzy" in entry.flags:
        yield "not sure (fuzzy)"
    if not all(texts):
        yield "not translated"
        return
    if entry.msgid_plural and len(texts) != forms(language):
        yield f"has {len(texts)} plural forms, not {forms(language)}"
    english = entry.msgid_plural or entry.msgid
    for text in texts:
        missing = placeholders(english) - placeholders(text)
        # A form for none, one or two may do without the number; the last form, which is for many, may not.
        if entry.msgid_plural and text != texts[-1] and len(missing) == 1:
            missing = set()
        if missing or placeholders(text) - placeholders(english):
            yield f"other placeholders ({text!r})"
        if text.strip() != text or english.strip() != english:
            yield "begins or ends with a space"
        if re.findall(r"</?\w+", english) and sorted(re.findall(r"</?\w+", english)) != sorted(
            re.findall(r"</?\w+", text)
        ):
            yield f"other tags ({text!r})"


def placeholders(text: str) -> set[str]:
    return {percent or brace for percent, brace in PLACEHOLDER.findall(text)}


def missing(language: Language) -> dict[str, str | list[str]]:
    """English to nothing, for what is not translated; a plural by its second form."""
    return {
        _name(entry): [""] * forms(language) if entry.msgid_plural else ""
        for entry in opened(language)
        if not all(entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
    }


def _name(entry: polib.POEntry) -> str:
    """How a file to fill in names a text: with its context, if it has one."""
    return f"{entry.msgctxt}: {entry.msgid}" if entry.msgctxt else str(entry.msgid)


def fill(language: Language, texts: dict[str, str | list[str]]) -> int:
    """How many texts were taken in."""
    po = opened(language)
    taken = 0
    for entry in po:
        text = texts.get(_name(entry))
        if isinstance(text, list) and entry.msgid_plural:
            entry.msgstr_plural = dict(enumerate(text))
        elif isinstance(text, str) and not entry.msgid_plural:
            entry.msgstr = text
        else:
            continue
        taken += 1
    _save(language, po)
    return taken


def main(arguments: list[str]) -> int:
    by_code = {language.code: language for language in TRANSLATED}
    match arguments:
        case ["update"]:
            update()
        case ["compile"]:
            compile_all()
        case ["check"]:
            found = extract().where
            lines = [f"{one.code}: {fault}" for one in TRANSLATED for fault in faults(one, found)]
            sys.stdout.write("".join(f"{line}\n" for line in lines))
            return 1 if lines else 0
        case ["missing", code] if code in by_code:
            sys.stdout.write(json.dumps(missing(by_code[code]), ensure_ascii=False, indent=1) + "\n")
        case ["fill", code, name] if code in by_code:
            taken = fill(by_code[code], json.loads(Path(name).read_text(encoding="utf-8")))
            sys.stdout.write(f"{taken} texts taken in\n")
        case _:
            sys.stderr.write(__doc__ or "")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
