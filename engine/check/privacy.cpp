#include "engine/check/privacy.hpp"

#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "engine/base/expected.hpp"
#include "engine/check/reads.hpp"
#include "engine/check/tell.hpp"

namespace heed::check {

namespace {

/// A fact that must not be told, and what it comes through: a name, or empty.
struct Secret {
  FactId fact{};
  std::string through;
};
using Found = std::optional<Secret>;

template <class F>
void each_do(Consequence const& consequence, F const& call) {
  if (auto const* act = std::get_if<Do>(&consequence)) call(*act);
  if (auto const* instead = std::get_if<Instead>(&consequence)) call(instead->what);
  if (auto const* offer = std::get_if<Offer>(&consequence))
    for (auto const& act : offer->actions) call(act);
}

/// Looks for facts of one kind behind values. What stands behind a name is looked for once.
class Search {
 public:
  Search(Policy const& policy, bool Fact::*kind) : policy_{policy}, kind_{kind} {}

  Found in(ExpressionPtr const& expression) {
    if (!expression) return std::nullopt;
    Found found;
    each_fact(*expression, [&](FactId fact) {
      if (!found && policy_.facts[index(fact)].*kind_) found = Secret{fact, {}};
    });
    if (found) return found;
    each_read(*expression, false, [&](Read const& read) {
      if (!found) found = behind(read);
    });
    return found;
  }

 private:
  /// The kind of target, which it is, and the result of a table or the parameter of an action.
  using Key = std::tuple<std::size_t, std::size_t, std::uint32_t>;

  Found behind(Read const& read) {
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

  Found of(DefineId id, std::uint32_t) { return in(policy_.defines[index(id)].value); }
  Found of(TableId id, std::uint32_t result) {
    for (auto const& row : policy_.tables[index(id)].rows) {
      for (auto const& cell : row.cells)
        if (auto found = in(cell)) return found;
      if (auto found = in(row.results[result])) return found;
    }
    return std::nullopt;
  }
  Found of(AnswerId id, std::uint32_t) {
    if (auto found = in(policy_.answers[index(id)].reports)) return found;
    return written<SetAnswer>([&](SetAnswer const& it) { return it.answer == id; });
  }
  Found of(ScoreId id, std::uint32_t) {
    return written<AddToScore>([&](AddToScore const& it) { return it.score == id; });
  }
  Found of(Doing doing, std::uint32_t parameter) {
    Found found;
    for (auto const& rule : policy_.rules)
      for (auto const& consequence : rule.then)
        each_do(consequence, [&](Do const& act) {
          if (act.action != doing.action) return;
          for (auto const& argument : act.arguments)
            if (!found && argument.parameter == parameter) found = in(argument.value);
        });
    return found;
  }
  // What rules decide.
  Found of(NeedId, std::uint32_t) { return std::nullopt; }
  Found of(ActionId, std::uint32_t) { return std::nullopt; }

  template <class Form, class Is>
  Found written(Is const& is_it) {
    for (auto const& rule : policy_.rules)
      for (auto const& consequence : rule.then) {
        auto const* form = std::get_if<Form>(&consequence);
        if (!form || !is_it(*form)) continue;
        if (auto found = in(form->value)) return found;
      }
    return std::nullopt;
  }

  std::string name_of(ReadTarget const& target) const {
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

  Policy const& policy_;
  bool Fact::*kind_;
  std::map<Key, Found> known_;
};

struct Watch {
  Draft& draft;
  Search confidential{draft.policy, &Fact::confidential};
  Search private_{draft.policy, &Fact::is_private};

  std::string words(Secret const& secret) const {
    auto const fact = quoted(draft.policy.facts[index(secret.fact)].name);
    return secret.through.empty() ? fact : fact + ", through " + quoted(secret.through);
  }

  void tell_confidential(Expression const& value, Secret const& secret) {
    tell(draft, value.where, "check.confidential-in-text",
         "the customer would read " + words(secret) + ", which is confidential",
         "leave it out; a rule may decide by it, and say one text or another");
  }

  void said(Wordings const& wordings) {
    for_each_slot_value(wordings, [&](ExpressionPtr const& value) {
      if (auto const found = confidential.in(value)) tell_confidential(*value, *found);
    });
  }
  /// What the staff reads: it stands in reports and lists too, and is never sealed.
  void kept(Wordings const& wordings, std::string const& where) {
    for_each_slot_value(wordings, [&](ExpressionPtr const& value) {
      auto const found = private_.in(value);
      if (!found) return;
      tell(draft, value->where, "check.private-in-text",
           where + " would hold " + words(*found) + ", which is private",
           "reasons and checks go into reports, which outlive the erasure of what is private: say "
           "it without, or in a `say` to the customer");
    });
  }
  /// A text that is handed to what is done for the customer's eyes.
  void handed(Do const& act) {
    auto const& action = draft.policy.actions[index(act.action)];
    if (!action.internal_to.empty()) return;
    for (auto const& argument : act.arguments) {
      auto const& type = action.takes[argument.parameter].type;
      bool const is_text =
          type.kind == Kind::text || (type.kind == Kind::set && type.element == Kind::text);
      auto found = is_text ? confidential.in(argument.value) : Found{};
      if (is_text && !found && act.for_each) found = confidential.in(act.for_each->list);
      if (found) tell_confidential(*argument.value, *found);
    }
  }
};

}  // namespace

void check_privacy(Draft& draft) {
  Watch watch{draft};
  for (auto const& script : draft.policy.scripts) watch.said(script.text);
  for (auto const& rule : draft.policy.rules) {
    watch.kept(rule.because, "the reason");
    for (auto const& consequence : rule.then) {
      auto const* say = std::get_if<Say>(&consequence);
      if (say && !say->script) watch.said(say->text);
      if (auto const* check = std::get_if<Check>(&consequence))
        watch.kept(check->text, "the check");
      each_do(consequence, [&](Do const& act) { watch.handed(act); });
    }
  }
}

}  // namespace heed::check
