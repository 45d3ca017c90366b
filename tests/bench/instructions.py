"""How many instructions four fixed runs of the program take: a figure that a busy machine does not change.

    python3 tests/bench/instructions.py build/release/heed             fails where one grew by more than 5 %
    python3 tests/bench/instructions.py build/release/heed --renew     keeps what is counted now, on purpose

The counts stand in instructions.json beside this file, with what they depend on: the compiler, its flags (the release
preset's) and valgrind, which counts. Where one of these is another, counts cannot be compared: that is told, and
nothing fails. A run that became cheaper by more than 5 % is told too, so that its gain can be kept with --renew.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
KEPT = HERE / "instructions.json"
GROWTH = 0.05
sys.path.insert(0, str(HERE / "peers"))
import forms  # noqa: E402
import workload  # noqa: E402


def count(folder, *words, stdin=None):
    """Instructions of one run of the program, all its threads. One processor's instructions serve everywhere."""
    out = folder / "callgrind.out"
    plain = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-AVX512F,-ERMS", "OPENSSL_ia32cap": "0x0:0x0", "LC_ALL": "C.UTF-8"}
    run = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *map(str, words)], stdin=stdin,
                         stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={"PATH": os.environ["PATH"], **plain})
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode != 0 or not found:
        sys.exit(f"{' '.join(map(str, words))} ended with {run.returncode}: {run.stderr[-800:]}")
    return int(found[1])


def write_policy(folder, size):
    chance = random.Random(f"policy {size}")
    policy = {"rules": [workload.rule(chance, number, size) for number in range(size)]}
    file = folder / f"policy_{size}.heed"
    file.write_text(forms.heed(policy, workload.FACTS))
    return file


def write_cases(folder, number):
    chance = random.Random("cases")
    file = folder / f"cases_{number}.jsonl"
    file.write_text("".join(json.dumps(workload.make_case(chance, nth)) + "\n" for nth in range(number)))
    return file


def standard_policy(heed, folder):
    """To load it, for each byte of it: a policy that grows takes longer, and that is no fault of the program."""
    policy = ROOT / "rules/service_recovery"
    size = sum(file.stat().st_size for file in policy.glob("*.heed"))
    return count(folder, heed, "schema", "--policy", policy) / size


def decide(rules, cases):
    """A decision, from bytes to bytes: loading the policy is taken off."""
    def run(heed, folder):
        policy = write_policy(folder, rules)
        few, many = (count(folder, heed, "decide", "--policy", policy, "--lines", write_cases(folder, number))
                     for number in (1, 1 + cases))
        return (many - few) / cases
    return run


def verify(heed, folder):
    """A log of decisions, each decided again."""
    store = folder / "log.sqlite"
    server = subprocess.Popen([heed, "serve", "--policy", write_policy(folder, 100), "--store", store, "--listen", "127.0.0.1:0"],
                              stderr=subprocess.PIPE, text=True)
    port = next(re.search(r":(\d+)", line.split("listening on")[1])[1] for line in server.stderr if "listening on" in line)
    request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/decisions", write_cases(folder, 300).read_bytes(),
                                     {"Content-Type": "application/x-ndjson"})
    urllib.request.urlopen(request).read()
    server.send_signal(signal.SIGTERM)
    server.wait()
    return count(folder, heed, "log", "verify", store, "--jobs", 1)


def in_a_folder(run, heed):
    with tempfile.TemporaryDirectory() as folder:
        return run(heed, pathlib.Path(folder))


RUNS = {"load the standard policy, a byte": standard_policy,
        "decide a case by 100 rules": decide(100, 1000),
        "decide a case by 10,000 rules": decide(10000, 1000),
        "verify a log of 300 decisions": verify}


def made_with(heed):
    """What the counts depend on, but for the program's own text."""
    compiler = subprocess.run(["readelf", "-p", ".comment", heed], capture_output=True, text=True).stdout
    cache = pathlib.Path(heed).resolve().parent / "CMakeCache.txt"
    flags = re.search(r"CMAKE_CXX_FLAGS_RELEASE:STRING=(.*)", cache.read_text()) if cache.exists() else None
    libraries = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}\n", "libc6", "libstdc++6", "libsqlite3-0", "libssl3", "libicu72"],
                               capture_output=True, text=True).stdout.split("\n")
    return {"compiler": re.findall(r"GCC: \(([^)]*)\)", compiler)[:1], "flags": flags[1] if flags else "unknown",
            "machine": os.uname().machine, "valgrind": subprocess.run(["valgrind", "--version"], capture_output=True, text=True).stdout.strip(),
            "libraries": [line for line in libraries if line]}


def compare(name, now, before):
    """One line for a person; whether it is too much."""
    if before is None:
        return f"{name}: {now:,.0f}, not kept yet: --renew keeps it", True
    change = now / before - 1
    line = f"{name}: {now:,.0f} instructions, {change:+.1%} beside {before:,.0f}"
    if change > GROWTH:
        return line + f": more than {GROWTH:.0%}. Where that is worth it, --renew", True
    return line + (": keep the gain with --renew" if change < -GROWTH else ""), False


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("heed")
    words.add_argument("--renew", action="store_true")
    options = words.parse_args()
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {"made_with": {}, "instructions": {}}
    around = made_with(options.heed)
    same = around == kept["made_with"]
    found, too_much = {}, []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as together:  # counts do not mind company
        for name, number in zip(RUNS, together.map(lambda run: in_a_folder(run, options.heed), RUNS.values())):
            found[name] = number
            line, grew = compare(name, number, kept["instructions"].get(name))
            too_much += [name] * grew
            print(line, flush=True)
    if options.renew:
        KEPT.write_text(json.dumps({"made_with": around, "instructions": {name: round(value, 1) for name, value in found.items()}}, indent=2) + "\n")
        return 0
    if not same:
        different = [f"{name}: {around[name]}, kept: {kept['made_with'].get(name)}" for name in around if around[name] != kept["made_with"].get(name)]
        print("not comparable, for something else counts here:\n  " + "\n  ".join(different))
        return 0
    return 1 if too_much else 0


if __name__ == "__main__":
    sys.exit(main())
