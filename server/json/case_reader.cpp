#include "server/json/case_reader.hpp"

#include <algorithm>
#include <optional>

#include "engine/base/limits.hpp"
#include "server/json/case.hpp"
#include "server/json/choice_names.hpp"
#include "server/json/fact_names.hpp"
#include "server/json/history.hpp"
#include "server/json/scanner.hpp"

namespace heed::json {
namespace {

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
        rounds_(rules.policy.facts.size()),
        group_rounds_(names_.count_groups()),
        first_(names_.count_groups()),
        next_(names_.count_places()) {
    case_.facts.resize(rules.policy.facts.size());
    for (std::size_t fact = 0; fact < case_.facts.size(); ++fact) put_default(fact);
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
    if (name == "at") return is_first(1) && take() && read_at_of_case();
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
      if (*expected != 0 && scanner_.take_bytes(names_.quoted(*expected - 1))) {
        auto const found = names_.at(*expected - 1);
        auto const quoted = names_.quoted(found.place);
        if (!scanner_.take(':') || !read_member(found, quoted.substr(1, quoted.size() - 2)))
          return false;
        expected = &next_[found.place];
        continue;
      }
      std::string_view name;
      if (!scanner_.take_name(name)) return false;
      auto const found = names_.find(group, name);
      if (!found && !is_ascii(name)) return false;  // it may be a name, once it is normalised
      if (!read_member(found, name)) return false;
      if (!found) continue;
      *expected = found->place + 1;
      expected = &next_[found->place];
    } while (scanner_.take(','));
    return scanner_.take('}');
  }

  bool read_member(std::optional<Named> found, std::string_view name) {
    path_.push_back(name);
    auto const is_read = read_in_group(found);
    path_.pop_back();
    return is_read;
  }

  bool read_in_group(std::optional<Named> found) {
    if (found && found->is_fact) return read_fact(found->number);
    auto const next = scanner_.peek();
    if (!found || (next != '{' && next != 'n')) {
      findings_.ignored.push_back(pointer());
      return take();
    }
    if (group_rounds_[found->number] == round_) return false;
    group_rounds_[found->number] = round_;
    return next == 'n' ? scanner_.take_null() : read_group(found->number);
  }

  bool read_fact(std::uint32_t fact) {
    if (rounds_[fact] == round_) return false;
    rounds_[fact] = round_;
    given_.push_back(fact);
    auto const& type = rules_.policy.facts[fact].type;
    auto& slot = case_.facts[fact];
    if (scanner_.peek() == 'n') {
      if (type.or_none)
        slot = None{};
      else
        put_default(fact);
      return scanner_.take_null();
    }
    switch (type.kind) {
      case Kind::truth:
        return read_truth(slot);
      case Kind::number:
      case Kind::whole:
        return read_number(type, slot);
      case Kind::choice:
        return read_choice(fact, slot);
      case Kind::text:
        return read_text(slot);
      default:
        return read_other(type, slot);
    }
  }

  bool read_truth(std::optional<Value>& slot) {
    bool truth = false;
    if (!scanner_.take_truth(truth)) return false;
    put<bool>(slot, truth);
    return true;
  }

  bool read_number(Type const& type, std::optional<Value>& slot) {
    std::string_view text;
    if (scanner_.peek() == '{') return read_other(type, slot);
    if (!scanner_.take_number(text)) return false;
    auto const number = Number::parse(text);
    if (!number || (type.kind == Kind::whole && !number->is_whole())) return false;
    put<Number>(slot, *number);
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

  bool read_other(Type const& type, std::optional<Value>& slot) {
    if (!take()) return false;
    auto at = node_.items.empty() ? std::string{} : pointer();
    slot = read_value(node_, type, rules_.policy.zone, at, findings_);
    return slot && findings_.mistakes.mistakes.empty();
  }

  /// The JSON Pointer of the member that is looked at.
  std::string pointer() const {
    std::string pointer = "/facts";
    for (auto const name : path_) append_token(pointer, name);
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
    for (auto const fact : last_)
      if (rounds_[fact] != round_) put_default(fact);
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
  std::vector<std::string_view> path_;       // of the fact that is read
  std::uint64_t round_ = 0;                  // which case this is
  std::vector<std::uint64_t> rounds_;        // by FactId: the last case that gave it
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
