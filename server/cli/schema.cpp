#include "server/json/schema.hpp"

#include "server/cli/commands.hpp"
#include "server/cli/policy.hpp"
#include "server/cli/terminal.hpp"

namespace heed::cli {

int run(Schema const& options) {
  auto const rules = load_rules(options.policy);
  if (!rules) return cannot;
  return put(stdout, json::case_schema(*rules) + "\n") ? done : cannot;
}

}  // namespace heed::cli
