#include "engine/base/ensure.hpp"
#include "engine/language/build_parts.hpp"

namespace heed::language {
namespace {

decltype(Given::form) given_form_of(Building& building, Node const& node) {
  auto const name = [&] { return name_of(node.parts.at(0)); };
  switch (node.kind) {
    case Kind::given_now:
      return GivenNow{expression_of(building, node.parts.at(0))};
    case Kind::given_item:
      return GivenItem{name(), arguments_of(building, node)};
    case Kind::given_event:
      return GivenEvent{name(), expression_of(building, node.parts.at(1)),
                        arguments_of(building, node)};
    default:
      break;
  }
  return GivenFact{name(), value_of(building, node.parts.at(1))};
}

decltype(Expect::form) expect_form_of(Building& building, Node const& node) {
  auto const name = [&]() -> std::optional<Name> {
    if (node.parts.empty()) return std::nullopt;
    return name_of(node.parts[0]);
  };
  switch (node.kind) {
    case Kind::do_:
      return ExpectDo{do_of(building, node)};
    case Kind::forbid:
      return ExpectForbid{*name()};
    case Kind::escalation:
      return ExpectEscalate{name(), deadline_of(building, node)};
    case Kind::question:
      return ExpectQuestion{name()};
    case Kind::expect_offer:
      return ExpectOffer{*name()};
    case Kind::expect_say:
      return ExpectSay{*name()};
    case Kind::alert:
      return ExpectAlert{*name()};
    case Kind::record:
      return ExpectRecord{*name()};
    default:
      break;
  }
  return ExpectCondition{expression_of(building, node)};
}

bool is_given(Node const& node) {
  return node.kind >= Kind::given_now && node.kind <= Kind::given_event;
}

}  // namespace

Test test_of(Building& building, Node const& node) {
  Test test{text_of(node.parts.at(0)), {}, {}};
  for (Node const& part : node.parts) {
    if (is_given(part)) test.given.push_back({part.span(), given_form_of(building, part)});
    if (part.kind != Kind::expect) continue;
    bool const negated = part.parts.size() > 1;
    test.expect.push_back({part.span(), negated, expect_form_of(building, part.parts.back())});
  }
  return test;
}

}  // namespace heed::language
