// CLIPS 6.30 through its C interface: a case is a fact, asserted, matched and taken back. Its
// strings are symbols beforehand where the case counts as parsed.
#include "case_reader.hpp"
extern "C" {
#include <clips/clips.h>
}

using namespace bench;

namespace {

std::vector<unsigned> matched;

extern "C" void note_match(void* environment) {
  matched.push_back(static_cast<unsigned>(EnvRtnLong(environment, 1)));
}

/// The values of a case as CLIPS keeps them.
struct Prepared {
  std::array<void*, 32> values{};
};

class Engine {
 public:
  Engine(Workload const& workload, std::string const& rules)
      : workload_{workload}, environment_{CreateEnvironment()} {
    EnvDefineFunction2(environment_, "matched", 'v', PTIEF note_match, "note_match", "11i");
    if (EnvLoad(environment_, rules.c_str()) != 1) std::exit(2);
    EnvReset(environment_);
    shape_ = EnvFindDeftemplate(environment_, "case");
    for (auto const& fact : workload.facts) {
      std::string name = fact.name;
      for (auto& letter : name)
        if (letter == '.' || letter == '_') letter = '-';
      slots_.push_back(name);
    }
  }

  void prepare(Case const& subject, Prepared& prepared, bool keep_them) {
    for (std::size_t at = 0; at < workload_.facts.size(); ++at) {
      auto const& fact = workload_.facts[at];
      auto& value = prepared.values[at];
      if (fact.kind != Fact::Kind::number) {
        value = EnvAddSymbol(environment_, fact.kind == Fact::Kind::choice
                                               ? subject.choices[fact.slot].c_str()
                                           : subject.flags[fact.slot] ? "yes"
                                                                      : "no");
        if (keep_them) IncrementSymbolCount(value);
      } else if (fact.is_whole) {
        value = EnvAddLong(environment_, static_cast<long long>(subject.numbers[fact.slot]));
        if (keep_them) IncrementIntegerCount(value);
      } else {
        value = EnvAddDouble(environment_, subject.numbers[fact.slot]);
        if (keep_them) IncrementFloatCount(value);
      }
    }
  }

  void decide(Prepared const& prepared) {
    matched.clear();
    auto* const fact = EnvCreateFact(environment_, shape_);
    for (std::size_t at = 0; at < workload_.facts.size(); ++at) {
      auto const& known = workload_.facts[at];
      DATA_OBJECT value{};
      value.type = known.kind != Fact::Kind::number ? SYMBOL : known.is_whole ? INTEGER : FLOAT;
      value.value = prepared.values[at];
      EnvPutFactSlot(environment_, fact, slots_[at].c_str(), &value);
    }
    EnvAssert(environment_, fact);
    EnvRun(environment_, -1);
    EnvRetract(environment_, fact);
  }

 private:
  Workload const& workload_;
  void* environment_;
  void* shape_ = nullptr;
  std::vector<std::string> slots_;
};

}  // namespace

int main(int count, char** words) {
  Arguments const given{count, words};
  Workload const workload{given};
  CaseReader reader{workload};
  Line line;
  Engine engine{workload, given.file("clips", ".clp")};
  line.loaded();
  std::vector<Prepared> cases(workload.lines.size());
  Case subject;
  for (std::size_t at = 0; at < cases.size(); ++at) {
    reader.read(workload.lines[at], subject);
    engine.prepare(subject, cases[at], true);
  }
  line.verify(workload, [&](std::size_t at) { return engine.decide(cases[at]), matched; });
  line.add("case", measure(cases.size(), given.seconds, [&](std::size_t at) {
             engine.decide(cases[at]);
             keep(matched);
           }));
  Prepared prepared;
  std::string out;
  line.add("text", measure(cases.size(), given.seconds, [&](std::size_t at) {
             reader.read(workload.lines[at], subject);
             engine.prepare(subject, prepared, false);
             engine.decide(prepared);
             write_answer(workload, matched, out);
             keep(out);
           }));
}
