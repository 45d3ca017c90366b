"""Large policies and long histories: what starts, memory and reloading take, and deciding then.

    python3 tests/bench/scale.py build/release/heed rules [--rules 100000]      a policy of so many rules
    python3 tests/bench/scale.py build/release/heed events [--events 10000000]  a store with so many events

Files are made in --folder (the system's own for such files) and removed. A log of millions of records is
`ninja bench_log_scale`'s work. Prints what was measured; never a test.
"""
import argparse
import http.client
import json
import os
import pathlib
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "peers"))
import forms  # noqa: E402
import workload  # noqa: E402


class Server:
    def __init__(self, heed, policy, store):
        self.begun = time.monotonic()
        self.process = subprocess.Popen([heed, "serve", "--policy", policy, "--store", store, "--listen", "127.0.0.1:0"],
                                        stderr=subprocess.PIPE, text=True)
        self.port = int(self.said(r"listening on http://[^ ]*:(\d+)")[1])
        self.started = time.monotonic() - self.begun
        self.http = http.client.HTTPConnection("127.0.0.1", self.port)

    def said(self, pattern):
        for line in self.process.stderr:
            if found := re.search(pattern, line):
                return found
        sys.exit("the server ended")

    def memory_mb(self, what):
        return int(re.search(rf"{what}:\s+(\d+)", pathlib.Path(f"/proc/{self.process.pid}/status").read_text())[1]) / 1024

    def processor_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def ask(self, method, path, body=None):
        """Milliseconds, and the answer."""
        begun = time.perf_counter()
        self.http.request(method, path, body, {"Content-Type": "application/json"})
        answer = self.http.getresponse()
        text = answer.read()
        if answer.status != 200:
            sys.exit(f"{method} {path}: {answer.status} {text[:300]}")
        return 1e3 * (time.perf_counter() - begun), text

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def told(what, taken):
    taken = sorted(taken)
    at = lambda part: taken[int(part * (len(taken) - 1))]
    print(f"{what}: p50 {at(0.5):.2f} ms, p99 {at(0.99):.2f} ms, longest {at(1):.2f} ms", flush=True)


def rules(heed, folder, count):
    chance = random.Random(f"policy {count}")
    policy = folder / "policy"
    policy.mkdir()
    made = [workload.rule(chance, number, count) for number in range(count)]
    head, *each = re.split(r"^(?=rule )", forms.heed({"rules": made}, workload.FACTS), flags=re.M)
    (policy / "vocabulary.heed").write_text(head)
    for first in range(0, count, 10000):  # a file holds 16 MiB at most
        (policy / f"rules_{first:07}.heed").write_text("".join(each[first:first + 10000]))
    size = sum(file.stat().st_size for file in policy.iterdir())
    print(f"{count:,} rules, {size / 1e6:.1f} MB of text")
    cases = [workload.make_case(chance, number) for number in range(1000)]
    server = Server(heed, policy, folder / "rules.sqlite")
    used = server.processor_seconds()
    print(f"start until it listens: {server.started:.1f} s, {used:.1f} s of processor time; "
          f"memory {server.memory_mb('VmRSS'):.0f} MB, at most {server.memory_mb('VmHWM'):.0f} MB")
    matched = []
    def decide(number):
        taken, text = server.ask("POST", "/v1/preview", json.dumps(cases[number]))
        matched.append(len(json.loads(text)["rules"]["fired"]))
        return taken
    decide(0)
    told("a decision over HTTP, not logged", [decide(number) for number in range(500)])
    print(f"rules that fire: {sum(matched) / len(matched):.1f} a case")
    begun, used = time.monotonic(), server.processor_seconds()
    first = next(iter(sorted(policy.glob("rules_*.heed"))))
    first.write_text(first.read_text() + "# read again\n")
    server.process.send_signal(signal.SIGHUP)
    longest = 0
    revision = json.loads(server.ask("POST", "/v1/preview", json.dumps(cases[0]))[1])["policy"]["revision"]
    while True:  # decisions go on meanwhile
        taken, text = server.ask("POST", "/v1/preview", json.dumps(cases[0]))
        longest = max(longest, taken)
        if json.loads(text)["policy"]["revision"] != revision:
            break
        time.sleep(0.01)
    print(f"reload: {time.monotonic() - begun:.1f} s, {server.processor_seconds() - used:.1f} s of processor time; the "
          f"slowest decision meanwhile {longest:.1f} ms; memory at most {server.memory_mb('VmHWM'):.0f} MB")
    server.stop()


POLICY = '''policy bench "Measured"
need functional n "N"
fact case.topic is one of bill, line, parcel
event contact
  channel is one of phone, web
rule often
  when count of contact in last 30 days where (channel is phone) >= 3
  then n is violated
rule lately
  when time since last contact < 2 days
  then n is threatened
'''


def fill(store, count, subjects):
    """Events of the last five years, of customers in no order. They go around the server, or it would take hours; the
    server reads them as any others."""
    database = sqlite3.connect(store)
    database.execute("PRAGMA synchronous = OFF")
    indexes = database.execute("SELECT name, sql FROM sqlite_master WHERE tbl_name = 'events' AND sql LIKE 'CREATE INDEX%'").fetchall()
    for name, _ in indexes:
        database.execute(f"DROP INDEX {name}")
    begin = int(time.time() - 5 * 365 * 86400) * 1_000_000
    step = 5 * 365 * 86400 * 1_000_000 // count
    database.execute(
        f"""INSERT INTO events (sequence, id, event, subject, at, recorded_at, fields, origin)
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {count - 1})
            SELECT i + 1, printf('%08x-0000-7000-8000-%012x', i, i), 'contact', 'c-' || (i * 7919 % {subjects}),
                   {begin} + i * {step}, {begin} + i * {step},
                   CASE i % 2 WHEN 0 THEN '{{"channel":"phone"}}' ELSE '{{"channel":"web"}}' END, 'api' FROM n""")
    for _, sql in indexes:
        database.execute(sql)
    database.commit()
    database.close()


def events(heed, folder, count):
    policy, store = folder / "policy.heed", folder / "events.sqlite"
    policy.write_text(POLICY)
    Server(heed, policy, store).stop()
    subjects = count // 20
    begun = time.monotonic()
    fill(store, count, subjects)
    print(f"{count:,} events of {subjects:,} customers, {store.stat().st_size / 1e9:.1f} GB, put there in {time.monotonic() - begun:.0f} s")
    server = Server(heed, policy, store)
    print(f"start until it listens: {server.started:.2f} s; memory {server.memory_mb('VmRSS'):.0f} MB")
    case = lambda number: json.dumps({"subject": f"c-{number * 7907 % subjects}", "facts": {"case.topic": "bill"}})
    told("a durable decision with the customer's history", [server.ask("POST", "/v1/decisions", case(number))[0] for number in range(500)])
    told("the same without keeping it", [server.ask("POST", "/v1/preview", case(number))[0] for number in range(500)])
    told("the view of a customer", [server.ask("GET", f"/v1/subjects/c-{number * 104729 % subjects}")[0] for number in range(500)])
    told("an event more", [server.ask("POST", "/v1/events", json.dumps({"event": "contact", "subject": f"c-{number}", "channel": "web"}))[0]
                           for number in range(300)])
    print(f"memory {server.memory_mb('VmRSS'):.0f} MB")
    server.stop()


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("heed")
    words.add_argument("what", choices=["rules", "events"])
    words.add_argument("--rules", type=int, default=100_000)
    words.add_argument("--events", type=int, default=10_000_000)
    words.add_argument("--folder")
    options = words.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        if options.what == "rules":
            rules(options.heed, pathlib.Path(folder), options.rules)
        else:
            events(options.heed, pathlib.Path(folder), options.events)


if __name__ == "__main__":
    main()
