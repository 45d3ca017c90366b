#include "engine/base/ensure.hpp"
#include "engine/language/build_parts.hpp"

namespace heed::language {
namespace {

Needs needs_of(Node const& node) {
  if (has_flag(node, "functional")) return Needs::functional;
  return has_flag(node, "psychological") ? Needs::psychological : Needs::any;
}

/// The condition of `where (…)`; null where there is none.
ExpressionPtr where_of(Building& building, Node const& node) {
  Node const* where = node.find(Kind::where);
  return where ? inner_expression_of(building, where->parts.at(0)) : nullptr;
}

/// `any item in order.items has (…)`.
Made build_item_test(Building& building, Node const& node) {
  return make(node.span(), ItemTest{.every = has_flag(node, "every"),
                                    .item = name_of(node.parts.at(1)),
                                    .list = name_of(node.parts.at(2)),
                                    .has = inner_expression_of(building, node.parts.at(3))});
}

/// `count of contact in last 7 days …`, `any contact in last 7 days …`.
Made build_window(Building& building, Node const& node) {
  return make(node.span(), EventWindow{.count = has_flag(node, "count"),
                                       .event = name_of(node.parts.at(1)),
                                       .last = inner_expression_of(building, node.parts.at(2)),
                                       .across_customers = node.find(Kind::across) != nullptr,
                                       .where = where_of(building, node)});
}

/// `count of order.items where (…)`.
Made build_count(Building& building, Node const& node) {
  return make(node.span(), Aggregate{.how = Aggregate::How::count,
                                     .of = nullptr,
                                     .list = name_of(node.parts.at(1)),
                                     .where = where_of(building, node)});
}

/// `sum of price in order.items where (…)`, `smallest of (A, B)`.
Made build_extreme(Building& building, Node const& node) {
  auto const word = node.text();
  Node const& what = node.parts.at(1);
  bool const is_over_list = node.parts.size() > 2;
  if (!is_over_list)
    return make(node.span(), Extreme{.largest = word == "largest",
                                     .parts = inner_expressions_of(building, what)});
  using How = Aggregate::How;
  auto const how = word == "sum" ? How::sum : word == "smallest" ? How::smallest : How::largest;
  return make(node.span(), Aggregate{.how = how,
                                     .of = inner_expression_of(building, what),
                                     .list = name_of(node.parts[2]),
                                     .where = where_of(building, node)});
}

}  // namespace

Made special_expression_of(Building& building, Node const& node) {
  auto const inner = [&](std::size_t at) {
    return inner_expression_of(building, node.parts.at(at));
  };
  bool const at_least = has_flag(node, "at");
  switch (node.kind) {
    case Kind::at_least_of:
      return make(node.span(),
                  AtLeastOf{number_of(node.parts.at(0)), inner_expressions_of(building, node, 1)});
    case Kind::need_test:
      return make(node.span(), AnyNeed{.which = needs_of(node),
                                       .every = has_flag(node, "every"),
                                       .at_least = at_least,
                                       .state = name_of(node.parts.back())});
    case Kind::count_needs:
      return make(node.span(), CountNeeds{.which = needs_of(node),
                                          .at_least = at_least,
                                          .state = name_of(node.parts.back())});
    case Kind::item_test:
      return build_item_test(building, node);
    case Kind::window:
      return build_window(building, node);
    case Kind::aggregate:
      return build_count(building, node);
    case Kind::extreme:
      return build_extreme(building, node);
    case Kind::severity_of:
      return make(node.span(), SeverityOf{name_of(node.parts.at(0))});
    case Kind::date_of:
      return make(node.span(), DateOf{inner(0)});
    case Kind::time_since:
      return make(node.span(),
                  TimeSince{name_of(node.parts.at(0)), node.find(Kind::across) != nullptr,
                            where_of(building, node)});
    case Kind::days_between:
      return make(node.span(), DaysBetween{inner(0), inner(1)});
    default:
      break;
  }
  ensure(false);  // the grammar makes no other expressions
  return nullptr;
}

}  // namespace heed::language
