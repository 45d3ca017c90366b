#include "engine/language/compare.hpp"

#include "engine/language/dump.hpp"

namespace heed::language {

bool same_meaning(Document const& left, Document const& right) {
  return dump(left) == dump(right);
}

}  // namespace heed::language
