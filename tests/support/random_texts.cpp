#include "tests/support/random_texts.hpp"

namespace heed::support {

namespace {

using Texts = std::vector<std::string>;

/// Anything that a slot can name.
Named random_named(Chance& chance, Vocabulary const& names) {
  auto all = names.facts;
  all.insert(all.end(), names.constants.begin(), names.constants.end());
  all.insert(all.end(), names.computed.begin(), names.computed.end());
  for (auto const& answer : names.answers) all.push_back({answer.name, answer.type, 0});
  TypeText number;
  number.kind = Kind::number;
  for (auto const& score : names.scores) all.push_back({score.name, number, 0});
  TypeText time;
  time.kind = Kind::time;
  all.push_back({"now", time, 0});
  return chance.pick(all);
}

std::string words(Chance& chance, std::string const& language) {
  static Texts const english{"calls", "a call", "", "so || so", "(so)"};
  static Texts const hebrew{"פניות", "פנייה אחת", "", "מע\\\"מ", "כך || כך"};
  return chance.pick(language == "he" ? hebrew : english);
}

std::string random_slot(Chance& chance, Vocabulary const& names, std::string const& language,
                        int depth);

/// A form's words, some with a slot within.
std::string inner(Chance& chance, Vocabulary const& names, std::string const& language, int depth,
                  bool counts) {
  std::string text = words(chance, language);
  if (counts && chance.percent(60)) text += " {#}";
  if (depth > 0 && chance.percent(25))
    text += " " + random_slot(chance, names, language, depth - 1);
  return text;
}

Texts random_keys(Chance& chance, TypeText const& type, std::string const& language) {
  if (type.kind == Kind::truth)
    return chance.percent(50) ? Texts{"yes", "no"} : Texts{"no", "other"};
  if (type.kind == Kind::choice) {
    Texts keys;
    for (auto const& value : type.values)
      keys.push_back(value[0] == '"' ? value.substr(1, value.size() - 2) : value);
    if (chance.percent(50)) return keys;
    return {chance.pick(keys), "other"};
  }
  Texts keys;
  if (chance.percent(60)) keys.push_back("one");
  if (chance.percent(40)) keys.push_back(chance.pick(Texts{"0", "2", "0.5", "-1"}));
  if (language == "he" && chance.percent(60)) keys.push_back("two");
  keys.push_back("other");
  return keys;
}

std::string random_slot(Chance& chance, Vocabulary const& names, std::string const& language,
                        int depth) {
  auto const named = random_named(chance, names);
  auto const kind = named.type.kind;
  bool const is_number = kind == Kind::whole || kind == Kind::number;
  auto text = "{" + named.name;
  if (is_number && chance.percent(20)) text += " as percent";
  if (kind == Kind::time && chance.percent(50))
    text += chance.percent(50) ? " as date" : " as time";
  bool const may_have_forms = is_number || kind == Kind::truth || kind == Kind::choice;
  if (may_have_forms && chance.percent(60)) {
    auto between = ": ";
    for (auto const& key : random_keys(chance, named.type, language)) {
      text += between + key + " " + inner(chance, names, language, depth, true);
      between = " | ";
    }
  }
  if (chance.percent(50)) text += " | otherwise " + inner(chance, names, language, depth, false);
  return text + "}";
}

}  // namespace

std::string random_wording(Chance& chance, Vocabulary const& names, std::string const& language) {
  auto text = words(chance, language) + chance.pick(Texts{"", "", " the {{braces}} | "});
  for (std::size_t i = chance.below(3); i > 0; --i)
    text += " " + random_slot(chance, names, language, 2) + chance.pick(Texts{"", ".", ", so"});
  return text;
}

std::string random_wordings(Chance& chance, Vocabulary const& names) {
  auto const one = [&](std::string const& language) {
    return " " + language + " \"" + random_wording(chance, names, language) + "\"";
  };
  if (chance.percent(40)) return one(chance.percent(50) ? "en" : "he");
  return one("en") + " " + one("he");
}

}  // namespace heed::support
