#include <optional>

#include "engine/check/forms.hpp"
#include "engine/check/items.hpp"
#include "engine/check/settle.hpp"
#include "engine/check/tell.hpp"

/// Events of the past.
namespace heed::check {

namespace {

Event const* find_event(Scope const& scope, ast::Name const& name) {
  auto const* symbol = find_symbol(scope, name, SymbolKind::event);
  if (!symbol || !settle(scope.draft, name.text)) return nullptr;
  return &scope.draft.policy.events[symbol->index];
}

EventId id_of(Scope const& scope, Event const& event) {
  return EventId(static_cast<std::uint32_t>(&event - scope.draft.policy.events.data()));
}

/// In `where` a bare name is first a field of the event, and so is `contact.channel`.
ItemNames names_within(Event const& event) {
  ItemNames names{event.name, event.name, {}};
  for (auto const& field : event.fields) names.fields.push_back({field.name, field.type});
  return names;
}

/// While it lives, items that brackets around look at are not seen: a figure across customers is
/// one for the whole case. What is of nothing stands between.
class Apart {
 public:
  Apart(Draft& draft, bool is_apart) {
    if (is_apart) within_.emplace(draft, ItemNames{});
  }

 private:
  std::optional<Within> within_;
};

struct Where {
  ExpressionPtr condition;
  bool is_sound = true;
};

Where check_where(Scope const& scope, Event const& event, ast::ExpressionPtr const& written) {
  if (!written) return {};
  Within const within{scope.draft, names_within(event)};
  auto condition = check_condition(scope, *written);
  auto const is_sound = condition != nullptr;
  return {std::move(condition), is_sound};
}

std::string figure_of(Written whole, bool across_customers) {
  return across_customers ? text_of(whole) : std::string{};
}

}  // namespace

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::EventWindow const& it, Hint) {
  auto const* event = find_event(scope, it.event);
  Apart const apart{scope.draft, it.across_customers};
  auto const last =
      check_value(scope, *it.last, {plain(Kind::duration), "how far `in last` looks back"});
  if (!event) return nullptr;
  auto const id = id_of(scope, *event);
  auto const where = check_where(scope, *event, it.where);
  if (!last || !where.is_sound) return nullptr;
  return make(scope, whole, plain(it.count ? Kind::whole : Kind::truth),
              EventWindow{id, it.count, last, it.across_customers, where.condition,
                          figure_of(whole, it.across_customers)});
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::TimeSince const& it, Hint) {
  auto const* event = find_event(scope, it.event);
  if (!event) return nullptr;
  Apart const apart{scope.draft, it.across_customers};
  auto const id = id_of(scope, *event);
  auto const where = check_where(scope, *event, it.where);
  if (!where.is_sound) return nullptr;
  return make(
      scope, whole, plain(Kind::duration),
      TimeSince{id, it.across_customers, where.condition, figure_of(whole, it.across_customers)});
}

}  // namespace heed::check
