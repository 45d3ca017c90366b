#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/json/mistake.hpp"

/// Errors as RFC 9457 has them: schemas/problem.schema.json.
namespace heed::json {

/// `urn:heed:problem:` and the problem's name, in lower case with hyphens. Names never change.
struct Problem {
  int status = 400;     // of HTTP
  std::string name;     // "case"
  std::string title;    // the same for every problem of this name
  std::string detail;   // what is wrong this time; empty: left out
  std::string members;  // JSON text of further members without braces, `"a":1`; empty: none
};

/// Appends {"type":"urn:heed:problem:…","title":…,"status":…,"detail":…, members}.
void write_problem(std::string& out, Problem const& problem);

/// What is wrong with a case: 422 `case` with every mistake, 400 `not-json`, or 413
/// `body-too-large`, in the member `errors`: [{"pointer","code","detail","expected","found"}],
/// where what is not known is null. `untold` counts the mistakes beyond limits::case_mistakes_max,
/// where there are any.
Problem to_problem(CaseMistakes const& mistakes);

}  // namespace heed::json
