#include <algorithm>
#include <compare>
#include <tuple>

#include "engine/run/assemble.hpp"
#include "engine/run/compose.hpp"
#include "engine/run/deadlines.hpp"
#include "engine/run/parameters.hpp"
#include "engine/run/targets.hpp"

/// What is to be said, who is told and what goes on record.
namespace heed::run {
namespace {

std::string_view find_first_text(Policy const& policy, lent::Texts const& texts) {
  if (texts.empty()) return {};
  if (policy.languages.empty()) return texts[0].text;
  auto const first = std::ranges::find(texts, policy.languages.front(), &lent::Text::language);
  return first == texts.end() ? texts[0].text : first->text;
}

/// A text of rules: what it says, and how it is written.
struct Told {
  lent::Name under;  // what stands before all else in their order
  lent::Texts text;
  Wordings const* written = nullptr;
  Rules rules;
};

std::strong_ordering compare(lent::Texts const& left, lent::Texts const& right) {
  return std::lexicographical_compare_three_way(
      left.begin(), left.end(), right.begin(), right.end(),
      [](lent::Text const& one, lent::Text const& other) {
        return std::tie(one.language, one.text) <=> std::tie(other.language, other.text);
      });
}

std::strong_ordering compare(Wordings const& left, Wordings const& right) {
  return std::lexicographical_compare_three_way(
      left.begin(), left.end(), right.begin(), right.end(), [](auto const& one, auto const& other) {
        return std::tie(one.first, one.second.written) <=>
               std::tie(other.first, other.second.written);
      });
}

/// By what it says in the policy's first language, then in all of them, then how it is written:
/// equal ones are told once.
std::strong_ordering compare(Policy const& policy, Told const& left, Told const& right) {
  if (auto const order = left.under <=> right.under; order != 0) return order;
  auto const order = find_first_text(policy, left.text) <=> find_first_text(policy, right.text);
  if (order != 0) return order;
  if (auto const texts = compare(left.text, right.text); texts != 0) return texts;
  return compare(*left.written, *right.written);
}

/// Adds the rule to what says the same, or says it for the first time.
template <class Equal>
void tell(Growing<Told>& all, Told const& one, RuleId rule, Equal const& is_equal) {
  auto const same =
      std::find_if(all.begin(), all.end(), [&](Told const& other) { return is_equal(one, other); });
  (same == all.end() ? all.push_back(one) : *same).rules.push_back(rule);
}

}  // namespace

/// Scripts by name, then texts that are written in rules.
List<lent::Saying> list_sayings(Frame& frame) {
  auto const& policy = frame.policy();
  Growing<Told> scripts{frame.room}, texts{frame.room};
  for (auto const& writing : frame.writers.saying) {
    if (!frame.has_fired(writing.rule)) continue;
    auto const& say = consequence_of<Say>(frame, writing);
    Told const one{say.script ? lent::Name{policy.scripts[index(*say.script)].name} : lent::Name{},
                   compose(frame, say.text), &say.text, Rules{frame.room}};
    if (say.script)
      tell(scripts, one, writing.rule,
           [](Told const& left, Told const& right) { return left.under == right.under; });
    else
      tell(texts, one, writing.rule, [&policy](Told const& left, Told const& right) {
        return compare(policy, left, right) == 0;
      });
  }
  std::ranges::sort(scripts, {}, &Told::under);
  std::ranges::sort(texts, [&policy](Told const& left, Told const& right) {
    return compare(policy, left, right) < 0;
  });
  Growing<lent::Saying> list{frame.room};
  for (auto const& said : scripts)
    list.push_back({said.under, said.text, names_of(frame, said.rules)});
  for (auto const& said : texts)
    list.push_back({std::nullopt, said.text, names_of(frame, said.rules)});
  return list.list();
}

List<lent::CheckFinding> list_checks(Frame& frame) {
  auto const& policy = frame.policy();
  Growing<Told> checks{frame.room};
  for (auto const& writing : frame.writers.checking) {
    if (!frame.has_fired(writing.rule)) continue;
    auto const& check = consequence_of<Check>(frame, writing);
    tell(checks,
         {policy.phases[check.before], compose(frame, check.text), &check.text, Rules{frame.room}},
         writing.rule, [&policy](Told const& left, Told const& right) {
           return compare(policy, left, right) == 0;
         });
  }
  std::ranges::sort(checks, [&policy](Told const& left, Told const& right) {
    return compare(policy, left, right) < 0;
  });
  Growing<lent::CheckFinding> list{frame.room};
  for (auto const& check : checks)
    list.push_back({check.under, check.text, names_of(frame, check.rules)});
  return list.list();
}

List<lent::AlertFinding> list_alerts(Frame& frame) {
  auto const& policy = frame.policy();
  struct Alerted {
    RoleId role{};
    Due due;
    Rules rules;
  };
  Growing<Alerted> roles{frame.room};
  for (auto const& writing : frame.writers.alerting) {
    if (!frame.has_fired(writing.rule)) continue;
    auto const& alert = consequence_of<Alert>(frame, writing);
    auto const known = std::ranges::find(roles, alert.role, &Alerted::role);
    auto& alerted =
        known == roles.end() ? roles.push_back({alert.role, {}, Rules{frame.room}}) : *known;
    if (alert.within) keep_earlier(alerted.due, due_of(frame, *alert.within));
    alerted.rules.push_back(writing.rule);
  }
  std::ranges::sort(roles, {}, &Alerted::role);
  Growing<lent::AlertFinding> list{frame.room};
  for (auto const& [role, due, rules] : roles)
    list.push_back({policy.roles[index(role)].name, due.at, names_of(frame, rules)});
  return list.list();
}

List<lent::Recording> list_recordings(Frame& frame) {
  auto const& policy = frame.policy();
  struct Entry {
    EventId event{};
    AllGiven given;
    Rules rules;
  };
  Growing<Entry> entries{frame.room};
  for (auto const& writing : frame.writers.recording) {
    if (!frame.has_fired(writing.rule)) continue;
    auto const& record = consequence_of<Record>(frame, writing);
    auto const count = policy.events[index(record.event)].fields.size();
    auto const given = find_given(frame, record.fields, count);
    auto const same = std::ranges::find_if(entries, [&](Entry const& entry) {
      return entry.event == record.event && are_equal(entry.given, given);
    });
    auto& entry =
        same == entries.end() ? entries.push_back({record.event, given, Rules{frame.room}}) : *same;
    entry.rules.push_back(writing.rule);
  }
  std::ranges::sort(entries, [](Entry const& left, Entry const& right) {
    if (left.event != right.event) return left.event < right.event;
    return comes_before(left.given, right.given);
  });
  Growing<lent::Recording> list{frame.room};
  for (auto const& entry : entries) {
    auto const& event = policy.events[index(entry.event)];
    Happened happened{entry.event, frame.inputs.now, {}};
    for (std::uint32_t field = 0; field < entry.given.size(); ++field)
      if (entry.given[field].value != nullptr)
        happened.fields.emplace_back(field, *entry.given[field].value);
    list.push_back({event.name, show_given(frame, entry.given, event.fields),
                    names_of(frame, entry.rules), frame.own(std::move(happened))});
  }
  return list.list();
}

}  // namespace heed::run
