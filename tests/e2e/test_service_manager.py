"""What systemd is told (sd_notify), and the unit file that is shipped."""
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

from support import HEED, ROOT, Server, heed, main

UNIT = ROOT / "tools/systemd/heed.service"


class Manager:
    """The end of the socket that systemd holds."""

    def __init__(self, name):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(name)
        self.socket.settimeout(20)

    def hear(self):
        return dict(line.split("=", 1) for line in self.socket.recv(4096).decode().splitlines())

    def hear_only(self, name):
        """The next word but those of the watchdog."""
        while True:
            heard = self.hear()
            if name in heard:
                return heard
            if set(heard) != {"WATCHDOG"}:
                raise AssertionError(f"{heard} came, not {name}")


class Notify(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        heed("new", self.folder / "policy")

    def serve(self, name, **env):
        manager = Manager(name)
        self.addCleanup(manager.socket.close)
        server = Server(self.folder / "heed.sqlite", self.folder / "policy",
                        env={"NOTIFY_SOCKET": name.replace("\0", "@"), **env})
        self.addCleanup(server.stop)
        return manager, server

    def test_it_is_told_when_the_server_listens_reads_again_and_stops(self):
        for name in (str(self.folder / "notify"), f"\0heed-{os.getpid()}"):
            manager, server = self.serve(name)
            ready = manager.hear()
            self.assertEqual(ready["READY"], "1")
            self.assertIn(str(server.port), ready["STATUS"])
            server.process.send_signal(signal.SIGHUP)
            reloading = manager.hear()
            self.assertEqual(reloading["RELOADING"], "1")
            self.assertLess(abs(int(reloading["MONOTONIC_USEC"]) / 1e6 - time.clock_gettime(time.CLOCK_MONOTONIC)), 10)
            self.assertEqual(manager.hear()["READY"], "1")
            self.assertEqual(server.stop(), 0)
            self.assertEqual(manager.hear()["STOPPING"], "1")
            manager.socket.settimeout(0.2)
            with self.assertRaises(TimeoutError):
                manager.hear()

    def test_a_watchdog_hears_from_a_living_server_until_it_stops(self):
        manager, server = self.serve(str(self.folder / "notify"), WATCHDOG_USEC="2000000")
        manager.hear_only("READY")
        begun = time.monotonic()
        for _ in range(3):
            self.assertEqual(manager.hear(), {"WATCHDOG": "1"})
        self.assertLess(time.monotonic() - begun, 8)
        server.process.send_signal(signal.SIGHUP)
        manager.hear_only("RELOADING")
        manager.hear_only("READY")
        server.stop()
        manager.hear_only("STOPPING")

    def test_another_process_watchdog_is_not_ours(self):
        manager, server = self.serve(str(self.folder / "notify"), WATCHDOG_USEC="1000000", WATCHDOG_PID="1")
        manager.hear_only("READY")
        time.sleep(2.5)
        server.stop()
        self.assertIn("STOPPING", manager.hear())

    def test_without_a_manager_or_with_one_that_is_gone_it_serves(self):
        for name in ("", "relative", "/nowhere/notify", "/" + "x" * 200):
            server = Server(self.folder / "heed.sqlite", self.folder / "policy", env={"NOTIFY_SOCKET": name})
            self.assertEqual(server.request("GET", "/readyz").status, 200)
            self.assertEqual(server.stop(), 0)

    def test_a_server_that_does_not_start_says_nothing(self):
        manager = Manager(str(self.folder / "notify"))
        started = heed("serve", "--policy", self.folder / "nowhere", "--store", self.folder / "s",
                       env={"NOTIFY_SOCKET": str(self.folder / "notify")})
        self.assertEqual(started.returncode, 2)
        manager.socket.settimeout(0.2)
        with self.assertRaises(TimeoutError):
            manager.hear()
        manager.socket.close()


class Credentials(unittest.TestCase):
    def test_a_file_that_systemd_hands_over_may_show_a_right_of_the_group_and_no_other(self):
        with tempfile.TemporaryDirectory() as folder:
            tokens = pathlib.Path(folder) / "tokens.json"
            heed("token", "add", "crm", "--role", "caller", "--tokens", tokens)
            for mode, handed_over, status in [(0o440, folder, 0), (0o440, "", 2), (0o440, "/elsewhere", 2),
                                              (0o444, folder, 2), (0o460, folder, 2), (0o400, "", 0)]:
                tokens.chmod(mode)
                listed = heed("token", "list", "--tokens", tokens, env={"CREDENTIALS_DIRECTORY": handed_over})
                self.assertEqual(listed.returncode, status, (oct(mode), handed_over, listed.stderr))


class Unit(unittest.TestCase):
    TEXT = UNIT.read_text()

    def test_it_starts_the_program_with_options_that_there_are(self):
        command = re.search(r"^ExecStart=/usr/bin/heed (.*)$", self.TEXT, re.M)[1]
        shown = heed("serve", "--help").stdout
        for option in re.findall(r"--[a-z-]+", command):
            self.assertIn(option, shown)
        for name in re.findall(r"%d/([\w.]+)", command):
            self.assertIn(f"LoadCredential={name}:", self.TEXT)

    def test_it_is_kept_from_what_it_does_not_need(self):
        for line in ("Type=notify", "DynamicUser=yes", "StateDirectory=heed", "ProtectSystem=strict", "NoNewPrivileges=yes",
                     "MemoryDenyWriteExecute=yes", "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
                     "SystemCallFilter=@system-service", "CapabilityBoundingSet=", "WatchdogSec=30", "UMask=0077"):
            self.assertRegex(self.TEXT, f"(?m)^{re.escape(line)}$")

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd is not here")
    def test_systemd_finds_nothing_wrong_with_it(self):
        with tempfile.TemporaryDirectory() as folder:
            unit = pathlib.Path(folder) / "heed.service"
            unit.write_text(self.TEXT.replace("/usr/bin/heed", HEED))
            done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)
            about_us = [line for line in done.stderr.splitlines() if "heed" in line]
            self.assertEqual(about_us, [])
            done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=20", unit],
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout[-300:])


if __name__ == "__main__":
    main()
