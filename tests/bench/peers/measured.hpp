// What the C++ programs here share: the workload's files, a case in a struct, processor time, the
// line that run.py reads.
#pragma once
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

using Json = nlohmann::json;

inline std::string read_file(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "%s cannot be read\n", path.c_str());
    std::exit(2);
  }
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Microseconds that this process computed, all its threads.
inline double processor_us() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  auto const us = [](timeval const& time) {
    return 1e6 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec);
  };
  return us(used.ru_utime) + us(used.ru_stime);
}

/// PROGRAM FOLDER SIZE SECONDS
struct Arguments {
  std::string folder;
  int size = 0;
  double seconds = 0;

  Arguments(int count, char** words) {
    if (count < 4) {
      std::fprintf(stderr, "usage: %s FOLDER SIZE SECONDS\n", words[0]);
      std::exit(2);
    }
    folder = words[1];
    size = std::atoi(words[2]);
    seconds = std::atof(words[3]);
  }
  std::string file(std::string const& kind, std::string const& end) const {
    return folder + "/" + kind + "_" + std::to_string(size) + end;
  }
};

struct Fact {
  std::string name;
  enum class Kind { choice, flag, number } kind;
  bool is_whole = false;
  std::size_t slot = 0;  // among those of its kind
  std::vector<std::string> values;
};

struct Workload {
  Json policy;
  std::vector<Fact> facts;
  std::vector<std::string> lines;               // cases
  std::vector<std::string> answers;             // what each rule adds to an answer, as JSON
  std::vector<std::vector<unsigned>> expected;  // by case: rules, ascending

  explicit Workload(Arguments const& given)
      : policy(Json::parse(read_file(given.file("policy", ".json")))) {
    std::array<std::size_t, 3> slots{};
    for (auto const& fact : policy["facts"]) {
      auto const kind = fact["kind"].get<std::string>();
      Fact made{fact["name"],
                kind == "choice" ? Fact::Kind::choice
                : kind == "flag" ? Fact::Kind::flag
                                 : Fact::Kind::number,
                kind == "whole",
                0,
                {}};
      made.slot = slots[static_cast<std::size_t>(made.kind)]++;
      if (made.kind == Fact::Kind::choice)
        made.values = fact["values"].get<std::vector<std::string>>();
      facts.push_back(std::move(made));
    }
    std::istringstream text(read_file(given.folder + "/cases.jsonl"));
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    for (auto const& rule : policy["rules"]) {
      Json answer = rule["then"];
      answer["rule"] = rule["name"];
      answers.push_back(answer.dump());
    }
    expected = Json::parse(read_file(given.file("expected", ".json")))
                   .get<std::vector<std::vector<unsigned>>>();
  }

  Fact const& fact(std::string const& name) const {
    return *std::find_if(facts.begin(), facts.end(),
                         [&](Fact const& each) { return each.name == name; });
  }
};

/// The answers of the rules that matched, as a list.
inline void write_answer(Workload const& workload, std::vector<unsigned> const& matched,
                         std::string& out) {
  out.assign(1, '[');
  for (auto const rule : matched) {
    if (out.size() > 1) out += ',';
    out += workload.answers[rule];
  }
  out += ']';
}

/// Microseconds of processor time of `work(number of a case)`, after a while of warming up.
template <class Work>
double measure(std::size_t cases, double seconds, Work work) {
  std::size_t next = 0;
  auto const run = [&](double for_us) {
    double const begun = processor_us();
    double used = 0;
    std::uint64_t done = 0;
    for (std::uint64_t step = 1; used < for_us; step = std::min<std::uint64_t>(step * 2, 1024)) {
      for (std::uint64_t nth = 0; nth < step; ++nth) {
        work(next);
        if (++next == cases) next = 0;
      }
      done += step;
      used = processor_us() - begun;
    }
    return used / static_cast<double>(done);
  };
  run(seconds * 0.3e6);
  return run(seconds * 1e6);
}

class Line {
 public:
  Line() : begun_{processor_us()} {}

  void loaded() { line_["load_ms"] = (processor_us() - begun_) / 1e3; }
  /// How many of the cases got another answer than they should.
  template <class Matched>
  void verify(Workload const& workload, Matched matched_of) {
    std::size_t wrong = 0;
    for (std::size_t number = 0; number < workload.lines.size(); ++number) {
      std::vector<unsigned> matched = matched_of(number);
      std::sort(matched.begin(), matched.end());
      if (matched != workload.expected[number]) ++wrong;
    }
    line_["wrong"] = wrong;
    line_["checked"] = workload.lines.size();
  }
  void add(std::string const& mode, double us) { line_["us"][mode] = us; }
  void add_note(std::string const& name, double value) { line_[name] = value; }
  ~Line() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
      if (line.starts_with("VmHWM:")) line_["memory_mb"] = std::atof(line.c_str() + 6) / 1024;
    std::puts(line_.dump().c_str());
  }

 private:
  Json line_ = Json::object();
  double begun_;
};

/// Keeps the compiler from leaving out what is measured.
template <class T>
void keep(T const& value) {
  asm volatile("" : : "r"(&value) : "memory");
}

}  // namespace bench
