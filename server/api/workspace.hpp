#pragma once
#include <memory>
#include <string_view>

#include "engine/advisor.hpp"
#include "server/json/case_reader.hpp"
#include "server/json/resolved.hpp"

/// What a thread decides with, kept from request to request.
namespace heed::api {

struct Workspace {
  explicit Workspace(std::shared_ptr<RuleSet const> of)
      : rules{std::move(of)},
        reader{*rules},
        evaluator{*rules},
        fact_order{json::order_facts(rules->policy)} {}

  /// A resolved case, until another is read; null where it is none of these rules.
  Case const* read_resolved(std::string_view json);

  std::shared_ptr<RuleSet const> rules;
  json::CaseReader reader;
  Evaluator evaluator;
  json::FactOrder fact_order;
  Case other;  // the last one that the reader did not read: a source's, or a large one
};

/// The calling thread's, for these rules. It is made anew where the last ones were others, and
/// keeps them until then. What its reader and evaluator answer lives until they are used again.
Workspace& workspace_for(std::shared_ptr<RuleSet const> const& rules);

}  // namespace heed::api
