#include "engine/compile/index.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <iterator>
#include <map>
#include <numeric>
#include <utility>

#include "engine/compile/rows.hpp"
#include "engine/compile/rule_set.hpp"
#include "engine/compile/single_fact.hpp"

namespace heed {
namespace {

using compiling::FactKey;
using compiling::find_single_fact;
using compiling::Reader;
using compiling::Sharing;
using compiling::SingleFact;

/// A condition of one fact.
struct Part {
  std::uint32_t fact = 0;  // place in Builder::facts_
  Expression const* condition = nullptr;
};

/// What must hold in a rule's condition: one part that is the whole of it, or parts joined by `or`;
/// none where it cannot be taken apart so.
struct Conjunct {
  Expression const* whole = nullptr;
  std::uint32_t parts = 0;  // those in Builder::parts_ up to those of the next conjunct
};

/// Calls `visit(Expression const&)` for each part of a condition that must hold.
template <class Visit>
void for_each_conjunct(Policy const& policy, Expression const& condition, Visit const& visit) {
  if (auto const* all = std::get_if<AllOf>(&condition.form)) {
    for (auto const& part : all->parts) for_each_conjunct(policy, *part, visit);
    return;
  }
  auto const* define = std::get_if<DefineValue>(&condition.form);
  auto const* value = define ? policy.defines[index(define->define)].value.get() : nullptr;
  if (value != nullptr && std::holds_alternative<AllOf>(value->form))
    return for_each_conjunct(policy, *value, visit);
  visit(condition);
}

class Builder {
 public:
  explicit Builder(RuleSet const& rules) : rules_{rules} {
    for (auto const& layer : rules.layers) add_layer(layer);
    index_.words = (index_.steps.size() + 63) / 64;
    if (index_.words > row_words_short)
      index_.words = (index_.words + row_block - 1) / row_block * row_block;
    index_.at.resize(rules.policy.rules.size());
    for (std::uint32_t at = 0; at < index_.steps.size(); ++at) split(at);
    begins_.push_back(static_cast<std::uint32_t>(conjuncts_.size()));
    conjuncts_.push_back({nullptr, static_cast<std::uint32_t>(parts_.size())});
  }

  RuleIndex build() {
    list_readers();
    for (auto& gathered : facts_) add_fact(gathered);
    end(index_.possible);
    place_ors();
    for (std::uint32_t at = 0; at < index_.steps.size(); ++at) place_parts(at);
    index_.steps.push_back(next_step(RuleId{}));
    sort_facts();
    index_.lookups = make_lookups(index_.facts);
    if (index_.words <= row_words_short) pair_rows();
    index_.rows.shrink_to_fit();
    return std::move(index_);
  }

 private:
  /// A condition of one fact and the position of its rule.
  struct Reading {
    std::uint32_t at = 0;
    Expression const* condition = nullptr;
  };
  /// A fact that conditions read, while its values are gathered.
  struct Gathered {
    FactKey key;
    std::vector<Value> constants;
    std::vector<Reading> readers;             // by position
    std::optional<std::uint32_t> place = {};  // in RuleIndex::facts, once it is there
  };

  void add_layer(Layer const& layer) {
    auto const begin = static_cast<std::uint32_t>(index_.steps.size());
    for (auto const rule : layer.rules) index_.steps.push_back({rule});
    auto const end = static_cast<std::uint32_t>(index_.steps.size());
    auto& stretches = index_.stretches;
    if (layer.repeats || stretches.empty() || stretches.back().repeats)
      stretches.push_back({begin, end, layer.repeats});
    stretches.back().end = end;
  }

  void split(std::uint32_t at) {
    auto const id = index_.steps[at].rule;
    index_.at[index(id)] = at;
    begins_.push_back(static_cast<std::uint32_t>(conjuncts_.size()));
    auto const& rule = rules_.policy.rules[index(id)];
    if (rule.from || rule.until) index_.dated.push_back(id);
    if (!rule.when) return;
    for_each_conjunct(rules_.policy, *rule.when,
                      [&](Expression const& condition) { take_apart(condition); });
  }

  void take_apart(Expression const& condition) {
    conjuncts_.push_back({&condition, static_cast<std::uint32_t>(parts_.size())});
    if (auto single = find_single_fact(rules_, condition))
      return add_part(std::move(*single), condition);
    auto const* any = std::get_if<AnyOf>(&condition.form);
    if (any == nullptr) return;
    std::vector<SingleFact> singles;
    for (auto const& one : any->parts) {
      auto single = find_single_fact(rules_, *one);
      if (!single) return;
      singles.push_back(std::move(*single));
    }
    for (std::size_t at = 0; at < singles.size(); ++at)
      add_part(std::move(singles[at]), *any->parts[at]);
  }

  void add_part(SingleFact single, Expression const& condition) {
    auto const [place, is_new] =
        places_.try_emplace(single.key, static_cast<std::uint32_t>(facts_.size()));
    if (is_new) facts_.push_back({single.key, {}, {}});
    std::ranges::move(single.constants, std::back_inserter(facts_[place->second].constants));
    parts_.push_back({place->second, &condition});
  }

  std::uint32_t parts_of(std::uint32_t conjunct) const {
    return conjuncts_[conjunct + 1].parts - conjuncts_[conjunct].parts;
  }

  /// Parts joined by `or` read their facts in leaves, not in rows.
  void list_readers() {
    for (std::uint32_t at = 0; at < index_.steps.size(); ++at) {
      for (auto one = begins_[at]; one < begins_[at + 1]; ++one) {
        if (parts_of(one) != 1) continue;
        auto const& part = parts_[conjuncts_[one].parts];
        facts_[part.fact].readers.push_back({at, part.condition});
      }
    }
  }

  IndexedFact make_fact(Gathered& gathered) const {
    auto const& [id, mention] = gathered.key;
    auto const& type = rules_.policy.facts[index(id)].type;
    auto values = std::move(gathered.constants);
    if (mention || type.kind == Kind::truth) values = {Value{false}, Value{true}};
    if (!mention && type.kind == Kind::choice) {
      values.clear();
      for (std::uint32_t at = 0; at < type.choice->values.size(); ++at)
        values.emplace_back(Chosen{at});
    }
    return make_indexed(id, mention, !mention && is_ordered_kind(type.kind), std::move(values));
  }

  /// What one fact comes to for each rule, its conditions joined by `join`.
  template <class Join>
  std::vector<Reader> find_readers(IndexedFact const& fact, std::vector<Reading> const& readings,
                                   Join const& join) const {
    std::vector<Reader> readers;
    for (auto const& [at, condition] : readings) {
      auto spans = compiling::find_spans(rules_, fact, *condition);
      if (readers.empty() || readers.back().at != at)
        readers.push_back({at, std::move(spans)});
      else
        readers.back().spans = join(std::move(readers.back().spans), spans);
    }
    return readers;
  }

  static void end(Plane& plane) {
    plane.of_classes.push_back({0, static_cast<std::uint32_t>(plane.except.size())});
  }

  /// Leaves out one whose rows find no room.
  void add_fact(Gathered& gathered) {
    auto fact = make_fact(gathered);
    auto const readers = find_readers(fact, gathered.readers, compiling::intersect);
    gathered.readers = {};
    auto& plane = index_.possible;
    auto const rows = index_.rows.size(), classes = plane.of_classes.size(),
               except = plane.except.size();
    fact.first_class = static_cast<std::uint32_t>(classes);
    fact.is_read = !readers.empty();
    if (!add_rows(index_, plane, fact, readers, Sharing::any)) {
      index_.rows.resize(rows);
      plane.of_classes.resize(classes);
      plane.except.resize(except);
      return;
    }
    fact.reading_row = add_row(index_, readers);
    gathered.place = static_cast<std::uint32_t>(index_.facts.size());
    index_.facts.push_back(std::move(fact));
  }

  /// The first `or` of a rule that is wholly indexed.
  std::optional<std::uint32_t> find_first_or(std::uint32_t at) const {
    for (auto one = begins_[at]; one < begins_[at + 1]; ++one)
      if (parts_of(one) > 1 && are_all_indexed(one)) return one;
    return std::nullopt;
  }

  /// Puts the first `or` of each rule into rows. Where they find no room, none is.
  void place_ors() {
    auto const rows = index_.rows.size();
    index_.without.assign(index_.words, ~std::uint64_t{0});
    std::vector<std::vector<Reading>> readings(index_.facts.size());
    for (std::uint32_t at = 0; at < index_.steps.size(); ++at) {
      auto const first = find_first_or(at);
      if (!first) continue;
      index_.without[at / 64] &= ~(std::uint64_t{1} << (at % 64));
      auto const begin = conjuncts_[*first].parts;
      for (auto part = begin; part < begin + parts_of(*first); ++part)
        readings[*facts_[parts_[part].fact].place].push_back({at, parts_[part].condition});
    }
    has_ors_in_rows_ = add_ors(readings);
    if (has_ors_in_rows_) return;
    index_.rows.resize(rows);
    index_.holding = {};
    index_.without.assign(index_.words, ~std::uint64_t{0});
    for (auto& fact : index_.facts) fact.is_in_or = false;
  }

  bool add_ors(std::vector<std::vector<Reading>> const& readings) {
    for (std::size_t at = 0; at < readings.size(); ++at) {
      auto& fact = index_.facts[at];
      auto const readers = find_readers(fact, readings[at], compiling::unite);
      fact.is_in_or = !readers.empty();
      if (!add_rows(index_, index_.holding, fact, readers, Sharing::all)) return false;
      fact.or_row = add_row(index_, readers);
    }
    end(index_.holding);
    return true;
  }

  Step next_step(RuleId rule) const {
    auto const leaves = static_cast<std::uint32_t>(index_.leaves.size());
    return {rule, leaves, leaves, static_cast<std::uint32_t>(index_.rest.size())};
  }

  void place_parts(std::uint32_t at) {
    auto& step = index_.steps[at];
    step = next_step(step.rule);
    bool is_first_or = has_ors_in_rows_;
    for (auto one = begins_[at]; one < begins_[at + 1]; ++one) {
      if (!are_all_indexed(one)) {
        index_.rest.push_back(conjuncts_[one].whole);
      } else if (parts_of(one) > 1) {
        add_or(one);
        if (is_first_or) step.more = static_cast<std::uint32_t>(index_.leaves.size());
        is_first_or = false;
      }
    }
  }

  bool are_all_indexed(std::uint32_t conjunct) const {
    auto const begin = parts_.begin() + conjuncts_[conjunct].parts;
    auto const end = begin + parts_of(conjunct);
    return begin != end && std::all_of(begin, end, [&](Part const& part) {
             return facts_[part.fact].place.has_value();
           });
  }

  void add_or(std::uint32_t conjunct) {
    auto const begin = conjuncts_[conjunct].parts;
    for (auto part = begin; part < begin + parts_of(conjunct); ++part) add_leaves(parts_[part]);
    index_.leaves.back().is_last = 1;
  }

  /// A fact of few classes takes one leaf, whatever the condition; else each span takes one. None
  /// that holds for no class is left out: where its fact is unknown, so is it.
  void add_leaves(Part const& part) {
    auto const place = *facts_[part.fact].place;
    auto const& fact = index_.facts[place];
    auto const spans = compiling::find_spans(rules_, fact, *part.condition);
    if (fact.classes > 64) {
      for (auto const& span : spans)
        index_.leaves.push_back({place, 0, span.begin, span.end - span.begin, ~std::uint64_t{0}});
      if (spans.empty()) index_.leaves.push_back({place, 0, 0, 0, 0});
      return;
    }
    Leaf leaf{place, 0, 0, fact.classes, 0};
    for (auto const& span : spans)
      for (auto number = span.begin; number < span.end; ++number)
        leaf.bits |= std::uint64_t{1} << number;
    index_.leaves.push_back(leaf);
  }

  /// Those that most rules read first: they leave the fewest rules possible.
  void sort_facts() {
    std::vector<std::uint32_t> order(index_.facts.size()), place(index_.facts.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::stable_sort(order, std::greater{}, [this](std::uint32_t fact) {
      auto const* row = index_.row(index_.facts[fact].reading_row);
      return std::transform_reduce(row, row + index_.words, 0, std::plus{},
                                   [](std::uint64_t word) { return std::popcount(word); });
    });
    std::vector<IndexedFact> facts;
    for (std::uint32_t at = 0; at < order.size(); ++at) {
      facts.push_back(std::move(index_.facts[order[at]]));
      place[order[at]] = at;
    }
    index_.facts = std::move(facts);
    for (auto& leaf : index_.leaves) leaf.fact = place[leaf.fact];
  }

  void pair_rows() {
    for (auto const& fact : index_.facts) {
      index_.pairs.push_back({fact.classes, static_cast<std::uint32_t>(index_.paired.size())});
      for (std::uint32_t number = 0; number < fact.classes; ++number) {
        auto const at = fact.first_class + number;
        add_paired(index_.row(index_.possible.of_classes[at].row));
        add_paired(fact.is_in_or ? index_.row(index_.holding.of_classes[at].row) : nullptr);
      }
      index_.paired.resize(index_.paired.size() + index_.words, ~std::uint64_t{0});
      add_paired(fact.is_in_or ? index_.row(fact.or_row) : nullptr);
    }
  }

  void add_paired(std::uint64_t const* row) {
    if (row == nullptr)
      index_.paired.resize(index_.paired.size() + index_.words, 0);
    else
      index_.paired.insert(index_.paired.end(), row, row + index_.words);
  }

  RuleSet const& rules_;
  RuleIndex index_;
  std::vector<Gathered> facts_;
  std::map<FactKey, std::uint32_t> places_;  // in facts_
  std::vector<Part> parts_;
  std::vector<Conjunct> conjuncts_;    // and one behind the last
  std::vector<std::uint32_t> begins_;  // by position: its first conjunct; and one behind the last
  bool has_ors_in_rows_ = false;
};

}  // namespace

RuleIndex make_index(RuleSet const& rules) {
  return Builder{rules}.build();
}

}  // namespace heed
