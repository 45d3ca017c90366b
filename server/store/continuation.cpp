#include "server/store/continuation.hpp"

#include <algorithm>

namespace heed::store {

Expected<Standing, Error> compare(Reader& copy, Reader& log) {
  auto const copy_id = copy.store_id();
  auto const log_id = log.store_id();
  auto const copy_head = copy.head();
  auto const log_head = log.head();
  if (!copy_id) return pass_on(copy_id);
  if (!log_id) return pass_on(log_id);
  if (!copy_head) return pass_on(copy_head);
  if (!log_head) return pass_on(log_head);
  Standing standing{Continuation::whole, copy_head.value().sequence, log_head.value().sequence};
  if (copy_id.value() != log_id.value()) {
    standing.how = Continuation::other_log;
    return standing;
  }
  auto const common = std::min(standing.copy_records, standing.log_records);
  auto const of_copy = copy.tiles().root(common);
  auto const of_log = log.tiles().root(common);
  if (!of_copy) return pass_on(of_copy);
  if (!of_log) return pass_on(of_log);
  if (of_copy.value() != of_log.value())
    standing.how = Continuation::forked;
  else if (standing.copy_records < standing.log_records)
    standing.how = Continuation::older;
  return standing;
}

}  // namespace heed::store
