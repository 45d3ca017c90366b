#include <algorithm>
#include <map>
#include <tuple>

#include "engine/run/assemble.hpp"
#include "engine/run/compose.hpp"
#include "engine/run/deadlines.hpp"
#include "engine/run/parameters.hpp"
#include "engine/run/targets.hpp"

/// What is to be said, who is told and what goes on record.
namespace heed::run {
namespace {

std::string const& find_first_text(Policy const& policy, Texts const& texts) {
  static std::string const empty;
  if (!policy.languages.empty()) {
    auto const text = texts.find(policy.languages.front());
    if (text != texts.end()) return text->second;
  }
  return texts.empty() ? empty : texts.begin()->second;
}

/// Scripts by name, then texts written in rules by their words: what they say, then how they are
/// written; equal ones are said once.
using SayingKey = std::tuple<bool, std::string, Texts, Texts>;

Texts list_written(Wordings const& wordings) {
  Texts written;
  for (auto const& [language, wording] : wordings) written.emplace(language, wording.written);
  return written;
}

SayingKey make_key(Policy const& policy, Say const& say, Texts const& composed) {
  if (say.script) return {false, policy.scripts[index(*say.script)].name, {}, {}};
  return {true, find_first_text(policy, composed), composed, list_written(say.text)};
}

}  // namespace

std::vector<Saying> list_sayings(Frame& frame) {
  auto const& policy = frame.policy();
  struct Said {
    Say const* say = nullptr;
    Texts text;
    std::vector<RuleId> rules;
  };
  std::map<SayingKey, Said> sayings;
  for (auto const& writing : frame.writers.saying) {
    if (!frame.has_fired(writing.rule)) continue;
    auto const& say = consequence_of<Say>(frame, writing);
    auto text = compose(frame, say.text);
    auto& said = sayings[make_key(policy, say, text)];
    said.say = &say;
    said.text = std::move(text);
    said.rules.push_back(writing.rule);
  }
  std::vector<Saying> list;
  for (auto& [key, said] : sayings) {
    auto& one = list.emplace_back();
    if (said.say->script) one.script = policy.scripts[index(*said.say->script)].name;
    one.text = std::move(said.text);
    one.rules = names_of(policy, said.rules);
  }
  return list;
}

std::vector<CheckFinding> list_checks(Frame& frame) {
  auto const& policy = frame.policy();
  std::map<std::tuple<std::string, std::string, Texts, Texts>, std::vector<RuleId>> checks;
  for (auto const& writing : frame.writers.checking) {
    if (!frame.has_fired(writing.rule)) continue;
    auto const& [wordings, before] = consequence_of<Check>(frame, writing);
    auto const text = compose(frame, wordings);
    checks[{policy.phases[before], find_first_text(policy, text), text, list_written(wordings)}]
        .push_back(writing.rule);
  }
  std::vector<CheckFinding> list;
  list.reserve(checks.size());
  for (auto const& [key, rules] : checks)
    list.push_back({std::get<0>(key), std::get<2>(key), names_of(policy, rules)});
  return list;
}

std::vector<AlertFinding> list_alerts(Frame& frame) {
  auto const& policy = frame.policy();
  struct Told {
    Due due;
    std::vector<RuleId> rules;
  };
  std::map<RoleId, Told> roles;
  for (auto const& writing : frame.writers.alerting) {
    if (!frame.has_fired(writing.rule)) continue;
    auto const& alert = consequence_of<Alert>(frame, writing);
    auto& told = roles[alert.role];
    if (alert.within) keep_earlier(told.due, due_of(frame, *alert.within));
    told.rules.push_back(writing.rule);
  }
  std::vector<AlertFinding> list;
  list.reserve(roles.size());
  for (auto const& [role, told] : roles)
    list.push_back({policy.roles[index(role)].name, told.due.at, names_of(policy, told.rules)});
  return list;
}

std::vector<Recording> list_recordings(Frame& frame) {
  auto const& policy = frame.policy();
  struct Entry {
    EventId event;
    std::vector<Given> given;
    std::vector<RuleId> rules;
  };
  std::vector<Entry> entries;
  for (auto const& writing : frame.writers.recording) {
    if (!frame.has_fired(writing.rule)) continue;
    auto const& record = consequence_of<Record>(frame, writing);
    auto const count = policy.events[index(record.event)].fields.size();
    auto given = find_given(frame, record.fields, count);
    auto const same = std::ranges::find_if(entries, [&](Entry const& entry) {
      return entry.event == record.event && entry.given == given;
    });
    if (same != entries.end())
      same->rules.push_back(writing.rule);
    else
      entries.push_back({record.event, std::move(given), {writing.rule}});
  }
  std::ranges::sort(entries, [](Entry const& left, Entry const& right) {
    if (left.event != right.event) return left.event < right.event;
    return comes_before(left.given, right.given);
  });
  std::vector<Recording> list;
  for (auto const& entry : entries) {
    auto const& event = policy.events[index(entry.event)];
    Happened happened{entry.event, frame.inputs.now, {}};
    for (std::uint32_t field = 0; field < entry.given.size(); ++field)
      if (entry.given[field].value != nullptr)
        happened.fields.emplace_back(field, *entry.given[field].value);
    list.push_back({event.name, show_given(entry.given, event.fields, policy.zone),
                    names_of(policy, entry.rules), std::move(happened)});
  }
  return list;
}

}  // namespace heed::run
