"""The language server inside a real editor: Neovim, without a screen, with its own client and the configuration that
tools/neovim offers. Skipped where nvim is absent.

HEED_RECORD=1 writes down what Neovim sends, into tests/e2e/lsp/neovim.jsonl, for test_lsp.py to replay."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import support

SCRIPTS = support.ROOT / "tests/e2e/lsp"
RULES = """rule third_time "The third contact"
  when לקוח.פניותת >= 3
  then do call by team_lead
"""
VOCABULARY = """policy shop "A shop"
  languages en, he
  zone "Asia/Jerusalem"

fact לקוח.פניות is whole number
  title he "מספר הפניות"
fact customer.tier is one of standard < silver < gold
role agent
role team_lead above agent
action call "Call back"
"""


def run_neovim():
    with tempfile.TemporaryDirectory() as top:
        folder = pathlib.Path(top, "policy")
        folder.mkdir()
        (folder / "rules.heed").write_text(RULES)
        (folder / "vocabulary.heed").write_text(VOCABULARY)
        results = pathlib.Path(top, "results.json")
        heed, record = support.HEED, None
        if os.environ.get("HEED_RECORD"):
            record = pathlib.Path(top, "record.bin")
            heed = pathlib.Path(top, "heed")
            heed.write_text(f'#!/bin/bash\nexec "{support.HEED}" "$@" < <(tee "{record}")\n')
            heed.chmod(0o755)
        run = subprocess.run(
            ["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", f"luafile {support.ROOT}/tools/neovim/heed.lua",
             "-c", f"luafile {SCRIPTS}/neovim.lua"],
            capture_output=True, text=True, timeout=300,
            env={**os.environ, "HEED": str(heed), "HEED_FOLDER": str(folder), "HEED_RESULTS": str(results),
                 "XDG_STATE_HOME": top, "XDG_DATA_HOME": top, "XDG_CACHE_HOME": top, "HOME": top})
        if record:
            keep(record.read_bytes(), str(folder))
        if not results.exists():
            raise AssertionError("neovim wrote no results: " + run.stdout + run.stderr)
        return json.loads(results.read_text())


def keep(recorded, folder):
    """One message a line, without what is only of that run: the folder, the process."""
    lines = []
    while recorded:
        head, _, recorded = recorded.partition(b"\r\n\r\n")
        size = int(head.split(b":")[1])
        message = json.loads(recorded[:size])
        recorded = recorded[size:]
        if message.get("method") == "initialize":
            message["params"]["processId"] = None
        lines.append(json.dumps(message, ensure_ascii=False, sort_keys=True).replace(folder, "/FOLDER"))
    (SCRIPTS / "neovim.jsonl").write_text("\n".join(lines) + "\n")


@unittest.skipUnless(shutil.which("nvim"), "nvim is not here: apt-get install neovim")
class Neovim(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.results = run_neovim()

    def test_every_step_was_done(self):
        self.assertNotIn("problem", self.results)
        for step, came in self.results.items():
            if step.endswith(" came"):
                self.assertTrue(came, step)

    def test_mistakes_appear_with_what_was_meant(self):
        self.assertEqual(len(self.results["diagnostics"]), 1)
        self.assertIn("did you mean `לקוח.פניות`?", self.results["diagnostics"][0])

    def test_hover_and_definition(self):
        self.assertIn("whole number", self.results["hover"])
        self.assertIn("מספר הפניות", self.results["hover"])
        self.assertTrue(self.results["definition"].endswith("/vocabulary.heed"))

    def test_completion_knows_the_values(self):
        self.assertEqual(self.results["completion"][:3], ["standard", "silver", "gold"])

    def test_rename_and_format(self):
        self.assertIn("  when לקוח.קשרים >= 3\n   and customer.tier is gold\n".replace("\n   and", " and"),
                      self.results["text"] + "\n")
        self.assertIn("fact לקוח.קשרים is whole number", self.results["renamed_elsewhere"])


if __name__ == "__main__":
    support.main()
