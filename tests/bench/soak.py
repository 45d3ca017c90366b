"""Lets a server work at half the rate that it can take, and fails where it grows, leaks or forgets.

    python3 tests/bench/soak.py build/release/heed [--minutes 10] [--connections 16] [--keep FOLDER]

First the rate is measured with single decisions, as many as this client can send: on a machine of few processors the
client is half of the limit. Then half of that rate, mixed: decisions, batches, reads, requests that are refused, new
connections, a policy that changes four times a minute. Memory and open files of the server are read from /proc each
second. It fails where

- the median of the memory in the last fifth is more than `--growth` MiB (16) above that of the second fifth,
- more files are open at the end, when all clients have gone, than before the first came, but for 4,
- an answer is not the one that is meant, or a decision could not be logged,
- the log does not hold, or holds fewer decisions than were answered.
"""
import argparse
import asyncio
import json
import os
import pathlib
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
POLICY = ROOT / "rules/service_recovery"


def head(method, path, body=b"", kind="application/json"):
    return (f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
            .encode() + body)


class Clients:
    """Connections that each send the next request when the last is answered, at a pace or without one."""

    def __init__(self, port, count, chance):
        self.port, self.count, self.chance = port, count, chance
        case = json.dumps(json.loads((POLICY / "cases/blamed-en.json").read_text())).encode()
        self.decision = head("POST", "/v1/decisions", case)
        self.batch = head("POST", "/v1/decisions", b"\n".join([case] * 10), "application/x-ndjson")
        self.refused = [(head("POST", "/v1/decisions", b"{"), 400), (head("GET", "/v1/nothing"), 404),
                        (head("POST", "/v1/decisions", b'{"at": "noon"}'), 422), (head("PUT", "/v1/decisions", b"{}"), 405)]
        self.last_id = None
        self.decided = self.answered = 0
        self.wrong = []

    def choose(self):
        draw = self.chance.random()
        if draw < 0.80:
            return self.decision, 200, 1
        if draw < 0.84:
            return self.batch, 200, 10
        if draw < 0.90 and self.last_id:
            return head("GET", "/v1/decisions/" + self.last_id), 200, 0
        if draw < 0.95:
            return head("GET", "/v1/decisions?limit=5&rule=blamed_for_the_mistake"), 200, 0
        return *self.chance.choice(self.refused), 0

    async def ask(self, reader, writer, request):
        writer.write(request)
        status = int((await reader.readline()).split()[1])
        length = None
        while line := (await reader.readline()).strip():
            name, value = line.lower().split(b":", 1)
            if name == b"content-length":
                length = int(value)
        if length is not None:
            return status, await reader.readexactly(length)
        body = b""  # in chunks
        while size := int(await reader.readline(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
        return status, body

    async def work(self, until, pace, mixed):
        reader = writer = None
        due = time.monotonic() + self.chance.random() * pace
        while (now := time.monotonic()) < until:
            if due > now:
                await asyncio.sleep(due - now)
            due = max(due + pace, now - 1)  # what was missed in more than a second is not made up for
            if writer is None:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            request, expected, decisions = self.choose() if mixed else (self.decision, 200, 1)
            status, body = await self.ask(reader, writer, request)
            self.answered += 1
            if status != expected:
                self.wrong.append(f"{status}, not {expected}: {body[:200]!r}")
                continue
            self.decided += decisions
            if request is self.decision:
                self.last_id = body[7:43].decode()
            if mixed and self.chance.random() < 0.01:
                writer.close()
                writer = None
        if writer:
            writer.close()

    def run(self, seconds, rate=None, mixed=False, beside=None):
        """Requests a second."""
        async def all_of_them():
            until = time.monotonic() + seconds
            pace = self.count / rate if rate else 0
            work = [self.work(until, pace, mixed) for _ in range(self.count)]
            await asyncio.gather(*work, *([beside(until)] if beside else []))
        before, began = self.answered, time.monotonic()
        asyncio.run(all_of_them())
        return (self.answered - before) / (time.monotonic() - began)


class Server:
    def __init__(self, program, folder):
        self.policy, self.store = folder / "policy", folder / "heed.sqlite"
        shutil.copytree(POLICY, self.policy)
        self.said = folder / "server.log"
        self.process = subprocess.Popen(
            [program, "serve", "--policy", self.policy, "--store", self.store, "--listen", "127.0.0.1:0"],
            stderr=self.said.open("w"), stdout=subprocess.DEVNULL)
        for _ in range(500):
            if found := re.search(r"http://127\.0\.0\.1:(\d+)", self.said.read_text()):
                self.port = int(found[1])
                return
            time.sleep(0.02)
        sys.exit("the server does not listen: " + self.said.read_text())

    def memory_mib(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def files(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def change_policy(self, number):
        (self.policy / "soak.heed").write_text(f"score soak_{number} from 0 to 10\n")
        self.process.send_signal(signal.SIGHUP)


def soak(server, clients, seconds, rate):
    samples = []

    async def watch(until):
        while time.monotonic() < until:
            samples.append((server.memory_mib(), server.files()))
            if len(samples) % 15 == 0:
                server.change_policy(len(samples) % 30)
            await asyncio.sleep(1)
    reached = clients.run(seconds, rate, mixed=True, beside=watch)
    return samples, reached


def judge(options, server, clients, samples, files_before):
    faults = list(clients.wrong[:5])
    fifth = max(1, len(samples) // 5)
    early = statistics.median(memory for memory, _ in samples[fifth:2 * fifth])
    late = statistics.median(memory for memory, _ in samples[-fifth:])
    print(f"memory: {early:.0f} MiB early, {late:.0f} late, {max(memory for memory, _ in samples):.0f} at most")
    if late - early > options.growth:
        faults.append(f"memory grew by {late - early:.1f} MiB, more than {options.growth}")
    time.sleep(3)
    files = server.files()
    print(f"open files: {files_before} before, {max(count for _, count in samples)} at most, {files} after")
    if files > files_before + 4:
        faults.append(f"{files - files_before} files more are open than before")
    metrics = asyncio.run(one_request(clients, "/metrics")).decode()
    not_logged = re.search(r'heed_decisions_total\{outcome="not_logged"\} (\d+)', metrics)
    if not_logged is None or not_logged[1] != "0":
        faults.append("decisions were not logged: " + (not_logged[1] if not_logged else "no such figure"))
    server.process.send_signal(signal.SIGTERM)
    if server.process.wait(60) != 0:
        faults.append("the server ended with " + str(server.process.returncode))
    verified = subprocess.run([options.program, "log", "verify", server.store], capture_output=True, text=True)
    print(verified.stdout.splitlines()[0] if verified.stdout else verified.stderr)
    records = re.search(r"holds: (\d+) records", verified.stdout)
    if verified.returncode != 0 or not records:
        faults.append("the log does not hold")
    elif int(records[1]) < clients.decided:
        faults.append(f"{clients.decided} decisions were answered, {records[1]} are in the log")
    return faults


async def one_request(clients, path):
    reader, writer = await asyncio.open_connection("127.0.0.1", clients.port)
    _, body = await clients.ask(reader, writer, head("GET", path))
    writer.close()
    return body


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--growth", type=float, default=16, help="MiB")
    parser.add_argument("--keep", help="a folder for the store and what the server says")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.keep or temporary)
        folder.mkdir(exist_ok=True)
        server = Server(options.program, folder)
        try:
            files_before = server.files()
            clients = Clients(server.port, options.connections, random.Random(20261122))
            clients.run(2)
            peak = clients.run(8)
            print(f"peak: {peak:.0f} decisions a second over {options.connections} connections")
            samples, reached = soak(server, clients, options.minutes * 60, peak / 2)
            print(f"{options.minutes:g} minutes at {reached:.0f} requests a second: {clients.answered} answered, "
                  f"{clients.decided} decisions, {len(clients.wrong)} answers wrong")
            faults = judge(options, server, clients, samples, files_before)
        finally:
            server.process.kill()
    print("\n".join(faults) or "nothing grew, nothing leaked, the log holds")
    sys.exit(bool(faults))


main()
