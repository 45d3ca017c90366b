"""Tables and the plot of what run.py measured."""
import math
import statistics

TITLES = {"heed": "Heed", "bits": "bit sets by hand, C++", "loop": "the plain loop, C++", "clips": "CLIPS",
          "swi-prolog": "SWI-Prolog", "zen": "ZEN", "json-rules-engine": "json-rules-engine", "cel": "CEL",
          "cedar": "Cedar", "node-rules": "node-rules", "nools": "nools"}
BY_HAND = ("bits", "loop")


def put(file, marker, text):
    """Replaces what stands between the two marks of this name, which a reader does not see."""
    document = file.read_text("utf-8")
    begin, end = (f"[//]: # ({marker}: {which})" for which in ("begin", "end"))
    before, rest = document.split(begin)
    file.write_text(f"{before}{begin}\n\n{text.strip()}\n\n{end}{rest.split(end)[1]}", "utf-8")


def of(found, engine, size, mode):
    """Microseconds by round."""
    return {run["round"]: run["us"][mode] for run in found["runs"]
            if run["engine"] == engine and run["size"] == size and mode in run["us"]}


def median(found, engine, size, mode):
    values = of(found, engine, size, mode).values()
    return statistics.median(values) if values else None


def ratio(found, slow, fast):
    """How many times as long `slow` takes, each (engine, size, mode): the median of what each round says."""
    one, other = of(found, *slow), of(found, *fast)
    both = [one[turn] / other[turn] for turn in one if turn in other]
    return statistics.median(both) if both else None


def figure(value):
    if value is None:
        return "–"
    if value >= 1000:
        return f"{value / 1000:.3g} ms" if value < 1e6 else f"{value / 1e6:.3g} s"
    return f"{value:.3g} µs"


def times(value):
    return "–" if value is None else f"{value:,.0f}" if value >= 20 else f"{value:.2g}" if value < 1 else f"{value:.1f}"


def sizes_of(found):
    return sorted({run["size"] for run in found["runs"]})


def engines_of(found, mode):
    names = {run["engine"] for run in found["runs"] if mode in run["us"]}
    key = lambda name: median(found, name, 1000, mode) or median(found, name, 100, mode) or math.inf
    return sorted(names, key=key)


def table(found, mode, extra=()):
    sizes = sizes_of(found)
    lines = ["| | " + " | ".join(f"{size:,} rules" for size in sizes) + " | memory |", "|---" * (len(sizes) + 2) + "|"]
    rows = [(TITLES[name], name, mode) for name in engines_of(found, mode)] + list(extra)
    middle = 100 if 100 in sizes else sizes[0]  # where everyone was measured
    rows.sort(key=lambda row: median(found, row[1], middle, row[2]) or math.inf)
    for title, name, of_mode in rows:
        last = [run["memory_mb"] for run in found["runs"] if run["engine"] == name and run["size"] == sizes[-1]]
        memory = f"{statistics.median(last):.0f} MB" if last else "–"
        cells = " | ".join(figure(median(found, name, size, of_mode)) for size in sizes)
        bold = "**" if title.startswith("Heed") else ""
        lines.append(f"| {bold}{title}{bold} | {cells} | {memory} |")
    return "\n".join(lines)


def fastest(found, size, mode):
    """Of the engines that are not written by hand for this policy."""
    names = [name for name in engines_of(found, mode) if name not in (*BY_HAND, "heed")]
    names = [name for name in names if median(found, name, size, mode)]
    return min(names, key=lambda name: median(found, name, size, mode))


def goals(found):
    """Each: what is compared, the goal in words, what came out, whether that is met."""
    sizes = set(sizes_of(found))
    rows = []

    def add(what, goal, value, is_met, unit=" times"):
        rows.append(f"| {what} | {goal} | {times(value)}{unit} | {'yes' if is_met else '**no**'} |")

    for size, zen_goal, peer_goal in ((100, 100, 10), (1000, 300, 30), (10000, 700, 75)):
        if size not in sizes:
            continue
        heed = ("heed", size, "case")
        if value := ratio(found, ("zen", size, "case"), heed):
            add(f"a parsed case, {size:,} rules, against ZEN", f"{zen_goal} times", value, value >= zen_goal)
        name = fastest(found, size, "case")
        value = ratio(found, (name, size, "case"), heed)
        add(f"the same, against the fastest engine ({TITLES[name]})", f"{peer_goal} times", value, value >= peer_goal)
        if value := ratio(found, ("bits", size, "case"), heed):
            add("the same, against bit sets by hand", "0.35 times", value, value >= 0.35)
    if {100, 10000} <= sizes:
        value = ratio(found, ("heed", 10000, "case"), ("heed", 100, "case"))
        add("10,000 rules cost against 100", "under 10 times", value, value < 10)
    if 100 in sizes:
        text = ("heed", 100, "text")
        if value := ratio(found, ("zen", 100, "text"), text):
            add("bytes to bytes, 100 rules, against ZEN", "20 times", value, value >= 20)
        name = fastest(found, 100, "text")
        value = ratio(found, (name, 100, "text"), text)
        add(f"the same, against the fastest engine ({TITLES[name]})", "4 times", value, value >= 4)
        value = ratio(found, ("heed", 100, "parse"), text)
        add("the same, against parsing the case with nlohmann's tree alone", "over 1 time", value, value > 1)
    if 1000 in sizes and (value := ratio(found, ("loop", 1000, "case"), ("heed", 1000, "case"))):
        add("three-valued with its trace, 1,000 rules, against the plain two-valued loop", "over 1 time", value, value > 1)
    return "| compared | goal | measured | met |\n|---|---|---|---|\n" + "\n".join(rows)


def tables(found):
    spread = [max(values) / min(values) for run in found["runs"]
              if len(values := list(of(found, run["engine"], run["size"], "case").values())) > 1] or [1]
    machine = found["machine"]
    return "\n".join([
        f"On {machine['processor']}, Linux {machine['kernel']}, {machine['compiler']}, Node.js {machine['node']}; "
        f"{', '.join(machine['engines'])}. {found['rounds']} rounds of {found['seconds']} s for each figure; between rounds of one engine "
        f"the figures differ by {statistics.median(spread):.2f} times, at most by {max(spread):.2f}.", "",
        "**A parsed case**: processor time from a case in the engine's own form to the rules that match.", "",
        "![Processor time of a decision over the number of rules](performance/peers.svg)", "",
        table(found, "case", [("Heed, the whole decision with plan, questions and texts", "heed", "whole")]), "",
        "**Bytes to bytes**: from the JSON of a case to the JSON of the answer. Heed's answer is the whole decision "
        "(about 2 KB), the others' a list of what the rules that match say.", "",
        table(found, "text", [("nlohmann's tree of the case, nothing else", "heed", "parse")]), "",
        "**What Heed set out for**:", "", goals(found)])


COLOURS = ["#c0392b", "#7f8c8d", "#95a5a6", "#2471a3", "#8e44ad", "#117a65", "#b9770e", "#5d6d7e", "#a04000", "#1a5276", "#7d3c98"]


def plot(found):
    """Both axes logarithmic: processor time of one decision over the number of rules."""
    sizes = sizes_of(found)
    names = ["heed", *(name for name in engines_of(found, "case") if name != "heed")]
    lines = {name: [(size, median(found, name, size, "case")) for size in sizes if median(found, name, size, "case")]
             for name in names}
    every = [us for points in lines.values() for _, us in points]
    low, high = math.floor(math.log10(min(every))), math.ceil(math.log10(max(every)))
    left, top, width, height = 90, 30, 520, 430
    across = lambda size: left + width * math.log10(size / sizes[0]) / max(1e-9, math.log10(sizes[-1] / sizes[0]))
    down = lambda us: top + height * (high - math.log10(us)) / (high - low)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 {top + height + 60}" font-family="sans-serif" font-size="13">',
           '<rect width="100%" height="100%" fill="#ffffff"/>']
    for power in range(low, high + 1):
        y = down(10 ** power)
        out.append(f'<line x1="{left}" x2="{left + width}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e3e3e3"/>'
                   f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#444">{figure(10.0 ** power)}</text>')
    for size in sizes:
        out.append(f'<text x="{across(size):.1f}" y="{top + height + 20}" text-anchor="middle" fill="#444">{size:,}</text>')
    out.append(f'<text x="{left + width / 2}" y="{top + height + 45}" text-anchor="middle" fill="#444">rules</text>')
    ends = sorted(((down(points[-1][1]), across(points[-1][0]), name) for name, points in lines.items()))
    places, last = {}, -math.inf
    for y, _, name in ends:  # labels one below the other, never over each other
        last = max(y, last + 17)
        places[name] = last
    for number, name in enumerate(names):
        colour, thick = COLOURS[number % len(COLOURS)], 4 if name == "heed" else 1.8
        points = " ".join(f"{across(size):.1f},{down(us):.1f}" for size, us in lines[name])
        dashed = ' stroke-dasharray="6 4"' if name in BY_HAND else ""
        out.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{thick}"{dashed}/>')
        bold = ' font-weight="bold"' if name == "heed" else ""
        x, y = across(lines[name][-1][0]), down(lines[name][-1][1])
        out.append(f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{left + width + 14}" y2="{places[name]:.1f}" stroke="{colour}" stroke-width="0.6"/>'
                   f'<text x="{left + width + 18}" y="{places[name] + 4:.1f}" fill="{colour}"'
                   f'{bold}>{TITLES[name]}</text>')
    return "\n".join(out) + "\n</svg>\n"
