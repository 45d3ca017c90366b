#include "engine/analyse/analyse.hpp"

#include "engine/analyse/analyses.hpp"

namespace heed::analyse {

Diagnostics analyse(Policy const& policy) {
  Diagnostics found;
  Reader reader{policy};
  find_impossible(reader, found);
  find_always_overridden(reader, found);
  find_table_faults(reader, found);
  find_unused(policy, found);
  find_contradicting_parameters(reader, found);
  find_unrestored(policy, found);
  find_broken_ladders(policy, found);
  find_bare_denials(reader, found);
  find_unauthorised(reader, found);
  find_closed_deadlines(policy, found);
  return found;
}

}  // namespace heed::analyse
