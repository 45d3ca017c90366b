"""Fails when a room includes one that it may not. This table is the design."""
import pathlib
import re
import sys

MAY_INCLUDE = {
    "engine/base": [],
    "engine/language": ["engine/base"],
    "engine/check": ["engine/base", "engine/language"],
    "engine/analyse": ["engine/base", "engine/language", "engine/check"],
    "engine/author": ["engine/base", "engine/language", "engine/check", "engine/analyse"],
    "engine/compile": ["engine/base", "engine/check"],
    "engine/run": ["engine/base", "engine/compile"],
    "engine/search": ["engine/base", "engine/compile", "engine/run"],
    "engine/compare": ["engine/base", "engine/language", "engine/compile", "engine/run"],
    "engine": ["engine/base", "engine/language", "engine/check", "engine/analyse", "engine/compile", "engine/run",
               "engine/search", "engine/compare"],
    "server/json": ["engine/base", "engine"],
    "server/pages": ["engine/base", "engine"],
    "server/files": ["engine/base"],
    "server/http": ["engine/base", "server/files"],
    "server/hash": ["engine/base"],
    "server/proof": ["engine/base", "server/hash"],
    "server/seal": ["engine/base", "server/files", "server/hash"],
    "server/store": ["engine/base", "server/files", "server/hash", "server/proof", "server/seal"],
    "server/access": ["engine/base", "server/files"],
    "server/api": ["engine/base", "engine", "server/json", "server/pages", "server/http", "server/proof", "server/seal",
                   "server/store", "server/access"],
    "server/lsp": ["engine/base", "engine", "engine/author"],
    "server/cli": ["engine/base", "engine", "server/json", "server/pages", "server/files", "server/http", "server/proof",
                   "server/seal", "server/store", "server/access", "server/api", "server/lsp"],
}
ONE_HEADER = {"engine/author": "engine/author/author.hpp"}  # of which the other rooms see only this
# The room "engine" holds engine/advisor, the engine as the server sees it, and engine/plain_words, words for pages.


def violations(root: pathlib.Path):
    for room, allowed in MAY_INCLUDE.items():
        for file in sorted((root / room).glob("*.?pp")):
            for number, line in enumerate(file.read_text().splitlines(), 1):
                place = f"{file.relative_to(root)}:{number}: "
                if target := re.match(r'#include "((?:engine|server|tests)/[^"]+)"', line):
                    if str(pathlib.PurePosixPath(target[1]).parent) not in [room, *allowed]:
                        yield place + f"{room} may not include {target[1]}"
                    only = ONE_HEADER.get(str(pathlib.PurePosixPath(target[1]).parent))
                    if only and str(file.parent.relative_to(root)) not in ONE_HEADER and target[1] != only:
                        yield place + f"of that room only {only} is for others"
                if "boost/spirit" in line and file.name != "parse.cpp":
                    yield place + "Boost.Spirit belongs in engine/language/parse.cpp alone"


found = list(violations(pathlib.Path(sys.argv[1])))
print("\n".join(found) or "every room includes only what it may")
sys.exit(bool(found))
