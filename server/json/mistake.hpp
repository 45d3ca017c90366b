#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/advisor.hpp"
#include "server/json/document.hpp"

/// What is wrong with a case, for the program that sent it.
namespace heed::json {

/// One mistake of a case. Codes are stable: case.type, case.choice, case.fraction, case.number,
/// case.money, case.currency, case.minor-unit, case.duration, case.date, case.time,
/// case.text-size, case.set-size, case.list-size, case.history-size, case.given-twice, case.event,
/// case.missing; of a text that is no JSON document the DocumentError's with `case.` for `json.`:
/// case.syntax, case.utf8, case.trailing, case.depth, case.size, case.number,
/// case.duplicate-member.
struct CaseMistake {
  std::string pointer;  // RFC 6901, in the document that was sent; empty: the whole of it
  std::string code;
  std::string message;   // lower case, no full stop, user text in backticks
  std::string expected;  // in words; empty where the message says it all
  std::string found;     // the value in short; empty where there is none
};

/// All mistakes of a case in the order of the document, at most limits::case_mistakes_max.
struct CaseMistakes {
  bool is_json = true;  // false: the text could not be read, and the one mistake says why
  std::vector<CaseMistake> mistakes;
  std::size_t untold = 0;  // how many more there are
};

void add(CaseMistakes& mistakes, CaseMistake mistake);

/// The mistakes of a text that is no document.
CaseMistakes to_mistakes(DocumentError const& error);

/// A value in a few words: `"gould"`, `17`, `null`, `a list of 3`, `an object`. Long texts are cut.
std::string describe(Node const& node);

/// Takes the values out of what was told after the first `from` mistakes: they are of something
/// private, and who reads a mistake need not be who sent the case.
void hush(CaseMistakes& mistakes, std::size_t from);

/// What values of a type look like in JSON: `a whole number`, `one of standard, silver, gold`.
std::string describe(Type const& type);

/// The word that was probably meant: the nearest by edits, where it is near enough; empty where
/// none is.
std::string_view find_nearest(std::string_view word, std::vector<std::string> const& words);

}  // namespace heed::json
