#include "server/json/problem.hpp"

#include "server/json/write.hpp"

namespace heed::json {
namespace {

std::string errors_member(CaseMistakes const& mistakes) {
  std::string out = R"("errors":)";
  append_each(out, mistakes.mistakes, [&](CaseMistake const& mistake) {
    out += R"({"pointer":)";
    append_text(out, mistake.pointer);
    out += R"(,"code":)";
    append_text(out, mistake.code);
    out += R"(,"detail":)";
    append_text(out, mistake.message);
    out += R"(,"expected":)";
    append_or_null(out, mistake.expected);
    out += R"(,"found":)";
    append_or_null(out, mistake.found);
    out += '}';
  });
  if (mistakes.untold > 0) out += R"(,"untold":)" + std::to_string(mistakes.untold);
  return out;
}

}  // namespace

void write_problem(std::string& out, Problem const& problem) {
  out += R"({"type":)";
  append_text(out, "urn:heed:problem:" + problem.name);
  out += R"(,"title":)";
  append_text(out, problem.title);
  out += R"(,"status":)" + std::to_string(problem.status);
  if (!problem.detail.empty()) {
    out += R"(,"detail":)";
    append_text(out, problem.detail);
  }
  if (!problem.members.empty()) {
    out += ',';
    out += problem.members;
  }
  out += '}';
}

Problem to_problem(CaseMistakes const& mistakes) {
  Problem problem;
  problem.members = errors_member(mistakes);
  auto const count = mistakes.mistakes.size() + mistakes.untold;
  if (mistakes.is_json) {
    problem.status = 422;
    problem.name = "case";
    problem.title = "the case does not fit the policy's vocabulary";
    problem.detail = count == 1 ? "1 mistake" : std::to_string(count) + " mistakes";
    return problem;
  }
  auto const& mistake = mistakes.mistakes.front();
  problem.detail = mistake.message;
  if (mistake.code == "case.size") {
    problem.status = 413;
    problem.name = "body-too-large";
    problem.title = "the body is too large";
    return problem;
  }
  problem.status = 400;
  problem.name = "not-json";
  problem.title = "the body is not a JSON document that is taken here";
  return problem;
}

}  // namespace heed::json
