#include "engine/check/secrets.hpp"

#include "engine/base/expected.hpp"

namespace heed::check {

namespace {

using Found = SecretSearch::Found;

template <class Form, class Is>
Found written(Policy const& policy, SecretSearch& search, Is const& is_it) {
  for (auto const& rule : policy.rules)
    for (auto const& consequence : rule.then) {
      auto const* form = std::get_if<Form>(&consequence);
      if (!form || !is_it(*form)) continue;
      if (auto found = search.in(form->value)) return found;
    }
  return std::nullopt;
}

}  // namespace

void each_do(Consequence const& consequence, std::function<void(Do const&)> const& call) {
  if (auto const* act = std::get_if<Do>(&consequence)) call(*act);
  if (auto const* instead = std::get_if<Instead>(&consequence)) call(instead->what);
  if (auto const* offer = std::get_if<Offer>(&consequence))
    for (auto const& act : offer->actions) call(act);
}

Found SecretSearch::in_fields(Expression const& expression, std::optional<EventId> event) {
  Found found;
  if (!secrecy_.field) return found;
  auto const see = [&](EventId id, std::uint32_t field) {
    auto const& declared = policy_.events[index(id)];
    if (!found && secrecy_.field(declared.fields[field]))
      found = Secret{declared.name + "." + declared.fields[field].name, {}};
  };
  if (event)
    each_event_field(expression, *event, see);
  else
    each_event_field(expression, see);
  return found;
}

Found SecretSearch::in(ExpressionPtr const& expression) {
  if (!expression) return std::nullopt;
  Found found;
  each_fact(*expression, [&](FactId fact) {
    auto const& declared = policy_.facts[index(fact)];
    if (!found && secrecy_.fact(declared)) found = Secret{declared.name, {}};
  });
  if (!found) found = in_fields(*expression, std::nullopt);
  if (found) return found;
  each_read(*expression, false, [&](Read const& read) {
    if (!found) found = behind(read);
  });
  return found;
}

Found SecretSearch::in_where(EventId event, ExpressionPtr const& where) {
  if (!where) return std::nullopt;
  auto found = in(where);
  return found ? found : in_fields(*where, event);
}

Found SecretSearch::in(std::optional<Deadline> const& deadline) {
  if (!deadline) return std::nullopt;
  auto found = in(deadline->within);
  return found ? found : in(deadline->of);
}

Found SecretSearch::in(Wordings const& wordings) {
  Found found;
  for_each_slot_value(wordings, [&](ExpressionPtr const& value) {
    if (!found) found = in(value);
  });
  return found;
}

Found SecretSearch::in(Do const& act, Argument const& argument) {
  auto found = in(argument.value);
  if (!found && secrecy_.items_of_lists && act.for_each) found = in(act.for_each->list);
  return found;
}

Found SecretSearch::behind(Read const& read) {
  auto const* table = read.at ? std::get_if<TableValue>(&read.at->form) : nullptr;
  auto const* joined = read.at ? std::get_if<JoinedValue>(&read.at->form) : nullptr;
  auto const part = table ? table->result : joined ? joined->parameter : 0;
  auto const which = std::visit(overloaded{
                                    [](Doing doing) { return index(doing.action); },
                                    [](auto id) { return index(id); },
                                },
                                read.target);
  Key const key{read.target.index(), which, part};
  auto const [known, is_new] = known_.try_emplace(key);
  if (!is_new) return known->second;  // of a circle, which is told: nothing yet
  auto found = std::visit([&](auto id) { return of(id, part); }, read.target);
  if (found) found->through = name_of(read.target);
  return known_[key] = std::move(found);
}

Found SecretSearch::of(TableId id, std::uint32_t result) {
  for (auto const& row : policy_.tables[index(id)].rows) {
    for (auto const& cell : row.cells)
      if (auto found = in(cell)) return found;
    if (auto found = in(row.results[result])) return found;
  }
  return std::nullopt;
}

Found SecretSearch::of(AnswerId id) {
  if (auto found = in(policy_.answers[index(id)].reports)) return found;
  return written<SetAnswer>(policy_, *this, [&](SetAnswer const& it) { return it.answer == id; });
}

Found SecretSearch::of(ScoreId id) {
  return written<AddToScore>(policy_, *this, [&](AddToScore const& it) { return it.score == id; });
}

Found SecretSearch::of(Doing doing, std::uint32_t parameter) {
  Found found;
  for (auto const& rule : policy_.rules)
    for (auto const& consequence : rule.then)
      each_do(consequence, [&](Do const& act) {
        if (act.action != doing.action) return;
        for (auto const& argument : act.arguments)
          if (!found && argument.parameter == parameter) found = in(act, argument);
      });
  return found;
}

std::string SecretSearch::name_of(ReadTarget const& target) const {
  return std::visit(overloaded{
                        [&](DefineId id) { return policy_.defines[index(id)].name; },
                        [&](TableId id) { return policy_.tables[index(id)].name; },
                        [&](NeedId id) { return policy_.needs[index(id)].name; },
                        [&](ScoreId id) { return policy_.scores[index(id)].name; },
                        [&](AnswerId id) { return policy_.answers[index(id)].name; },
                        [&](ActionId id) { return policy_.actions[index(id)].name; },
                        [&](Doing it) { return policy_.actions[index(it.action)].name; },
                    },
                    target);
}

}  // namespace heed::check
