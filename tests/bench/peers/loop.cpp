// The obvious loop: rule after rule, part after part, until one does not hold. No unknown, no
// trace, no texts.
#include "case_reader.hpp"

using namespace bench;

namespace {

enum class How { is, is_not, one_of, none_of, at_least, above, at_most, below, within };

struct Comparison {
  Fact::Kind kind;
  std::size_t slot;
  How how;
  std::vector<std::string> texts;
  bool flag = false;
  double low = 0, high = 0;

  bool holds(Case const& subject) const {
    if (kind == Fact::Kind::flag) return subject.flags[slot] == flag;
    if (kind == Fact::Kind::choice) {
      auto const& value = subject.choices[slot];
      bool const found = std::find(texts.begin(), texts.end(), value) != texts.end();
      return (how == How::is || how == How::one_of) == found;
    }
    double const value = subject.numbers[slot];
    switch (how) {
      case How::at_least:
        return value >= low;
      case How::above:
        return value > low;
      case How::at_most:
        return value <= low;
      case How::below:
        return value < low;
      default:
        return value >= low && value <= high;
    }
  }
};

using Part = std::vector<Comparison>;  // one of them
using Rule = std::vector<Part>;        // all of them

How how_from(std::string const& text) {
  constexpr std::array words{
      "is", "is not", "is one of", "is none of", ">=", ">", "<=", "<", "within"};
  return static_cast<How>(std::find(words.begin(), words.end(), text) - words.begin());
}

Comparison comparison_from(Workload const& workload, Json const& leaf) {
  auto const& fact = workload.fact(leaf["fact"]);
  auto const& value = leaf["value"];
  Comparison made{fact.kind, fact.slot, how_from(leaf["how"]), {}};
  if (value.is_boolean())
    made.flag = value;
  else if (value.is_string())
    made.texts = {value.get<std::string>()};
  else if (value.is_number())
    made.low = value;
  else if (fact.kind == Fact::Kind::choice)
    made.texts = value.get<std::vector<std::string>>();
  else
    made.low = value[0], made.high = value[1];
  return made;
}

std::vector<Rule> rules_from(Workload const& workload) {
  std::vector<Rule> rules;
  for (auto const& rule : workload.policy["rules"]) {
    auto& made = rules.emplace_back();
    for (auto const& part : rule["when"]) {
      auto& either = made.emplace_back();
      for (auto const& leaf : part.contains("either") ? part["either"] : Json::array({part}))
        either.push_back(comparison_from(workload, leaf));
    }
  }
  return rules;
}

void find(std::vector<Rule> const& rules, Case const& subject, std::vector<unsigned>& matched) {
  matched.clear();
  for (unsigned number = 0; number < rules.size(); ++number) {
    auto const holds =
        std::all_of(rules[number].begin(), rules[number].end(), [&](Part const& part) {
          return std::any_of(part.begin(), part.end(),
                             [&](Comparison const& each) { return each.holds(subject); });
        });
    if (holds) matched.push_back(number);
  }
}

}  // namespace

int main(int count, char** words) {
  Arguments const given{count, words};
  Workload const workload{given};
  CaseReader reader{workload};
  Line line;
  auto const rules = rules_from(workload);
  line.loaded();
  std::vector<Case> cases(workload.lines.size());
  for (std::size_t at = 0; at < cases.size(); ++at) reader.read(workload.lines[at], cases[at]);
  std::vector<unsigned> matched;
  line.verify(workload, [&](std::size_t at) { return find(rules, cases[at], matched), matched; });
  line.add("case", measure(cases.size(), given.seconds, [&](std::size_t at) {
             find(rules, cases[at], matched);
             keep(matched);
           }));
  Case subject;
  std::string out;
  line.add("text", measure(cases.size(), given.seconds, [&](std::size_t at) {
             reader.read(workload.lines[at], subject);
             find(rules, subject, matched);
             write_answer(workload, matched, out);
             keep(out);
           }));
}
