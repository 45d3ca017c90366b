// Bit sets by hand: as fast as two-valued rules get here without anything that a product needs.
// Every fact has a row of bits for each class of its values: the rules that it leaves possible. A
// case is one row a fact, joined by AND. A rule with an `or` is several lines, one for each way to
// hold. No unknown, no names, no texts, no trace.
#include <bit>
#include <cmath>
#include <map>
#include <numeric>

#include "case_reader.hpp"

using namespace bench;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// What one comparison leaves: values of a choice or flag as bits, or a stretch of numbers with
/// both ends.
struct Allowed {
  std::size_t fact;
  std::uint64_t values = 0;
  double low = -infinite, high = infinite;
};

/// A case with its values numbered.
struct Coded {
  std::array<std::uint8_t, 32> value{};  // by fact
  std::array<double, 32> number{};
};

class Sets {
 public:
  explicit Sets(Workload const& workload) : workload_{workload}, facts_(workload.facts.size()) {
    unsigned number = 0;
    for (auto const& rule : workload.policy["rules"]) {
      std::vector<std::vector<Allowed>> ways(1);
      for (auto const& part : rule["when"]) ways = multiplied(ways, part);
      for (auto& way : ways) {
        lines_.push_back(std::move(way));
        rule_of_.push_back(number);
      }
      ++number;
    }
    words_ = (lines_.size() + block - 1) / block * block_words;
    for (std::size_t fact = 0; fact < facts_.size(); ++fact) make_rows(fact);
    order_.resize(facts_.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::erase_if(order_, [&](std::size_t fact) { return facts_[fact].rows.empty(); });
    std::sort(order_.begin(), order_.end(), [&](std::size_t one, std::size_t other) {
      return facts_[one].mean < facts_[other].mean;
    });
  }

  void find(Coded const& subject, std::vector<unsigned>& matched) const {
    matched.clear();
    std::array<std::uint64_t const*, 32> rows;
    std::size_t count = 0;
    for (auto const fact : order_)
      rows[count++] = facts_[fact].rows.data() + class_of(fact, subject) * words_;
    for (std::size_t word = 0; word < words_; word += block_words) {
      std::uint64_t left[block_words];
      for (std::size_t at = 0; at < block_words; ++at) left[at] = rows[0][word + at];
      bool any = true;
      for (std::size_t row = 1; row < count && any; row += 3) {
        for (std::size_t each = row; each < std::min(count, row + 3); ++each)
          for (std::size_t at = 0; at < block_words; ++at) left[at] &= rows[each][word + at];
        std::uint64_t some = 0;
        for (auto const bits : left) some |= bits;
        any = some != 0;
      }
      if (any) report(left, word, matched);
    }
  }

  void code(Case const& subject, Coded& coded) const {
    for (std::size_t at = 0; at < workload_.facts.size(); ++at) {
      auto const& fact = workload_.facts[at];
      if (fact.kind == Fact::Kind::number)
        coded.number[at] = subject.numbers[fact.slot];
      else if (fact.kind == Fact::Kind::flag)
        coded.value[at] = subject.flags[fact.slot];
      else
        coded.value[at] = static_cast<std::uint8_t>(
            std::find(fact.values.begin(), fact.values.end(), subject.choices[fact.slot]) -
            fact.values.begin());
    }
  }

 private:
  static constexpr std::size_t block_words = 8, block = 64 * block_words;

  struct ByFact {
    std::vector<double> cuts;         // of numbers: where a class begins
    std::vector<std::uint64_t> rows;  // one after the other; empty: no rule reads it
    double mean = 0;
  };

  void report(std::uint64_t const* left, std::size_t word, std::vector<unsigned>& matched) const {
    for (std::size_t at = 0; at < block_words; ++at)
      for (auto bits = left[at]; bits != 0; bits &= bits - 1) {
        auto const line = (word + at) * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        if (matched.empty() || matched.back() != rule_of_[line]) matched.push_back(rule_of_[line]);
      }
  }

  std::size_t class_of(std::size_t fact, Coded const& subject) const {
    auto const& cuts = facts_[fact].cuts;
    if (workload_.facts[fact].kind != Fact::Kind::number) return subject.value[fact];
    return static_cast<std::size_t>(
        std::upper_bound(cuts.begin(), cuts.end(), subject.number[fact]) - cuts.begin());
  }

  std::vector<std::vector<Allowed>> multiplied(std::vector<std::vector<Allowed>> const& ways,
                                               Json const& part) const {
    std::vector<std::vector<Allowed>> more;
    for (auto const& leaf : part.contains("either") ? part["either"] : Json::array({part}))
      for (auto way : ways) {
        way.push_back(allowed(leaf));
        more.push_back(std::move(way));
      }
    return more;
  }

  Allowed allowed(Json const& leaf) const {
    auto const& fact = workload_.fact(leaf["fact"]);
    std::string const how = leaf["how"];
    auto const& value = leaf["value"];
    Allowed made{static_cast<std::size_t>(&fact - workload_.facts.data())};
    if (fact.kind == Fact::Kind::flag)
      made.values = value.get<bool>() ? 2 : 1;
    else if (fact.kind == Fact::Kind::choice) {
      for (auto const& each : value.is_array() ? value : Json::array({value}))
        made.values |= std::uint64_t{1} << (std::find(fact.values.begin(), fact.values.end(),
                                                      each.get<std::string>()) -
                                            fact.values.begin());
      if (how == "is not" || how == "is none of") made.values = ~made.values;
    } else if (how == ">=")
      made.low = value;
    else if (how == ">")
      made.low = std::nextafter(value.get<double>(), infinite);
    else if (how == "<=")
      made.high = value;
    else if (how == "<")
      made.high = std::nextafter(value.get<double>(), -infinite);
    else
      made.low = value[0], made.high = value[1];
    return made;
  }

  void make_rows(std::size_t fact) {
    auto& made = facts_[fact];
    std::vector<std::pair<std::size_t, Allowed>> read;
    for (std::size_t line = 0; line < lines_.size(); ++line)
      for (auto const& each : lines_[line])
        if (each.fact == fact) read.emplace_back(line, each);
    if (read.empty()) return;
    auto const& known = workload_.facts[fact];
    std::size_t classes = known.kind == Fact::Kind::flag ? 2 : known.values.size() + 1;
    if (known.kind == Fact::Kind::number) {
      for (auto const& [line, each] : read) {
        if (each.low > -infinite) made.cuts.push_back(each.low);
        if (each.high < infinite) made.cuts.push_back(std::nextafter(each.high, infinite));
      }
      std::sort(made.cuts.begin(), made.cuts.end());
      made.cuts.erase(std::unique(made.cuts.begin(), made.cuts.end()), made.cuts.end());
      classes = made.cuts.size() + 1;
    }
    std::vector<std::uint64_t> every(words_, 0);
    for (std::size_t line = 0; line < lines_.size(); ++line)
      every[line / 64] |= std::uint64_t{1} << (line % 64);
    for (std::size_t at = 0; at < classes; ++at) {
      auto row = every;
      double const value =
          at == 0 || known.kind != Fact::Kind::number ? -infinite : made.cuts[at - 1];
      for (auto const& [line, each] : read) {
        bool const possible = known.kind == Fact::Kind::number
                                  ? each.low <= value && value <= each.high
                                  : (each.values >> at & 1) != 0;
        if (!possible) row[line / 64] &= ~(std::uint64_t{1} << (line % 64));
      }
      for (auto const bits : row) made.mean += std::popcount(bits);
      made.rows.insert(made.rows.end(), row.begin(), row.end());
    }
    made.mean /= static_cast<double>(classes);
  }

  Workload const& workload_;
  std::vector<std::vector<Allowed>> lines_;
  std::vector<unsigned> rule_of_;
  std::vector<ByFact> facts_;
  std::vector<std::size_t> order_;
  std::size_t words_ = 0;
};

}  // namespace

int main(int count, char** words) {
  Arguments const given{count, words};
  Workload const workload{given};
  CaseReader reader{workload};
  Line line;
  Sets const sets{workload};
  line.loaded();
  std::vector<Coded> cases(workload.lines.size());
  Case subject;
  for (std::size_t at = 0; at < cases.size(); ++at) {
    reader.read(workload.lines[at], subject);
    sets.code(subject, cases[at]);
  }
  std::vector<unsigned> matched;
  line.verify(workload, [&](std::size_t at) { return sets.find(cases[at], matched), matched; });
  line.add("case", measure(cases.size(), given.seconds, [&](std::size_t at) {
             sets.find(cases[at], matched);
             keep(matched);
           }));
  Coded coded;
  std::string out;
  line.add("text", measure(cases.size(), given.seconds, [&](std::size_t at) {
             reader.read(workload.lines[at], subject);
             sets.code(subject, coded);
             sets.find(coded, matched);
             write_answer(workload, matched, out);
             keep(out);
           }));
}
