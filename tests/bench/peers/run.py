"""Measures Heed against other rule engines: one policy in everyone's form, all in one run, in turns.

    python3 tests/bench/peers/run.py [--quick] [--build build/release] [--write]

Sets up what is missing (npm, compiled programs; it names the Debian packages that it needs), makes the workload, lets
every engine prove its answers, then times all of them round after round, each in a process of its own on one
processor, and prints what came out. `--write` puts tables and a plot into docs/performance.md. `--quick` takes some
three minutes, the long form an hour; both want a machine that does nothing else.
"""
import argparse
import fcntl
import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(HERE))
import report  # noqa: E402
import workload  # noqa: E402

PACKAGES = ["libclips-dev", "libsimdjson-dev", "nlohmann-json3-dev", "swi-prolog-nox", "g++", "ninja-build"]
SCRIPTED = ["zen", "json-rules-engine", "cel", "cedar", "node-rules", "nools"]
COMPILED = {"loop": ["-lsimdjson"], "bits": ["-lsimdjson"], "clips": ["-lsimdjson", "-lclips", "-fpermissive", "-w"]}


def call(*words, cwd=None):
    subprocess.run([str(word) for word in words], cwd=cwd, check=True)


def set_up(build, folder, sizes):
    missing = [name for name in PACKAGES if subprocess.run(
        ["dpkg-query", "-W", name], capture_output=True).returncode != 0]
    if missing or not shutil.which("node"):
        sys.exit(f"install first: apt-get install {' '.join(missing)}" + ("" if shutil.which("node") else " nodejs npm"))
    if not (HERE / "node_modules").is_dir():
        # Not `npm ci`: it refuses a lock that lacks what an engine offers for other systems.
        call("npm", "install", "--no-save", "--no-audit", "--no-fund", cwd=HERE)
    call("ninja", "-C", build, "bench_peer_heed")
    folder.mkdir(parents=True, exist_ok=True)
    for name, libraries in COMPILED.items():
        call("g++", "-std=c++20", "-O3", "-march=native", "-DNDEBUG", HERE / f"{name}.cpp", "-o", folder / name, *libraries)
    workload.main(folder, sizes)


def command(engine, build, folder, size, seconds):
    if engine == "heed":
        return [build / "tests/bench_peer_heed", folder, size, seconds]
    if engine == "swi-prolog":
        return ["swipl", "-O", HERE / "measure.pl", folder, size, seconds]
    if engine in COMPILED:
        return [folder / engine, folder, size, seconds]
    return ["node", HERE / "measure.mjs", folder, size, seconds, engine]


def measure(engine, options, folder, size):
    """One process, on one processor; a line of JSON comes out."""
    words = command(engine, options.build, folder, size, options.seconds)
    with open(options.lock or os.devnull, "w") as lock:
        if options.lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
        run = subprocess.run(["taskset", "-c", str(options.processor), *map(str, words)], capture_output=True, text=True,
                             timeout=600)
    try:
        return json.loads(run.stdout.strip().splitlines()[-1])
    except (IndexError, json.JSONDecodeError):
        sys.exit(f"{engine} at {size} rules did not answer: {run.stderr[-500:]}")


def engines_at(size, quick):
    left_out = {"nools"} if size > (100 if quick else 1000) else set()  # a minute and more to load
    if quick and size > 1000:
        left_out.add("json-rules-engine")  # half a second a decision
    return [name for name in ["heed", "bits", "loop", "clips", "swi-prolog", *SCRIPTED] if name not in left_out]


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")),
                 platform.machine())
    version = lambda *words: subprocess.run(words, capture_output=True, text=True).stdout.splitlines()[0]
    packages = json.loads((HERE / "package.json").read_text())["dependencies"]
    debian = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}\n", "libclips-dev", "swi-prolog-nox"],
                            capture_output=True, text=True).stdout.split("\n")
    return {"processor": f"{model}, {os.cpu_count()} processors", "kernel": ".".join(platform.release().split(".")[:2]),
            "compiler": version("g++", "--version"), "node": version("node", "--version"),
            "engines": [f"{name} {number}" for name, number in packages.items()] + [line for line in debian if line]}


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--quick", action="store_true")
    words.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    words.add_argument("--sizes", type=int, nargs="*", default=workload.SIZES)
    words.add_argument("--rounds", type=int, help="7, or 2 with --quick")
    words.add_argument("--seconds", type=float, help="of each measurement; 1, or 0.15 with --quick")
    words.add_argument("--only", nargs="*", help="these engines alone")
    words.add_argument("--processor", type=int, default=(os.cpu_count() or 1) - 1)
    words.add_argument("--lock", help="held while an engine is measured, where others measure on the same machine")
    words.add_argument("--write", action="store_true", help="into docs/performance.md")
    words.add_argument("--report", action="store_true", help="of the last run; nothing is measured")
    options = words.parse_args()
    options.rounds = options.rounds or (2 if options.quick else 7)
    options.seconds = options.seconds or (0.15 if options.quick else 1)
    folder = ROOT / "build/bench_peers"
    results = folder / "results.json"
    if not options.report:
        set_up(options.build, folder, options.sizes)
        found = {"machine": machine(), "rounds": options.rounds, "seconds": options.seconds, "runs": []}
        for turn in range(options.rounds):
            for size in options.sizes:
                names = [name for name in engines_at(size, options.quick) if not options.only or name in options.only]
                names = names[turn % len(names):] + names[:turn % len(names)]
                for name in names:
                    line = {"engine": name, "size": size, "round": turn, **measure(name, options, folder, size)}
                    found["runs"].append(line)
                    print(f"round {turn + 1}, {size:6} rules, {name}: " + ", ".join(
                        f"{mode} {us:.3g} us" for mode, us in line["us"].items()), flush=True)
                    if line["wrong"]:
                        sys.exit(f"{name} gives {line['wrong']} of {line['checked']} cases another answer: not measured")
        results.write_text(json.dumps(found))
    found = json.loads(results.read_text())
    text = report.tables(found)
    print(text)
    if options.write:
        report.put(ROOT / "docs/performance.md", "peers", text)
        (ROOT / "docs/performance").mkdir(exist_ok=True)
        (ROOT / "docs/performance/peers.svg").write_text(report.plot(found))


if __name__ == "__main__":
    main()
