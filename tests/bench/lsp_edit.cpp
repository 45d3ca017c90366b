// How long an editor waits: from a keystroke in a policy of 1,000 rules (or as many as are asked
// for) until the mistakes of the whole policy are told, and until a list of completions is there.
//   ninja -C build/release bench_lsp_edit && build/release/tests/bench_lsp_edit [RULES] [FILES]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "server/lsp/session.hpp"

namespace {

using heed::lsp::Session;
using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

std::string vocabulary(int rules) {
  std::string text = "policy bench \"Bench\"\n  languages en\n";
  text += "need psychological respect \"Respect\"\nrole agent\nrole lead above agent\n";
  text += "phase respond, close\nscore risk from 0 to 100\n";
  for (int at = 0; at < rules / 5 + 1; ++at) {
    auto const number = std::to_string(at);
    text += "fact case.f" + number + " is number\n";
    text += "fact customer.t" + number + " is one of low < middle < high\n";
    text += "action act" + number + "\n  phase respond\n  takes amount is money, largest\n";
  }
  return text;
}

std::string rule(int at) {
  auto const name = std::to_string(at), of = std::to_string(at / 5);
  return "rule r" + name + " \"Rule " + name + "\"\n  source S" + name + "\n  when case.f" + of +
         " > " + std::to_string(at % 90) + "\n   and customer.t" + of +
         " is one of middle, high\n   and not (case.f" + of + " > 95)\n  then do act" + of +
         " amount " + name + " ILS by lead within 2 hours\n       add 5 to risk\n" +
         "  because en \"For reason " + name + ".\"\n\n";
}

std::string file_name(int file) {
  return "rules" + std::to_string(file) + ".heed";
}
void send(Session& session, std::string const& method, Json params, bool asks = false) {
  Json message = {{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}};
  if (asks) message["id"] = 1;
  session.handle(message.dump());
}

void print(char const* what, std::vector<double> milliseconds) {
  std::ranges::sort(milliseconds);
  auto const at = [&](double part) {
    return milliseconds[static_cast<std::size_t>(part *
                                                 static_cast<double>(milliseconds.size() - 1))];
  };
  std::printf("%-22s median %7.2f ms   95%% %7.2f ms   most %7.2f ms\n", what, at(0.5), at(0.95),
              at(1));
}

double since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

}  // namespace

int main(int count, char** words) {
  int const rules = count > 1 ? std::atoi(words[1]) : 1'000;
  int const files = count > 2 ? std::atoi(words[2]) : 10;
  std::vector<heed::SourceText> disk{{"vocabulary.heed", vocabulary(rules)}};
  for (int file = 0; file < files; ++file) {
    std::string text;
    for (int at = file * rules / files; at < (file + 1) * rules / files; ++at) text += rule(at);
    disk.push_back({file_name(file), text});
  }
  Session session{{[&](std::string const&) { return disk; }}};
  send(session, "initialize", {{"rootUri", "file:///bench"}, {"capabilities", Json::object()}},
       true);
  std::string const open = "file:///bench/" + file_name(0);
  send(session, "textDocument/didOpen",
       {{"textDocument", {{"uri", open}, {"version", 1}, {"text", disk[1].text}}}});
  while (session.waiting() == Session::Work::check) session.work();
  session.take_output();

  std::vector<double> edits, completions;
  for (int turn = 0; turn < 60; ++turn) {
    // A letter is put into the condition of a rule, or taken out again.
    Json const begin = {{"line", 2}, {"character", 12}};
    Json const end = {{"line", 2}, {"character", turn % 2 == 0 ? 12 : 13}};
    auto const start = Clock::now();
    send(session, "textDocument/didChange",
         {{"textDocument", {{"uri", open}, {"version", turn + 2}}},
          {"contentChanges",
           {{{"range", {{"start", begin}, {"end", end}}}, {"text", turn % 2 == 0 ? "x" : ""}}}}});
    session.work();
    auto const told = session.take_output();
    edits.push_back(since(start));
    auto const asked = Clock::now();
    send(session, "textDocument/completion",
         {{"textDocument", {{"uri", open}}}, {"position", begin}}, true);
    completions.push_back(since(asked));
    session.take_output();
    if (told.empty()) return std::puts("nothing was told"), 1;
  }
  std::printf("%d rules in %d files\n", rules, files);
  print("edit until told", edits);
  print("completion", completions);
  return 0;
}
