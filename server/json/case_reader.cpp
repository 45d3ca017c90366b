#include "server/json/case_reader.hpp"

#include <algorithm>
#include <optional>

#include "engine/base/decimal.hpp"
#include "engine/base/limits.hpp"
#include "server/json/case.hpp"
#include "server/json/choice_names.hpp"
#include "server/json/fact_names.hpp"
#include "server/json/history.hpp"
#include "server/json/scanner.hpp"

namespace heed::json {
namespace {

/// What reading needs to know of a fact, side by side.
struct FactToRead {
  std::uint64_t round = 0;  // the last case that gave it
  Kind kind = Kind::text;
  bool or_none = false;
};

/// Assigns without giving up memory that the old value holds.
template <class Form, class From>
void put(std::optional<Value>& slot, From const& from) {
  auto* same = slot ? std::get_if<Form>(&*slot) : nullptr;
  if (same != nullptr)
    *same = from;
  else
    slot.emplace(std::in_place_type<Form>, from);
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char letter) { return (letter & 0x80) == 0; });
}

}  // namespace

/// Reads what is usual. Whatever is not, it leaves to read_case: mistakes, members that stand
/// twice, names that are escaped or not normalised.
class CaseReader::Quick {
 public:
  explicit Quick(RuleSet const& rules)
      : rules_{rules},
        names_{rules.policy},
        choices_{rules.policy},
        group_rounds_(names_.count_groups()),
        first_(names_.count_groups()),
        next_(names_.count_places()) {
    case_.facts.resize(rules.policy.facts.size());
    for (std::size_t fact = 0; fact < case_.facts.size(); ++fact) put_default(fact);
    for (auto const& fact : rules.policy.facts)
      facts_.push_back({.kind = fact.type.kind, .or_none = fact.type.or_none});
  }

  Expected<Case*, CaseMistakes> read(std::string_view json) {
    if (json.size() <= limits::case_bytes_max && read_quickly(json)) return &case_;
    auto all = read_case(rules_, json);
    if (!all) return Failure<CaseMistakes>{all.error()};
    unusual_ = std::move(all).value();
    return &unusual_;
  }

 private:
  bool read_quickly(std::string_view json) {
    ++round_;
    seen_ = 0;
    findings_.ignored.clear();
    case_.at.reset();
    case_.subject.clear();
    case_.history.clear();
    case_.history_given = false;
    case_.figures.clear();
    scanner_.begin(json);
    auto const is_usual =
        scanner_.take_object([this](std::string_view name) { return read_top(name); }) &&
        scanner_.is_at_end() && findings_.mistakes.mistakes.empty() && sort_ignored();
    forget_last();
    if (!is_usual) findings_.mistakes = {};
    return is_usual;
  }

  bool read_top(std::string_view name) {
    if (name == "at") return is_first(1) && read_at_of_case();
    if (name == "subject") return is_first(2) && read_subject_of_case();
    if (name == "facts") return is_first(4) && read_all_facts();
    if (name == "history") return is_first(8) && take() && read_history_of_case();
    if (name == "figures") return is_first(16) && take() && read_figures_of_case();
    if (name == "ignored") return false;
    append_token(findings_.ignored.emplace_back(), name);
    return take();
  }

  bool is_first(unsigned member) {
    auto const is_new = (seen_ & member) == 0;
    seen_ |= member;
    return is_new;
  }

  bool take() { return scanner_.take_node(node_); }

  bool read_at_of_case() {
    std::string_view text;
    if (scanner_.peek() == '"') {
      if (scanner_.take_text(text)) case_.at = parse_time(text, rules_.policy.zone);
      return case_.at.has_value();
    }
    if (!take()) return false;
    case_.at = read_at(node_, rules_.policy.zone, "/at", findings_);
    return findings_.mistakes.mistakes.empty();
  }

  bool read_subject_of_case() {
    if (scanner_.peek() == 'n') return scanner_.take_null();
    std::string_view text;
    if (!scanner_.take_text(text) || text.size() > limits::subject_bytes_max) return false;
    case_.subject = text;
    return true;
  }

  bool read_history_of_case() {
    case_.history = read_history(node_, rules_.policy, "/history", findings_);
    case_.history_given = node_.form != Node::Form::null;
    return true;
  }

  bool read_figures_of_case() {
    case_.figures = read_figures(node_, rules_, "/figures", findings_);
    return true;
  }

  bool read_all_facts() {
    if (scanner_.peek() == 'n') return scanner_.take_null();
    path_.clear();
    return read_group(FactNames::root);
  }

  /// Members mostly come in the order in which they last came: the one that followed is tried
  /// before its name is looked up.
  bool read_group(std::uint32_t group) {
    if (!scanner_.take('{')) return false;
    if (scanner_.take('}')) return true;
    auto* expected = &first_[group];
    do {
      if (*expected != 0 && scanner_.take_bytes(names_.beginning(*expected - 1))) {
        auto const place = *expected - 1;
        name_ = names_.name(place);
        if (!read_member(names_.at(place))) return false;
        expected = &next_[place];
        continue;
      }
      if (!scanner_.take_name(name_)) return false;
      auto const found = names_.find(group, name_);
      if (!found && !is_ascii(name_)) return false;  // it may be a name, once it is normalised
      if (!(found ? read_member(*found) : ignore_member())) return false;
      if (!found) continue;
      *expected = found->place + 1;
      expected = &next_[found->place];
    } while (scanner_.take(','));
    return scanner_.take('}');
  }

  bool read_member(Named const& found) {
    if (found.is_fact) return read_fact(found.number);
    auto const next = scanner_.peek();
    if (next != '{' && next != 'n') return ignore_member();
    if (group_rounds_[found.number] == round_) return false;
    group_rounds_[found.number] = round_;
    if (next == 'n') return scanner_.take_null();
    path_.push_back(name_);
    auto const is_read = read_group(found.number);
    path_.pop_back();
    return is_read;
  }

  bool ignore_member() {
    findings_.ignored.push_back(pointer());
    return take();
  }

  bool read_fact(std::uint32_t number) {
    auto& fact = facts_[number];
    if (fact.round == round_) return false;
    fact.round = round_;
    given_.push_back(number);
    auto& slot = case_.facts[number];
    if (scanner_.peek() == 'n') {
      if (fact.or_none)
        slot = None{};
      else
        put_default(number);
      return scanner_.take_null();
    }
    switch (fact.kind) {
      case Kind::truth:
        return read_truth(slot);
      case Kind::number:
      case Kind::whole:
        return read_number(number, slot);
      case Kind::choice:
        return read_choice(number, slot);
      case Kind::text:
        return read_text(slot);
      default:
        return read_other(number, slot);
    }
  }

  bool read_truth(std::optional<Value>& slot) {
    bool truth = false;
    if (!scanner_.take_truth(truth)) return false;
    put<bool>(slot, truth);
    return true;
  }

  bool read_number(std::uint32_t fact, std::optional<Value>& slot) {
    std::int64_t digits = 0;
    int places = 0;
    if (scanner_.take_short_number(digits, places)) {
      auto const number = places == 0 ? Number{digits} : from_decimal(digits, places);
      return put_number(facts_[fact].kind, number, slot);
    }
    if (scanner_.peek() == '{') return read_other(fact, slot);
    std::string_view text;
    if (!scanner_.take_number(text)) return false;
    auto const number = Number::parse(text);
    return number && put_number(facts_[fact].kind, *number, slot);
  }
  static bool put_number(Kind kind, Number const& number, std::optional<Value>& slot) {
    if (kind == Kind::whole && !number.is_whole()) return false;
    put<Number>(slot, number);
    return true;
  }

  bool read_choice(std::uint32_t fact, std::optional<Value>& slot) {
    std::string_view text;
    if (!scanner_.take_text(text)) return false;
    auto const found = choices_.find(fact, text);
    if (!found) return false;
    put<Chosen>(slot, *found);
    return true;
  }

  bool read_text(std::optional<Value>& slot) {
    std::string_view text;
    if (!scanner_.take_text(text) || text.size() > limits::text_bytes_max) return false;
    put<std::string>(slot, text);
    return true;
  }

  bool read_other(std::uint32_t fact, std::optional<Value>& slot) {
    if (!take()) return false;
    auto at = node_.items.empty() ? std::string{} : pointer();
    slot = read_value(node_, rules_.policy.facts[fact].type, rules_.policy.zone, at, findings_);
    return slot && findings_.mistakes.mistakes.empty();
  }

  /// The JSON Pointer of the member that is looked at.
  std::string pointer() const {
    std::string pointer = "/facts";
    for (auto const name : path_) append_token(pointer, name);
    append_token(pointer, name_);
    return pointer;
  }

  /// False where a member stands twice.
  bool sort_ignored() {
    auto& ignored = findings_.ignored;
    std::ranges::sort(ignored);
    case_.ignored.assign(ignored.begin(), ignored.end());
    return std::ranges::adjacent_find(ignored) == ignored.end();
  }

  /// What the last case gave, and this one did not.
  void forget_last() {
    if (given_ != last_)
      for (auto const fact : last_)
        if (facts_[fact].round != round_) put_default(fact);
    std::swap(last_, given_);
    given_.clear();
  }

  void put_default(std::size_t fact) { case_.facts[fact] = rules_.policy.facts[fact].otherwise; }

  RuleSet const& rules_;
  FactNames names_;
  ChoiceNames choices_;
  Scanner scanner_;
  Case case_, unusual_;
  Node node_;
  Findings findings_;
  unsigned seen_ = 0;                        // members of the case
  std::string_view name_;                    // of the member that is read
  std::vector<std::string_view> path_;       // of the group that is read
  std::uint64_t round_ = 0;                  // which case this is
  std::vector<FactToRead> facts_;            // by FactId
  std::vector<std::uint64_t> group_rounds_;  // by group of names, likewise
  std::vector<std::uint32_t> given_, last_;  // facts that this case and the one before gave
  // Which way to write a name last came first in a group, and behind another one: its place and 1
  // more, 0 where none is known.
  std::vector<std::uint32_t> first_, next_;
};

CaseReader::CaseReader(RuleSet const& rules) : quick_{std::make_unique<Quick>(rules)} {}
CaseReader::~CaseReader() = default;

Expected<Case*, CaseMistakes> CaseReader::read(std::string_view json) {
  return quick_->read(json);
}

}  // namespace heed::json
