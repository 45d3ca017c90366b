#include "server/cli/lines.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "engine/base/limits.hpp"
#include "server/cli/policy.hpp"
#include "server/cli/subject.hpp"
#include "server/cli/terminal.hpp"
#include "server/json/decision.hpp"
#include "server/json/problem.hpp"

namespace heed::cli {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

/// Lines of a file, each at most limits::case_bytes_max bytes and one more: what is longer is cut
/// there, so that it is refused as too large and costs no more memory.
class Lines {
 public:
  explicit Lines(std::FILE* file) : file_{file} { block_.resize(1 << 16); }

  /// The next line without its end; false at the end of the file.
  bool next(std::string& line) {
    line.clear();
    bool any = false;
    for (;;) {
      if (at_ == end_ && !fill()) return any;
      any = true;
      auto const* const from = block_.data() + at_;
      auto const* const stop = static_cast<char const*>(std::memchr(from, '\n', end_ - at_));
      std::size_t const count =
          stop != nullptr ? static_cast<std::size_t>(stop - from) : end_ - at_;
      std::size_t const room = limits::case_bytes_max + 1 - line.size();
      line.append(from, std::min(count, room));
      at_ += count + (stop != nullptr ? 1 : 0);
      if (stop != nullptr) break;
    }
    if (line.ends_with('\r')) line.pop_back();
    return true;
  }

  bool failed() const { return std::ferror(file_) != 0; }

 private:
  bool fill() {
    at_ = 0;
    end_ = 0;
    for (;;) {  // read(2), so that a line is answered as soon as it is there
      auto const count = ::read(fileno(file_), block_.data(), block_.size());
      if (count < 0 && errno == EINTR) continue;
      end_ = count > 0 ? static_cast<std::size_t>(count) : 0;
      return count > 0;
    }
  }

  std::FILE* file_;
  std::string block_;
  std::size_t at_ = 0, end_ = 0;

 public:
  /// Whether a whole read has been used up: the moment to hand on what was answered.
  bool is_drained() const { return at_ == end_; }
};

/// The answer to one line, with its line end, appended to `out`. False where it was no case.
bool answer(RuleSet const& rules, Source const* source, std::optional<Instant> at,
            EngineVersion const& engine, std::string const& line, std::string& out) {
  auto const subject = read_subject(rules, source, line);
  if (subject) {
    auto const decision = decide(rules, subject.value(), moment_of(subject.value(), at));
    json::write_decision(out, decision, engine);
  } else {
    json::write_problem(out, json::to_problem(subject.error()));
  }
  out += '\n';
  return static_cast<bool>(subject);
}

File open_input(std::string const& path) {
  File file{path == "-" ? stdin : std::fopen(path.c_str(), "rb")};
  if (!file) tell({"file.unreadable", "cannot read `" + path + "`: " + std::strerror(errno), ""});
  return file;
}

}  // namespace

int decide_lines(Decide const& options) {
  auto const rules = load_rules(options.policy);
  if (!rules) return cannot;
  auto const source = choose_source(*rules, options.source);
  auto const at = read_moment(*rules, options.at);
  if (!source || !at) {
    tell(source ? at.error() : source.error());
    return cannot;
  }
  File const input = open_input(options.input);
  if (!input) return cannot;

  EngineVersion const engine = engine_version();
  Progress progress{"decided"};
  Lines lines{input.get()};
  std::string line, out;
  std::uint64_t decided = 0, refused = 0;
  while (lines.next(line)) {
    if (!answer(*rules, source.value(), at.value(), engine, line, out)) ++refused;
    progress.show(++decided);
    if (out.size() < (1u << 16) && !lines.is_drained()) continue;
    if (!put(stdout, out) || std::fflush(stdout) != 0) return cannot;
    out.clear();
  }
  if (!put(stdout, out)) return cannot;
  if (refused > 0)
    put(stderr, std::to_string(refused) + " of " + std::to_string(decided) +
                    " lines were no case that can be decided; each is answered in its place\n");
  return refused > 0 ? does_not_hold : done;
}

}  // namespace heed::cli
