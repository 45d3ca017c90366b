#include "tests/support/random_rules.hpp"

#include <algorithm>

#include "tests/support/random_lists.hpp"
#include "tests/support/random_texts.hpp"

namespace heed::support {

namespace {

using Texts = std::vector<std::string>;

std::string number(std::size_t at) {
  return std::to_string(at);
}

TypeText of_kind(Kind kind) {
  TypeText type;
  type.kind = kind;
  return type;
}

/// Those that a rule of this level may write.
template <class T>
std::vector<T> writable(std::vector<T> const& targets, int level) {
  std::vector<T> found;
  std::copy_if(targets.begin(), targets.end(), std::back_inserter(found),
               [&](T const& target) { return target.level >= level; });
  return found;
}

std::string random_deadline(Writer& writer) {
  auto& chance = writer.chance;
  if (chance.percent(40)) return "";
  auto text = " within " + random_span(writer);
  if (chance.percent(30)) text += " of " + random_value(writer, of_kind(Kind::time), 1);
  return text;
}

std::string random_written(Writer& writer, TypeText const& type) {
  return type.kind == Kind::duration ? random_span(writer) : random_value(writer, type, 1);
}

std::string random_role(Writer const& writer) {
  return writer.chance.pick(writer.chance.pick(writer.names.lines));
}

std::string random_need_write(Writer& writer) {
  auto const needs = writable(writer.names.needs, writer.level);
  if (needs.empty()) return "";
  auto& chance = writer.chance;
  auto text = chance.pick(needs).name + chance.pick(Texts{" is violated", " is threatened"});
  if (chance.percent(50)) text += ", severity " + number(1 + chance.below(5));
  return text;
}

std::string random_arguments(Writer& writer, ActionName const& action) {
  std::string text;
  for (auto const& takes : action.takes) {
    if (writer.chance.percent(75))
      text += " " + takes.name + " " + random_written(writer, takes.type);
  }
  return text;
}

std::string random_doing(Writer& writer, ActionName const& action) {
  auto const outside = writer.inside.size();
  auto const each = writer.chance.percent(25) ? enter_each(writer) : "";
  auto text = action.name + random_arguments(writer, action);
  if (!writer.names.lines.empty() && writer.chance.percent(40))
    text += " by " + random_role(writer);
  text += random_deadline(writer);
  if (writer.chance.percent(15)) text += ", expires after " + random_span(writer);
  text += each;
  writer.inside.resize(outside);
  return text;
}

/// What stands in for an action is of a higher level, or of the same and behind it: so no circle
/// arises.
std::string random_instead(Writer& writer, ActionName const& of) {
  std::vector<ActionName> others;
  for (auto const& other : writable(writer.names.actions, writer.level)) {
    if (std::pair{of.level, of.name} < std::pair{other.level, other.name}) others.push_back(other);
  }
  if (others.empty() || !writer.chance.percent(60)) return "";
  return ", instead do " + random_doing(writer, writer.chance.pick(others));
}

std::string random_do(Writer& writer) {
  auto const actions = writable(writer.names.actions, writer.level);
  if (actions.empty()) return "";
  auto& chance = writer.chance;
  auto const& action = chance.pick(actions);
  if (chance.percent(30)) return "forbid " + action.name + random_instead(writer, action);
  return "do " + random_doing(writer, action);
}

/// For the customer to choose from. Nothing reads an offer, so it may name any action.
std::string random_offer(Writer& writer) {
  auto& chance = writer.chance;
  std::string text = "offer one of ";
  for (std::size_t i = 0; i < 1 + chance.below(3); ++i) {
    auto const& action = chance.pick(writer.names.actions);
    text += (i == 0 ? "" : ", ") + action.name + random_arguments(writer, action);
  }
  return text;
}

std::string random_check(Writer& writer) {
  auto& chance = writer.chance;
  if (chance.percent(50))
    return "check" + random_wordings(chance, writer.names) + " before " +
           chance.pick(writer.names.phases);
  return "check en \"Check " + number(chance.below(3)) + "\"" +
         (chance.percent(50) ? "  he \"לבדוק\"" : "") + " before " +
         chance.pick(writer.names.phases);
}

std::string random_say(Writer& writer) {
  auto& chance = writer.chance;
  if (chance.percent(60)) return "say " + chance.pick(writer.names.scripts);
  if (chance.percent(50)) return "say" + random_wordings(chance, writer.names);
  auto const which = number(chance.below(3));
  return "say en \"Text " + which + "\"" + (chance.percent(50) ? "  he \"מלל\"" : "");
}

std::string random_escalation(Writer& writer) {
  if (writer.names.lines.empty()) return "";
  auto& chance = writer.chance;
  auto const& line = chance.pick(writer.names.lines);
  auto at = chance.below(line.size());
  auto text = "escalate to " + line[at] + random_deadline(writer);
  while (++at < line.size() && chance.percent(70)) {
    text += ", then to " + line[at] + " after " + random_span(writer);
  }
  return text;
}

std::string random_addition(Writer& writer) {
  auto const scores = writable(writer.names.scores, writer.level);
  if (scores.empty()) return "";
  auto& chance = writer.chance;
  auto const value = chance.percent(50) ? number(1 + chance.below(5))
                                        : random_value(writer, of_kind(Kind::number), 1);
  return "add " + value + " to " + chance.pick(scores).name;
}

std::string random_answer(Writer& writer) {
  auto const answers = writable(writer.names.answers, writer.level);
  if (answers.empty()) return "";
  auto& chance = writer.chance;
  auto const& answer = chance.pick(answers);
  if (!answer.united) {
    return "set " + answer.name + " to " + random_written(writer, answer.type);
  }
  if (chance.percent(40)) {
    auto const value = random_value(writer, answer.type, 0);
    if (!value.empty()) {
      return chance.percent(50) ? "set " + answer.name + " to " + value
                                : "add " + value + " to " + answer.name;
    }
  }
  auto item = answer.type;
  item.kind = item.element;
  return "add " + random_value(writer, item, 1) + " to " + answer.name;
}

std::string random_record(Writer& writer) {
  auto const& event = writer.chance.pick(writer.names.events);
  auto text = "record " + event.name;
  for (auto const& field : event.fields) {
    if (writer.chance.percent(70)) {
      text += " " + field.name + " " + random_value(writer, field.type, 1);
    }
  }
  return text;
}

std::string random_asked(Writer& writer) {
  auto& chance = writer.chance;
  auto const& lists = writer.names.lists;
  return chance.percent(15) && !lists.empty() ? chance.pick(lists).name
                                              : chance.pick(writer.names.facts).name;
}

std::string random_consequence(Writer& writer) {
  auto& chance = writer.chance;
  std::string text;
  auto const roll = chance.below(100);
  if (roll < 25) text = random_need_write(writer);
  if (roll >= 25 && roll < 42) text = random_do(writer);
  if (roll >= 42 && roll < 46) text = random_offer(writer);
  if (roll >= 46 && roll < 48) text = random_check(writer);
  if (roll >= 48 && roll < 56) text = random_addition(writer);
  if (roll >= 56 && roll < 70) text = random_answer(writer);
  if (roll >= 70 && roll < 80) text = random_escalation(writer);
  if (roll >= 80 && roll < 86) text = random_record(writer);
  if (roll >= 86 && roll < 91) text = "ask " + random_asked(writer);
  if (roll >= 91 && roll < 95 && !writer.names.lines.empty()) {
    text = "alert " + random_role(writer);
    if (chance.percent(50)) text += " within " + random_span(writer);
  }
  return text.empty() ? random_say(writer) : text;
}

/// Rules of a higher level, or of the same where this one is no part of a circle: what this one
/// reads cannot hang on them.
std::string random_overrides(Writer const& writer, bool circle) {
  Texts others;
  for (auto const& rule : writer.names.rules) {
    if (rule.level > writer.level || (rule.level == writer.level && !circle))
      others.push_back(rule.name);
  }
  if (others.empty() || !writer.chance.percent(30)) return "";
  auto text = "  overrides " + writer.chance.pick(others);
  if (writer.chance.percent(30)) {
    auto const& other = writer.chance.pick(others);
    if (!text.ends_with(" " + other)) text += ", " + other;
  }
  return text + "\n";
}

std::string random_attributes(Chance& chance) {
  std::string text;
  if (chance.percent(30)) text += "  source S001\n";
  if (chance.percent(12)) {
    text += "  from " + chance.pick(Texts{"2026-11-22", "2026-11-23", "2026-01-01"}) + "\n";
  }
  if (chance.percent(12)) {
    bool const begins = text.find("from") != std::string::npos;
    auto const ends =
        begins ? Texts{"2026-11-23", "2026-12-31"} : Texts{"2026-11-21", "2026-11-22"};
    text += "  until " + chance.pick(ends) + "\n";
  }
  return text;
}

}  // namespace

std::string random_rule(Chance& chance, Vocabulary& names, std::string const& name) {
  bool const circle = chance.percent(20);
  Writer writer{chance, names, static_cast<int>(chance.below(levels))};
  auto text = "rule " + name + (chance.percent(40) ? " \"A rule\"" : "") + "\n";
  text += random_overrides(writer, circle);
  text += random_attributes(chance);
  if (circle) {
    text += "  when " + random_upward_condition(writer, 2) + "\n";
  } else if (chance.percent(92)) {
    text += "  when " + random_condition(writer, 3);
    if (chance.percent(15)) text += chance.percent(50) ? " and " + chance.pick(names.secrets) : "";
    text += "\n";
  }
  auto const first = circle ? random_need_write(writer) : std::string{};
  text += "  then " + (first.empty() ? random_consequence(writer) : first) + "\n";
  for (std::size_t i = 0; i < chance.below(3); ++i) {
    text += "       " + random_consequence(writer) + "\n";
  }
  if (chance.percent(30))
    text += "  because" + some_texts(chance, "So") + "\n";
  else if (chance.percent(30))
    text += "  because" + random_wordings(chance, names) + "\n";
  names.rules.push_back({name, writer.level});
  return text;
}

}  // namespace heed::support
