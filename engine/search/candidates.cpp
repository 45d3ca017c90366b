#include "engine/search/candidates.hpp"

#include <algorithm>

#include "engine/base/limits.hpp"
#include "engine/run/any_text.hpp"
#include "engine/run/evaluate.hpp"
#include "engine/search/distance.hpp"
#include "engine/search/turning.hpp"

namespace heed::search {
namespace {

/// Items of a set that are taken in and left out together.
constexpr std::size_t looked_for_max = 5;

class Gathering {
 public:
  Gathering(Trial& trial, FactId fact)
      : trial_{trial}, fact_{fact}, declared_{trial.rules().policy.facts[index(fact)]} {}

  Candidates gather() {
    auto const* has = trial_.unchanged().facts[index(fact_)];
    if (has != nullptr) now_ = *has;
    add_by_kind();
    if (declared_.type.or_none) add(None{});
    if (now_ && !declared_.otherwise && trial_.cone().reads_what_is_open) put(std::nullopt);
    auto& values = found_.values;
    std::ranges::stable_sort(values, {}, &Candidate::distance);
    if (values.size() > limits::search_values_max) {
      values.resize(limits::search_values_max);
      found_.is_complete = false;
    }
    return std::move(found_);
  }

 private:
  void add_by_kind() {
    auto const& type = declared_.type;
    if (is_measured(type.kind)) return add_measured();
    switch (type.kind) {
      case Kind::truth:
        add(true);
        add(false);
        break;
      case Kind::choice:
        for (std::uint32_t at = 0; at < type.choice->values.size(); ++at) add(Chosen{at});
        break;
      case Kind::text:
        add_texts();
        break;
      case Kind::set:
        add_sets();
        break;
      default:
        break;
    }
  }

  void add_measured() {
    auto points = find_turning_points(trial_, fact_);
    if (trial_.is_over()) found_.is_complete = false;
    for (auto const* value : find_happened())
      if (number_of(*value)) points.push_back(*value);
    for (auto const& point : points)
      for (auto& value : with_neighbours(declared_.type, point)) add(std::move(value));
    if (!now_ && points.empty()) add_samples();
  }

  /// For what is not known and compared with nothing that is.
  void add_samples() {
    auto const& inputs = trial_.unchanged();
    auto const& type = declared_.type;
    for (std::int64_t const sample : {1, 0}) {
      if (type.kind == Kind::whole || type.kind == Kind::number) add(Number{sample});
      if (type.kind == Kind::money && type.currency) add(Money{Number{sample}, *type.currency});
      if (type.kind == Kind::duration) add(Duration{0, Number{sample * 3'600}});
      if (type.kind == Kind::date) add(Date{inputs.today.days - static_cast<int>(sample)});
      if (type.kind == Kind::time) add(Instant{inputs.now.micros - sample * 3'600'000'000});
    }
  }

  void add_texts() {
    auto const& rules = trial_.rules();
    auto const* has = now_ ? std::get_if<std::string>(&*now_) : nullptr;
    auto const before = has == nullptr || has->empty() ? std::string{} : *has + " ";
    auto all = before;
    for (auto const& mention : rules.mentions) {
      auto const& phrases = rules.policy.phrases[index(mention.phrases)].phrases;
      if (mention.fact != fact_ || phrases.empty()) continue;
      add(before + phrases.front().text);
      all += phrases.front().text + " ";
    }
    add(std::move(all));
    for (auto const* constant : find_constants()) {
      if (std::holds_alternative<std::string>(*constant)) add(*constant);
    }
    for (auto const* value : find_happened()) add(*value);
    add(std::string{any_text});
  }

  void add_sets() {
    auto const* has = now_ ? std::get_if<SetValue>(&*now_) : nullptr;
    auto const now = has == nullptr ? SetValue{} : *has;
    add(now);
    std::vector<Scalar> looked_for;
    for (auto const* constant : find_constants()) {
      if (std::holds_alternative<SetValue>(*constant)) add(*constant);
      auto item = run::make_item(*constant);
      if (item && std::ranges::find(looked_for, *item) == looked_for.end())
        looked_for.push_back(*std::move(item));
    }
    if (looked_for.size() > looked_for_max) found_.is_complete = false;
    looked_for.resize(std::min(looked_for.size(), looked_for_max));
    for (std::size_t chosen = 1; chosen < std::size_t{1} << looked_for.size(); ++chosen) {
      auto items = now.items;
      for (std::size_t at = 0; at < looked_for.size(); ++at)
        if ((chosen >> at & 1U) != 0) toggle(items, looked_for[at]);
      add(make_set(std::move(items)));
    }
    for (auto const& item : now.items) {
      auto less = now.items;
      std::erase(less, item);
      add(make_set(std::move(less)));
    }
  }

  static void toggle(std::vector<Scalar>& items, Scalar const& item) {
    if (std::erase(items, item) == 0) items.push_back(item);
  }

  /// What is written beside the fact in the tests of the cone.
  std::vector<Value const*> find_constants() const {
    std::vector<Value const*> found;
    auto const look = [&found](Expression const& side) {
      if (auto const* constant = std::get_if<Constant>(&side.form))
        found.push_back(&constant->value);
    };
    for (auto const& test : trial_.cone().tests) {
      if (!std::ranges::binary_search(test.facts, fact_)) continue;
      auto const& form = test.expression->form;
      if (auto const* comparison = std::get_if<Comparison>(&form))
        look(*comparison->left), look(*comparison->right);
      if (auto const* membership = std::get_if<Membership>(&form))
        for (auto const& value : membership->values) look(*value);
      if (auto const* containment = std::get_if<Containment>(&form)) look(*containment->item);
    }
    return found;
  }

  /// What the fields have that the fact is compared with, in the latest events of the history.
  std::vector<Value const*> find_happened() {
    std::vector<Value const*> found;
    auto const is_new = [&found](Value const& value) {
      return std::ranges::none_of(found, [&](auto const* other) { return *other == value; });
    };
    for (auto const& beside : trial_.cone().beside_events) {
      if (beside.fact != fact_) continue;
      auto const& events = trial_.unchanged().past.of_events[index(beside.event)];
      for (auto event = events.rbegin(); event != events.rend(); ++event) {
        auto const& value = event->fields[beside.field];
        if (!value || std::holds_alternative<None>(*value) || !is_new(*value)) continue;
        if (found.size() == limits::search_values_max) found_.is_complete = false;
        if (!found_.is_complete) return found;
        found.push_back(&*value);
      }
    }
    return found;
  }

  void add(Value value) { put(std::move(value)); }

  void put(std::optional<Value> value) {
    if (value == now_) return;
    auto const same = [&value](Candidate const& other) { return other.value == value; };
    if (std::ranges::any_of(found_.values, same)) return;
    Candidate candidate{std::move(value), 0, {}};
    candidate.distance = distance_between(declared_.type, now_, candidate.value);
    if (declared_.type.kind == Kind::text && candidate.value)
      candidate.mentioned = trial_.find_mentions(fact_, *candidate.value);
    found_.values.push_back(std::move(candidate));
  }

  Trial& trial_;
  FactId fact_;
  Fact const& declared_;
  std::optional<Value> now_;
  Candidates found_;
};

/// The facts with which figures were counted that the case brings: with other facts they would be
/// other figures, which nobody knows.
std::set<FactId> find_fixed(Trial const& trial) {
  auto const& figures = trial.unchanged().subject->figures;
  std::set<FactId> fixed;
  auto const fix = [&](std::string const& figure, ExpressionPtr const& where) {
    if (where && figures.contains(figure)) fixed.merge(facts_in(trial.rules().policy, *where));
  };
  for (auto const& read : trial.cone().across_customers) {
    if (read.window != nullptr) fix(read.window->figure, read.window->where);
    if (read.since != nullptr) fix(read.since->figure, read.since->where);
    if (read.window != nullptr) fix(read.window->figure, read.window->last);
  }
  return fixed;
}

}  // namespace

std::vector<Candidates> find_candidates(Trial& trial) {
  auto const fixed = find_fixed(trial);
  std::vector<Candidates> candidates;
  for (auto const fact : trial.cone().facts) {
    auto const is_fixed = fixed.contains(fact);
    candidates.push_back(is_fixed ? Candidates{} : Gathering{trial, fact}.gather());
  }
  return candidates;
}

}  // namespace heed::search
