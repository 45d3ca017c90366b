#pragma once
#include <string>
#include <vector>

#include "engine/check/value.hpp"
#include "tests/support/chance.hpp"
#include "tests/support/random_policy.hpp"

/// The names of a random policy that its conditions and consequences can use.
///
/// Every target has a level. A rule of level n reads targets below n and writes targets at n or
/// above, so no circle arises but those through needs that are made on purpose.
namespace heed::support {

struct TypeText {
  Kind kind = Kind::truth;
  Kind element = Kind::text;        // of a set
  std::vector<std::string> values;  // of a choice, or of a set of them
  bool ordered = false;
  std::string currency;  // of money that names one
  bool or_none = false;
  std::string written;  // as a declaration writes it, without `or none`
};

/// Anything that has a value and a name.
struct Named {
  std::string name;
  TypeText type;
  int level = 0;  // what reads it must be of this level or above
};
struct NeedName {
  std::string name;
  bool psychological = false;
  int level = 0;
};
struct TargetName {
  std::string name;
  int level = 0;
};
struct ActionName {
  struct Takes {
    std::string name;
    TypeText type;
    bool joins = false;
  };
  std::string name;
  std::vector<Takes> takes;
  int level = 0;
};
struct AnswerName {
  std::string name;
  TypeText type;
  bool united = false;
  int level = 0;
};
struct EventName {
  std::string name;
  std::vector<Named> fields;
};

/// A list, or one inside the items of another.
struct ListName {
  std::string name;
  bool is_single = false;     // its items are single values: one field without a name
  std::vector<Named> fields;  // of a record
  std::vector<ListName> inner;
};
/// A rule that has been made, for others to override.
struct RuleName {
  std::string name;
  int level = 0;
};

constexpr int levels = 4;

struct Vocabulary {
  Words words = Words::all;
  int size = 0;
  std::vector<TypeText> choices;
  std::vector<Named> facts;  // but for lists
  std::vector<ListName> lists;
  std::vector<Named> constants;  // parameters
  std::vector<Named> computed;   // defines, tables and what `as` answers report
  std::vector<NeedName> needs;
  std::vector<std::vector<std::string>> lines;  // of roles, the lowest first
  std::vector<std::string> phases;
  std::vector<ActionName> actions;
  std::vector<AnswerName> answers;  // that rules write
  std::vector<TargetName> scores;
  std::vector<std::string> phrases, scripts;
  std::vector<std::string> secrets;  // conditions about facts that no text may tell
  std::vector<EventName> events;
  std::vector<RuleName> rules;  // so far
  std::vector<std::string> calendars;
};

/// Makes the names, and appends their declarations; defines, tables, actions and rules, which hold
/// expressions, come after it.
Vocabulary random_vocabulary(Chance& chance, int size, Words words,
                             std::vector<std::string>& declarations);

/// ` en "…" he "…"` or the like, where a text must stand.
std::string some_texts(Chance& chance, std::string const& about);
/// The same, or nothing.
std::string random_texts(Chance& chance, std::string const& about);

}  // namespace heed::support
