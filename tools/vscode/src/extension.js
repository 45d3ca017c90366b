// The editor's side: starts `heed lsp` and hands everything on. What the server answers is the
// server's business; here stand only the two things that VS Code alone can do.
"use strict";
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

function start() {
  const settings = vscode.workspace.getConfiguration("heed");
  const run = { command: settings.get("path", "heed"), args: ["lsp"] };
  client = new LanguageClient(
    "heed",
    "Heed",
    { run, debug: run },
    {
      documentSelector: [{ language: "heed", scheme: "file" }, { language: "heed", scheme: "untitled" }],
      initializationOptions: { showReferences: true, runTests: settings.get("runTests", true) },
    },
  );
  return client.start().catch((error) => {
    vscode.window.showErrorMessage(
      `Heed: cannot start \`${run.command} lsp\` (${error.message}). Set heed.path to the program.`,
    );
  });
}

/** The server's lens names URIs and places as JSON; VS Code's own command wants its own objects. */
function showReferences(uri, position, locations) {
  const convert = client.protocol2CodeConverter;
  return vscode.commands.executeCommand(
    "editor.action.showReferences",
    convert.asUri(uri),
    convert.asPosition(position),
    locations.map(convert.asLocation),
  );
}

exports.activate = async (context) => {
  context.subscriptions.push(
    vscode.commands.registerCommand("heed.showReferences", showReferences),
    vscode.commands.registerCommand("heed.restart", async () => {
      await exports.deactivate();
      await start();
    }),
  );
  await start();
};

exports.deactivate = async () => {
  const running = client;
  client = undefined;
  if (running && running.needsStop()) await running.stop();
};
