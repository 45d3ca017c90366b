"""Measures the server: durable decisions beside a constant answer, a bare epoll loop, and ZEN behind node:http.

    python3 tests/bench/http/run.py [--quick] [--build build/release] [--write]

Server and wrk share all processors; cases are those of tests/bench/peers, rules 100. Round after round
each server is asked over 1, 16, 64 and 256 connections, in turns. Then decisions come at half the rate that the durable
log took at 64 connections, and the disk's own fdatasync is timed beside it. Needs wrk and what peers/run.py needs.
"""
import argparse
import fcntl
import json
import os
import pathlib
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(HERE.parent / "peers"))
import report  # noqa: E402

CONNECTIONS = [1, 16, 64, 256]
SERVERS = {"bare": "a bare epoll loop, constant answer", "constant": "Heed, constant answer",
           "durable": "Heed, each decision on disk before it is answered", "zen": "ZEN behind node:http, nothing kept"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    """A server on a port of its own."""

    def __init__(self, name, options, folder):
        self.port = free_port()
        data = ROOT / "build/bench_peers"
        heed = [options.build / "heed", "serve", "--policy", data / "policy_100.heed", "--store",
                pathlib.Path(folder) / f"{name}.sqlite", "--listen", f"127.0.0.1:{self.port}", "--threads", 1, "--log-level", "error"]
        words = {"bare": [data / "bare", self.port], "durable": heed, "constant": [*heed, "--constant"],
                 "zen": ["node", HERE / "zen.mjs", self.port, data, 100]}[name]
        self.process = subprocess.Popen(list(map(str, words)), stdout=subprocess.DEVNULL)
        for _ in range(500):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        sys.exit(f"{name} does not listen")

    def processor_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def in_ms(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}[unit]


def load(server, connections, seconds, rate=None):
    """What wrk says: requests a second, p50 and p99 in milliseconds; and what the server computed for each."""
    around = {**os.environ, "HEED_CASES": str(ROOT / "build/bench_peers/cases.jsonl"), "HEED_CONNECTIONS": str(connections)}
    if rate:
        around["HEED_RATE"] = str(rate)
    before = server.processor_seconds()
    said = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", HERE / "cases.lua",
                           f"http://127.0.0.1:{server.port}"], capture_output=True, text=True, env=around).stdout
    if "Non-2xx" in said or "Socket errors" in said or "Requests/sec" not in said:
        sys.exit(f"not every request was answered: {said}")
    done = int(re.search(r"(\d+) requests in", said)[1])
    quantile = lambda part: in_ms(re.search(rf"^\s+{part}%\s+(\S+)", said, re.M)[1])
    return {"per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), "p50": quantile(50), "p99": quantile(99),
            "processor_us": 1e6 * (server.processor_seconds() - before) / max(1, done)}


def fsync_ms(folder, times=400):
    """What this disk takes to keep 4 KB, one after the other, ascending."""
    taken = []
    with open(pathlib.Path(folder) / "fsync", "wb", buffering=0) as file:
        for _ in range(times):
            file.write(bytes(4096))
            begun = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append(1e3 * (time.perf_counter() - begun))
    return sorted(taken)


def measure(options):
    found = {"rounds": options.rounds, "seconds": options.seconds, "runs": []}
    with tempfile.TemporaryDirectory(dir=options.folder) as folder, open(options.lock or os.devnull, "w") as lock:
        servers = {name: Running(name, options, folder) for name in SERVERS}
        try:
            for turn in range(options.rounds):
                for connections in CONNECTIONS:
                    names = list(SERVERS)
                    for name in names[turn % 4:] + names[:turn % 4]:
                        fcntl.flock(lock, fcntl.LOCK_EX)
                        line = load(servers[name], connections, options.seconds)
                        fcntl.flock(lock, fcntl.LOCK_UN)
                        found["runs"].append({"server": name, "connections": connections, "round": turn, **line})
                        print(f"round {turn + 1}, {connections:3} connections, {name}: {line['per_second']:,.0f}/s, p99 {line['p99']:.2f} ms", flush=True)
            peak = statistics.median(run["per_second"] for run in found["runs"] if (run["server"], run["connections"]) == ("durable", 64))
            fcntl.flock(lock, fcntl.LOCK_EX)
            alone = fsync_ms(folder)
            found["half"] = load(servers["durable"], 64, max(4, options.seconds), peak / 2)
            beside = fsync_ms(folder)
            fcntl.flock(lock, fcntl.LOCK_UN)
            found["half"].update(wanted=peak / 2, fsync_p50=statistics.median(alone + beside),
                                 fsync_p99=max(each[int(0.99 * len(each))] for each in (alone, beside)))
        finally:
            for server in servers.values():
                server.stop()
    return found


def value(found, server, connections, what):
    return statistics.median(run[what] for run in found["runs"] if (run["server"], run["connections"]) == (server, connections))


def ratio(found, one, other, connections):
    by_round = lambda server: {run["round"]: run["per_second"] for run in found["runs"]
                               if (run["server"], run["connections"]) == (server, connections)}
    above, below = by_round(one), by_round(other)
    return statistics.median(above[turn] / below[turn] for turn in above)


def tables(found):
    head = ["| | " + " | ".join(f"{count} connection{'s' * (count > 1)}" for count in CONNECTIONS) + " | processor time, 64 |",
            "|---" * (len(CONNECTIONS) + 2) + "|"]
    rows = ["| " + (f"**{title}**" if name == "durable" else title) + " | " + " | ".join(
        f"{value(found, name, count, 'per_second'):,.0f}/s, {value(found, name, count, 'p99'):.2f} ms" for count in CONNECTIONS) +
        f" | {value(found, name, 64, 'processor_us'):.1f} µs |" for name, title in SERVERS.items()]
    half = found["half"]
    durable, constant = ratio(found, "durable", "constant", 64), ratio(found, "constant", "bare", 64)
    met = lambda holds: "yes" if holds else "**no**"
    return "\n".join([
        f"Requests a second and p99; median of {found['rounds']} rounds of {found['seconds']} s each.", "", *head, *rows, "",
        f"At {half['per_second']:,.0f} decisions a second over 64 connections (half of what the durable log took): p50 "
        f"{half['p50']:.2f} ms, p99 {half['p99']:.2f} ms; the disk's own fdatasync of 4 KB before and after: p50 "
        f"{half['fsync_p50']:.2f} ms, p99 {half['fsync_p99']:.2f} ms.", "",
        "| compared | goal | measured | met |", "|---|---|---|---|",
        f"| durable decisions against the constant answer, 64 connections | 0.35 | {durable:.2f} | {met(durable >= 0.35)} |",
        f"| constant answer against the bare loop, 64 connections | 0.7 | {constant:.2f} | {met(constant >= 0.7)} |",
        f"| p99 of a durable decision at half its peak rate | under 10 ms | {half['p99']:.1f} ms | {met(half['p99'] < 10)} |"])


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--quick", action="store_true")
    words.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    words.add_argument("--folder", help="on the disk that shall be measured; the system's own for such files where not given")
    words.add_argument("--rounds", type=int, help="5, or 1 with --quick")
    words.add_argument("--seconds", type=int, help="of each measurement; 5, or 2 with --quick")
    words.add_argument("--lock", help="held while a server is measured, where others measure on the same machine")
    words.add_argument("--write", action="store_true", help="into docs/performance.md")
    options = words.parse_args()
    options.rounds = options.rounds or (1 if options.quick else 5)
    options.seconds = options.seconds or (2 if options.quick else 5)
    data = ROOT / "build/bench_peers"
    if not (data / "zen_100.json").exists():
        sys.exit("run peers/run.py first: it makes the policy and the cases")
    subprocess.run(["g++", "-std=c++20", "-O3", "-DNDEBUG", HERE / "bare.cpp", "-o", data / "bare"], check=True)
    found = measure(options)
    (data / "http.json").write_text(json.dumps(found))
    text = tables(found)
    print(text)
    if options.write:
        report.put(ROOT / "docs/performance.md", "http", text)


if __name__ == "__main__":
    main()
