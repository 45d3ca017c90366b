#include "tests/support/random_vocabulary.hpp"

#include "tests/support/random_expressions.hpp"

namespace heed::support {

namespace {

using Declarations = std::vector<std::string>;

std::string number(std::size_t at) {
  return std::to_string(at);
}

std::string joined(std::vector<std::string> const& words, std::string const& between) {
  std::string text;
  for (auto const& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

std::vector<TypeText> random_choices(Chance& chance) {
  std::vector<TypeText> choices;
  for (std::size_t i = 0; i < 3; ++i) {
    TypeText type;
    type.kind = Kind::choice;
    type.ordered = i != 1;
    auto const count = 2 + chance.below(3);
    for (std::size_t value = 0; value < count; ++value) {
      type.values.push_back("v" + std::string{"abc"[i]} + number(value));
    }
    if (i == 1) type.values.back() = chance.percent(50) ? "\"on time\"" : "\"unknown\"";
    type.written = "one of " + joined(type.values, type.ordered ? " < " : ", ");
    choices.push_back(type);
  }
  return choices;
}

TypeText plain_type(Kind kind, std::string const& written) {
  TypeText type;
  type.kind = kind;
  type.written = written;
  return type;
}

TypeText random_money(Chance& chance) {
  auto type = plain_type(Kind::money, "money");
  if (chance.percent(50)) return type;
  type.currency = chance.percent(70) ? "ILS" : "USD";
  type.written += " in " + type.currency + (chance.percent(30) ? " cents" : "");
  return type;
}

TypeText random_set(Chance& chance, std::vector<TypeText> const& choices) {
  auto type = plain_type(Kind::set, "set of text");
  if (chance.percent(30)) {
    type = chance.pick(choices);
    type.element = Kind::choice;
    type.written = "set of " + type.written;
  } else if (chance.percent(30)) {
    type.element = Kind::whole;
    type.written = "set of whole number";
  }
  type.kind = Kind::set;
  return type;
}

TypeText random_type(Chance& chance, std::vector<TypeText> const& choices) {
  switch (chance.below(12)) {
    case 0:
    case 1:
      return plain_type(Kind::truth, "yes or no");
    case 2:
      return plain_type(Kind::whole, "whole number");
    case 3:
      return plain_type(Kind::number, "number");
    case 4:
      return random_money(chance);
    case 5:
      return plain_type(Kind::duration, "duration");
    case 6:
      return plain_type(Kind::date, "date");
    case 7:
      return plain_type(Kind::time, "time");
    case 8:
      return plain_type(Kind::text, "text");
    case 9:
      return random_set(chance, choices);
    default:
      return chance.pick(choices);
  }
}

std::string declared(TypeText const& type) {
  return type.written + (type.or_none ? " or none" : "");
}

void make_facts(Chance& chance, Vocabulary& names, Declarations& declarations) {
  auto const count = static_cast<std::size_t>(3 + names.size);
  for (std::size_t i = 0; i < count; ++i) {
    Named fact{"f" + number(i), random_type(chance, names.choices), 0};
    if (i == 0) fact.type = plain_type(Kind::truth, "yes or no");
    if (i == 1) fact.type = plain_type(Kind::text, "text");
    if (chance.percent(40)) fact.name = "case." + fact.name;
    fact.type.or_none = chance.percent(15);
    auto text = "fact " + fact.name + " is " + declared(fact.type);
    bool const has_default = names.words == Words::all && chance.percent(15);
    if (has_default && fact.type.kind != Kind::set) {
      text += ", default " + random_literal(chance, fact.type);
    }
    text += "\n";
    if (chance.percent(40)) text += "  title" + some_texts(chance, "Fact") + "\n";
    if (chance.percent(40)) text += "  ask" + some_texts(chance, "Which") + "\n";
    declarations.push_back(text);
    names.facts.push_back(fact);
  }
}

/// Declares a list and, now and then, one in its items; `path` is its whole name.
ListName make_list(Chance& chance, Vocabulary const& names, std::string const& path, int depth,
                   Declarations& declarations) {
  ListName list{path, chance.percent(25), {}, {}};
  auto text = "fact " + path + " is list of";
  if (list.is_single) {
    list.fields.push_back({"", random_type(chance, names.choices), 0});
    if (list.fields[0].type.kind == Kind::set) list.fields[0].type = plain_type(Kind::text, "text");
    declarations.push_back(text + " " + list.fields[0].type.written + "\n");
    return list;
  }
  text += "\n";
  auto const beginning = "g" + std::string{path.back()} + number(static_cast<std::size_t>(depth));
  for (std::size_t i = 0; i < 1 + chance.below(4); ++i) {
    Named field{beginning + number(i), random_type(chance, names.choices), 0};
    field.type.or_none = chance.percent(15);
    text += "  " + field.name + " is " + declared(field.type) + "\n";
    list.fields.push_back(field);
  }
  declarations.push_back(text);
  if (depth == 2 || !chance.percent(60)) return list;
  list.inner.push_back(
      make_list(chance, names, path + ".in" + path.back(), depth + 1, declarations));
  list.inner.back().name = "in" + std::string{path.back()};
  return list;
}

void make_lists(Chance& chance, Vocabulary& names, Declarations& declarations) {
  auto const count = chance.below(3 + static_cast<std::size_t>(names.size) / 4);
  for (std::size_t i = 0; i < count; ++i) {
    auto const name = (chance.percent(50) ? "case.l" : "l") + number(i);
    names.lists.push_back(make_list(chance, names, name, 0, declarations));
  }
}

/// Rules alone may go by them: no text may tell them.
void make_secrets(Vocabulary& names, Declarations& declarations) {
  declarations.push_back("fact secret.one is private yes or no\n");
  declarations.push_back("fact secret.two is confidential yes or no\n");
  declarations.push_back("fact secret.three is private confidential number\n");
  declarations.push_back("fact open.one is public text\n");
  names.secrets = {"secret.one", "not secret.two", "secret.three > 1"};
}

void make_constants(Chance& chance, Vocabulary& names, Declarations& declarations) {
  for (std::size_t i = 0; i < 2 + static_cast<std::size_t>(names.size) / 3; ++i) {
    Named constant{"p" + number(i), random_type(chance, names.choices), 0};
    while (constant.type.kind == Kind::set || constant.type.kind == Kind::choice) {
      constant.type = random_type(chance, names.choices);
    }
    if (constant.type.kind == Kind::money) constant.type.currency = "ILS";
    auto const value = random_literal(chance, constant.type);
    declarations.push_back("parameter " + constant.name + " is " + value + "\n" +
                           (chance.percent(30) ? "  source \"our own\"\n" : ""));
    names.constants.push_back(constant);
  }
}

void make_needs(Chance& chance, Vocabulary& names, Declarations& declarations) {
  for (std::size_t i = 0; i < 2 + static_cast<std::size_t>(names.size) / 2; ++i) {
    NeedName need{"n" + number(i), chance.percent(50), static_cast<int>(chance.below(levels))};
    auto text = "need " + std::string{need.psychological ? "psychological " : "functional "} +
                need.name + random_texts(chance, "Need") + "\n";
    if (chance.percent(50)) text += "  weight " + number(1 + chance.below(9)) + "\n";
    declarations.push_back(text);
    names.needs.push_back(need);
  }
}

void make_roles(Chance& chance, Vocabulary& names, Declarations& declarations) {
  if (chance.percent(5)) return;
  auto const lines = 1 + chance.below(3);
  for (std::size_t line = 0; line < lines; ++line) {
    std::vector<std::string> roles;
    auto const count = 1 + chance.below(4);
    for (std::size_t i = 0; i < count; ++i) {
      auto const name = std::string{"xyz"[chance.below(3)]} + number(line) + "_" + number(i);
      auto const above = roles.empty() ? "" : " above " + roles.back();
      declarations.push_back("role " + name + random_texts(chance, "Role") + above + "\n");
      roles.push_back(name);
    }
    names.lines.push_back(roles);
  }
}

void make_answers(Chance& chance, Vocabulary& names, Declarations& declarations) {
  for (std::size_t i = 0; i < 2 + static_cast<std::size_t>(names.size) / 2; ++i) {
    AnswerName answer{"t" + number(i), random_type(chance, names.choices), false,
                      static_cast<int>(chance.below(levels))};
    auto const& type = answer.type;
    answer.united = type.kind == Kind::set;
    bool const ordered = type.kind == Kind::choice ? type.ordered
                                                   : type.kind != Kind::truth &&
                                                         type.kind != Kind::text && !answer.united;
    answer.type.or_none = !answer.united && chance.percent(10);
    auto text = "answer " + answer.name + " is " + declared(answer.type);
    if (ordered && chance.percent(70)) text += chance.percent(50) ? ", largest" : ", smallest";
    bool const has_default = names.words == Words::all && chance.percent(40);
    if (has_default && !answer.united) text += ", default " + random_literal(chance, type);
    if (chance.percent(40)) text += "\n  title" + some_texts(chance, "Answer");
    declarations.push_back(text + "\n");
    names.answers.push_back(answer);
  }
}

void make_scores(Chance& chance, Vocabulary& names, Declarations& declarations) {
  for (std::size_t i = 0; i < 1 + static_cast<std::size_t>(names.size) / 4; ++i) {
    TargetName score{"s" + number(i), static_cast<int>(chance.below(levels))};
    auto const from = chance.percent(60) ? 0 : chance.between(-5, 2);
    auto const to = from + chance.between(1, 12);
    declarations.push_back(
        "score " + score.name + " from " + std::to_string(from) + " to " + std::to_string(to) +
        (chance.percent(40) ? "\n  title" + some_texts(chance, "Score") : "") + "\n");
    names.scores.push_back(score);
  }
}

void make_words(Chance& chance, Vocabulary& names, Declarations& declarations) {
  static std::vector<std::string> const english{"not my fault", "you should have looked", "refund",
                                                "no no",        "rock 'n' roll",          "broken"};
  static std::vector<std::string> const hebrew{"לא אשמתי", "אשמתי", "כסף בחזרה", "חשבון"};
  auto const line = [&](std::string const& start, std::vector<std::string> const& from) {
    auto text = start + " \"" + chance.pick(from) + "\"";
    auto const more = chance.pick(from);
    if (text.find("\"" + more + "\"") == std::string::npos) text += ", \"" + more + "\"";
    return text + "\n";
  };
  for (std::size_t i = 0; i < 2; ++i) {
    auto text = "phrases w" + number(i) + random_texts(chance, "Words") + "\n";
    text += line("  en", english);
    if (chance.percent(70)) text += line("  he", hebrew);
    if (chance.percent(40)) text += "  except he \"הוא אמר שזה לא אשמתי\"\n";
    if (chance.percent(40)) text += "  except en \"it is not my fault\", \"no refund\"\n";
    declarations.push_back(text);
    names.phrases.push_back("w" + number(i));
    names.scripts.push_back("script" + number(i));  // declared where all that they tell is
  }
}

void make_events(Chance& chance, Vocabulary& names, Declarations& declarations) {
  for (std::size_t i = 0; i < 2; ++i) {
    EventName event{"e" + number(i), {}};
    auto text = "event " + event.name + "\n";
    for (std::size_t field = 0; field < chance.below(3); ++field) {
      Named one{"x" + number(field), random_type(chance, names.choices), 0};
      if (one.type.kind == Kind::set) one.type = plain_type(Kind::number, "number");
      text += "  " + one.name + " is " + one.type.written + "\n";
      event.fields.push_back(one);
    }
    declarations.push_back(text);
    names.events.push_back(event);
  }
}

std::string random_hours(Chance& chance) {
  static std::vector<std::string> const lines{
      "  open sunday to thursday 09:00 to 18:00\n  open friday 09:00 to 13:00\n",
      "  open monday to friday 08:00 to 12:00\n  open monday, wednesday 13:00 to 17:00\n",
      "  open saturday to sunday 00:00 to 24:00\n", "  open tuesday 22:15 to 23:45\n",
      "  open sunday to saturday 00:00 to 04:00\n"};
  return chance.pick(lines);
}

/// Times of random cases lie around daylight saving and around 2026-11-22.
void make_calendars(Chance& chance, Vocabulary& names, Declarations& declarations) {
  static std::vector<std::string> const zones{"Asia/Jerusalem", "Europe/Berlin",
                                              "America/New_York"};
  static std::vector<std::string> const days{"2026-11-23", "2026-11-24 \"A day off\"",
                                             "yom_kippur", "eve of hanukkah",
                                             "hanukkah",   "2026-10-25"};
  for (std::size_t i = 0; i < chance.below(3); ++i) {
    auto const name = "cal" + number(i);
    auto text = "calendar " + name + random_texts(chance, "Hours") + "\n";
    if (chance.percent(70)) text += "  zone \"" + chance.pick(zones) + "\"\n";
    text += random_hours(chance);
    if (chance.percent(50))
      text += "  closed " + chance.pick(days) + ", " + chance.pick(days) + "\n";
    declarations.push_back(text);
    names.calendars.push_back(name);
  }
}

}  // namespace

std::string random_texts(Chance& chance, std::string const& about) {
  return chance.percent(60) ? "" : some_texts(chance, about);
}

std::string some_texts(Chance& chance, std::string const& about) {
  if (chance.percent(40)) return " \"" + about + "\"";
  if (chance.percent(50)) return " he \"טקסט\"";
  return " en \"" + about + "?\"  he \"משהו\"";
}

Vocabulary random_vocabulary(Chance& chance, int size, Words words, Declarations& declarations) {
  Vocabulary names;
  names.words = words;
  names.size = size;
  names.choices = random_choices(chance);
  std::vector<std::string> const zones{"Asia/Jerusalem", "America/New_York", "UTC"};
  declarations.push_back("policy random \"A random one\"\n  languages " +
                         std::string{chance.percent(50) ? "en, he" : "he, en"} + "\n  zone \"" +
                         chance.pick(zones) + "\"\n");
  names.phases = {"respond", "clarify", "resolve"};
  chance.shuffle(names.phases);
  declarations.push_back("phase " + joined(names.phases, ", ") + "\n");
  make_facts(chance, names, declarations);
  make_lists(chance, names, declarations);
  make_secrets(names, declarations);
  make_constants(chance, names, declarations);
  make_needs(chance, names, declarations);
  make_roles(chance, names, declarations);
  make_answers(chance, names, declarations);
  make_scores(chance, names, declarations);
  make_words(chance, names, declarations);
  make_events(chance, names, declarations);
  make_calendars(chance, names, declarations);
  return names;
}

}  // namespace heed::support
