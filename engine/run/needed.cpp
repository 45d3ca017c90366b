#include <algorithm>

#include "engine/run/frame.hpp"

/// What a decision needs to know of the past.
namespace heed {
namespace {

/// From where on events count; nothing where only deciding tells.
std::optional<Instant> find_after(HistoryRead const& read, Instant now, Zone const& zone) {
  if (read.window == nullptr) return std::nullopt;
  auto const* constant = std::get_if<Constant>(&read.window->last->form);
  auto const* length = constant == nullptr ? nullptr : std::get_if<Duration>(&constant->value);
  auto const back = length == nullptr ? std::nullopt : negate(*length);
  return back ? add(now, *back, zone) : std::nullopt;
}

/// The value of a constant or a known fact, of a kind that is equal where it is written the same.
Value const* find_value(RuleSet const& rules, Case const& subject, Expression const& expression) {
  auto const kind = expression.type.kind;
  if (kind != Kind::text && kind != Kind::choice && kind != Kind::truth) return nullptr;
  if (auto const* constant = std::get_if<Constant>(&expression.form)) return &constant->value;
  auto const* fact = std::get_if<FactValue>(&expression.form);
  if (fact == nullptr) return nullptr;
  auto const& given = subject.facts[index(fact->fact)];
  auto const& otherwise = rules.policy.facts[index(fact->fact)].otherwise;
  return given ? &*given : otherwise ? &*otherwise : nullptr;
}

/// `product is case.product` in a condition that must hold.
void find_only(RuleSet const& rules, Case const& subject, Expression const& where,
               EventsNeeded& needed) {
  if (auto const* all = std::get_if<AllOf>(&where.form)) {
    for (auto const& part : all->parts) find_only(rules, subject, *part, needed);
  }
  auto const* comparison = std::get_if<Comparison>(&where.form);
  if (comparison == nullptr || comparison->relation != Relation::equal) return;
  for (auto const& [one, other] : {std::pair{comparison->left, comparison->right},
                                   std::pair{comparison->right, comparison->left}}) {
    auto const* field = std::get_if<ItemField>(&one->form);
    auto const* value = find_value(rules, subject, *other);
    if (field == nullptr || field->up != 0 || value == nullptr) continue;
    if (!std::holds_alternative<None>(*value)) needed.only.emplace_back(field->field, *value);
  }
}

void widen(std::optional<Instant>& after, std::optional<Instant> other) {
  after = after && other ? std::optional{std::min(*after, *other)} : std::nullopt;
}

}  // namespace

std::vector<EventsNeeded> find_events_needed(RuleSet const& rules, Case const& subject,
                                             Instant now) {
  std::map<EventId, EventsNeeded> own;
  std::map<std::string, EventsNeeded> figures;
  for (auto const& read : rules.history) {
    auto const after = find_after(read, now, rules.policy.zone);
    auto const [entry, is_new] = own.try_emplace(read.event, EventsNeeded{read.event, after});
    if (!is_new) widen(entry->second.after, after);
    bool const across =
        read.window != nullptr ? read.window->across_customers : read.since->across_customers;
    auto const& figure = read.window != nullptr ? read.window->figure : read.since->figure;
    auto const& where = read.window != nullptr ? read.window->where : read.since->where;
    if (!across || subject.figures.contains(figure)) continue;
    EventsNeeded needed{read.event, after, true, figure, {}};
    if (where) find_only(rules, subject, *where, needed);
    figures.emplace(figure, std::move(needed));
  }
  std::vector<EventsNeeded> all;
  all.reserve(own.size() + figures.size());
  for (auto& [event, needed] : own) all.push_back(std::move(needed));
  for (auto& [figure, needed] : figures) all.push_back(std::move(needed));
  return all;
}

}  // namespace heed
