#include "engine/check/sample.hpp"

#include "engine/base/money.hpp"

namespace heed::check {

std::string sample_of(Type const& type) {
  switch (type.kind) {
    case Kind::truth:
      return "yes";
    case Kind::whole:
    case Kind::number:
      return "3";
    case Kind::money:
      return "100 " + std::string{type.currency ? code_of(*type.currency) : "ILS"};
    case Kind::duration:
      return "3 days";
    case Kind::date:
      return "2026-11-22";
    case Kind::time:
      return "2026-11-22T09:00";
    case Kind::choice:
      return type.choice && !type.choice->values.empty() ? type.choice->values.front()
                                                         : std::string{};
    case Kind::text:
    case Kind::set:
    case Kind::list:
      break;
  }
  return {};
}

}  // namespace heed::check
