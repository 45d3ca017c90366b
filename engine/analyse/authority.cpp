#include <algorithm>
#include <set>

#include "engine/analyse/analyses.hpp"
#include "engine/analyse/tell.hpp"
#include "engine/base/expected.hpp"

namespace heed::analyse {
namespace {

std::optional<Currency> currency_of(Value const& value) {
  auto const* money = std::get_if<Money>(&value);
  return money ? std::optional{money->currency} : std::nullopt;
}

/// ` (5000 ILS)` behind a parameter's name.
std::string in_figures(Constant const& it) {
  if (it.name.empty()) return {};
  if (auto const* money = std::get_if<Money>(&it.value))
    return " (" + to_text(money->amount) + " " + std::string{code_of(money->currency)} + ")";
  if (auto const* number = std::get_if<Number>(&it.value)) return " (" + to_text(*number) + ")";
  return {};
}

/// The most that any role may ever give; nothing where that is not limited, or not said outright.
struct Most {
  Number number;
  std::optional<Currency> currency;
  std::string text;
};
std::optional<Most> find_most(Terms& terms, Authority const& authority) {
  std::optional<Most> most;
  for (auto const& line : authority.lines) {
    auto const* limit = line.up_to ? std::get_if<Constant>(&line.up_to->form) : nullptr;
    auto const number = limit ? terms.number_of(limit->value) : std::nullopt;
    if (!number) return std::nullopt;
    auto const currency = currency_of(limit->value);
    if (most && most->currency != currency) return std::nullopt;
    if (!most || *number > most->number) most = Most{*number, currency, line.up_to->text};
  }
  return most;
}

struct Search {
  Terms& terms;
  Diagnostics& found;
  std::set<Expression const*> seen = {};  // each table cell is told once

  /// Looks at each constant that a value can come out as.
  void look_at(Expression const& value, Most const& most, std::string const& name) {
    auto const& policy = terms.policy();
    std::visit(overloaded{
                   [&](Constant const& it) { compare(it, value, most, name); },
                   [&](Conditional const& it) {
                     look_at(*it.value, most, name);
                     look_at(*it.otherwise, most, name);
                   },
                   [&](DefineValue const& it) {
                     look_at(*policy.defines[index(it.define)].value, most, name);
                   },
                   [&](TableValue const& it) {
                     for (auto const& row : policy.tables[index(it.table)].rows)
                       look_at(*row.results[it.result], most, name);
                   },
                   [](auto const&) {},  // what it comes out as, only a case can say
               },
               value.form);
  }

  void compare(Constant const& it, Expression const& value, Most const& most,
               std::string const& name) {
    auto const number = terms.number_of(it.value);
    if (!number || currency_of(it.value) != most.currency || *number <= most.number) return;
    if (!seen.insert(&value).second) return;
    warn(found, value.where, "analysis.no-authority",
         "no role may give " + quoted(value.text) + in_figures(it) + " as " + quoted(name) +
             ": the highest limit is " + quoted(most.text),
         "promise less, or give a role the authority");
  }

  void look_at(Do const& it, Authority const& authority, Most const& most) {
    if (it.action != authority.action) return;
    auto const& action = terms.policy().actions[index(it.action)];
    for (auto const& [parameter, value] : it.arguments)
      if (parameter == authority.parameter)
        look_at(*value, most, action.name + "." + action.takes[parameter].name);
  }
};

}  // namespace

void find_unauthorised(Reader& reader, Diagnostics& found) {
  Search search{reader.terms(), found};
  for (auto const& authority : reader.policy().authorities) {
    auto const most = find_most(reader.terms(), authority);
    if (!most) continue;
    for (auto const& rule : reader.policy().rules)
      for (auto const& consequence : rule.then)
        if (auto const* done = std::get_if<Do>(&consequence))
          search.look_at(*done, authority, *most);
        else if (auto const* instead = std::get_if<Instead>(&consequence))
          search.look_at(instead->what, authority, *most);
        else if (auto const* offer = std::get_if<Offer>(&consequence))
          for (auto const& choice : offer->actions) search.look_at(choice, authority, *most);
  }
}

}  // namespace heed::analyse
