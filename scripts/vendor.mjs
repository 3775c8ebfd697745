// Copies what the pages serve from node_modules to static/vendor, and what checks them to tests/vendor, with licence
// texts and checksums, so that neither running nor testing the product needs npm.
// `--check` writes nothing and fails when the copies differ from what the lock file names.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const TARGETS = {
  "static/vendor": [
    {
      name: "htmx.org",
      files: { "dist/htmx.min.js": "htmx/htmx.min.js", LICENSE: "htmx/LICENSE" },
    },
    {
      name: "@fontsource/atkinson-hyperlegible",
      files: {
        "files/atkinson-hyperlegible-latin-400-normal.woff2": "atkinson-hyperlegible/regular.woff2",
        "files/atkinson-hyperlegible-latin-700-normal.woff2": "atkinson-hyperlegible/bold.woff2",
        LICENSE: "atkinson-hyperlegible/LICENSE",
      },
    },
    {
      // For the PDF of a statement: its letters cover names that the standard fonts of PDF do not have.
      name: "dejavu-fonts-ttf",
      files: { "ttf/DejaVuSans.ttf": "dejavu/DejaVuSans.ttf", LICENSE: "dejavu/LICENSE" },
    },
  ],
  "tests/vendor": [
    {
      name: "axe-core",
      files: { "axe.min.js": "axe-core/axe.min.js", LICENSE: "axe-core/LICENSE" },
    },
  ],
};

const check = process.argv.includes("--check");
const stale = [];

function place(folder, path, bytes) {
  const target = join(folder, path);
  if (check) {
    let there = null;
    try {
      there = readFileSync(target);
    } catch {
      // A missing copy is as stale as a different one.
    }
    if (!there || !there.equals(bytes)) stale.push(target);
    return;
  }
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, bytes);
}

function vendor(folder, packages) {
  const entries = packages.map(({ name, files }) => {
    const home = join("node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
    const copies = Object.entries(files).map(([from, to]) => {
      const bytes = readFileSync(join(home, from));
      place(folder, to, bytes);
      return { path: to, sha256: createHash("sha256").update(bytes).digest("hex") };
    });
    return { name, version, licence: license, files: copies };
  });
  place(folder, "VENDOR.json", Buffer.from(JSON.stringify(entries, null, 2) + "\n"));
}

for (const [folder, packages] of Object.entries(TARGETS)) vendor(folder, packages);

if (stale.length) {
  console.error(`Run "npm run vendor": ${stale.join(", ")} differ.`);
  process.exit(1);
}
