"""Holds the size limits of CONTRIBUTING.md: headers, sources, functions, widths. There is no list of exemptions."""
import pathlib
import re
import sys
import unicodedata

HEADER_LINES_MAX, SOURCE_LINES_MAX, FUNCTION_LINES_MAX, WIDTH_MAX = 250, 500, 60, 100
OPENS = re.compile(r"^(?!namespace|class|struct|enum|union|extern|//|#).*\)?.*\{$")


def shown_width(line: str) -> int:
    return sum(not unicodedata.combining(c) for c in line)


def violations(root: pathlib.Path):
    files = [f for top in ("engine", "server", "tests") for f in sorted((root / top).rglob("*.?pp"))]
    for file in files:
        place = file.relative_to(root)
        lines = file.read_text().splitlines()
        most = HEADER_LINES_MAX if file.suffix == ".hpp" else SOURCE_LINES_MAX
        if len(lines) > most:
            yield f"{place}: {len(lines)} lines, at most {most}: which second noun has moved in?"
        opened = None
        for number, line in enumerate(lines, 1):
            if shown_width(line) > WIDTH_MAX:
                yield f"{place}:{number}: {shown_width(line)} columns, at most {WIDTH_MAX}"
            if OPENS.match(line) and not line.startswith((" ", "}")):
                opened = number
            if line.startswith("}") and opened:
                if number - opened + 1 > FUNCTION_LINES_MAX:
                    yield f"{place}:{opened}: a function of {number - opened + 1} lines, at most {FUNCTION_LINES_MAX}"
                opened = None


found = list(violations(pathlib.Path(sys.argv[1])))
print("\n".join(found) or "within every limit")
sys.exit(bool(found))
