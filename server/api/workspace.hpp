#pragma once
#include <memory>

#include "engine/advisor.hpp"
#include "server/json/case_reader.hpp"

/// What a thread decides with, kept from request to request.
namespace heed::api {

struct Workspace {
  explicit Workspace(std::shared_ptr<RuleSet const> of)
      : rules{std::move(of)}, reader{*rules}, evaluator{*rules} {}

  std::shared_ptr<RuleSet const> rules;
  json::CaseReader reader;
  Evaluator evaluator;
};

/// The calling thread's, for these rules. It is made anew where the last ones were others, and
/// keeps them until then. What its reader and evaluator answer lives until they are used again.
Workspace& workspace_for(std::shared_ptr<RuleSet const> const& rules);

}  // namespace heed::api
