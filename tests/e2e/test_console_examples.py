"""Runs the `console` examples of the README and the docs: what stands after `$` is run, what follows must come out.

They run in a folder that has what the repository has, so that what they write stays out of it. A command goes on
over lines until its quotes and pipes end. `...` in the output stands for any text. Commands that name STORE, ID or a
server's own command line are only shown. A server listens where the documents say 8080; its store is in
/var/lib/heed, and `~` is a folder of the test's own.
"""
import os
import pathlib
import re
import shlex
import subprocess
import tempfile
import unittest

from support import HEED, POLICY, ROOT, Server, main

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
ONLY_SHOWN = re.compile(r"\b(STORE|ID|DIR)\b|heed serve|^\./(run|test)\.sh|git clone")


def examples(document):
    """Pairs of a command and the output that the document shows for it."""
    for block in re.findall(r"^```console\n(.*?)^```$", document.read_text("utf-8"), re.M | re.S):
        lines = block.splitlines()
        while lines:
            line = lines.pop(0)
            assert line.startswith("$ "), f"{document}: an example begins with `$ `, not {line!r}"
            command = line[2:]
            while lines and goes_on(command):
                command += "\n" + lines.pop(0)
            output = []
            while lines and not lines[0].startswith("$ "):
                output.append(lines.pop(0))
            yield command, "\n".join(output)


def goes_on(command):
    if command.rstrip().endswith(("|", "\\")):
        return True
    try:
        shlex.split(command)
        return False
    except ValueError:
        return True


def pattern_of(output):
    return re.compile(".*".join(re.escape(part) for part in output.split("...")), re.S)


class Console(unittest.TestCase):
    def test_examples_print_what_the_documents_show(self):
        ran = 0
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(HEED, pathlib.Path(folder) / "heed")
            for entry in ROOT.iterdir():
                os.symlink(entry, pathlib.Path(folder) / entry.name)
            server = Server(pathlib.Path(folder) / "heed.sqlite")
            try:
                for document in DOCUMENTS:
                    for command, output in examples(document):
                        if ONLY_SHOWN.search(command):
                            continue
                        with self.subTest(document=document.name, command=command):
                            self.run_example(command, output, folder, server.port)
                            ran += 1
            finally:
                server.stop()
        self.assertGreater(ran, 6)

    def run_example(self, command, output, folder, port):
        command = command.replace("127.0.0.1:8080", f"127.0.0.1:{port}").replace("build/release/heed", "heed")
        command = command.replace("/var/lib/heed/", folder + "/")
        done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, timeout=60,
                              env={**os.environ, "HOME": folder, "PATH": folder + ":" + os.environ["PATH"], "TERM": "dumb"})
        said = (done.stdout + done.stderr).strip()
        self.assertTrue(pattern_of(output.strip()).fullmatch(said), f"{said}\n-- is not\n{output}")


if __name__ == "__main__":
    main()
