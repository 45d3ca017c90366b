// A case in a struct, as the programs here that are no engine of ours read it.
#pragma once
#include <simdjson.h>

#include "measured.hpp"

namespace bench {

/// A case as a programmer would hold it.
struct Case {
  std::array<std::string, 16> choices;
  std::array<bool, 16> flags{};
  std::array<double, 16> numbers{};
};

/// Reads cases the quickest way that is still plain: simdjson's tree, then fact by fact.
class CaseReader {
 public:
  explicit CaseReader(Workload const& workload) {
    for (auto const& fact : workload.facts) {
      auto const dot = fact.name.find('.');
      reads_.push_back({fact.name.substr(0, dot) == "customer", fact.name.substr(dot + 1),
                        fact.kind, fact.slot});
    }
  }

  void read(std::string const& line, Case& subject) {
    auto const facts = parser_.parse(line)["facts"];
    simdjson::dom::object const customer = facts["customer"], about = facts["case"];
    for (auto const& [of_customer, name, kind, slot] : reads_) {
      auto const value = (of_customer ? customer : about)[name];
      switch (kind) {
        case Fact::Kind::choice:
          subject.choices[slot].assign(std::string_view{value});
          break;
        case Fact::Kind::flag:
          subject.flags[slot] = bool{value};
          break;
        case Fact::Kind::number:
          subject.numbers[slot] = double{value};
          break;
      }
    }
  }

 private:
  struct Read {
    bool of_customer;
    std::string name;
    Fact::Kind kind;
    std::size_t slot;
  };
  std::vector<Read> reads_;
  simdjson::dom::parser parser_;
};

}  // namespace bench
