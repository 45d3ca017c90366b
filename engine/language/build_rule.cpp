#include "engine/base/ensure.hpp"
#include "engine/language/build_parts.hpp"

namespace heed::language {
namespace {

using Form = decltype(Consequence::form);

WriteNeed write_need_of(Node const& node) {
  WriteNeed write{name_of(node.parts.at(0)), name_of(node.parts.at(1)), std::nullopt};
  if (Node const* severity = node.find(Kind::severity))
    write.severity = number_of(severity->parts.at(0));
  return write;
}

Offer offer_of(Building& building, Node const& node) {
  Offer offer;
  for (Node const& part : node.parts) offer.actions.push_back(do_of(building, part));
  return offer;
}

Say say_of(Node const& node) {
  Node const& what = node.parts.at(0);
  if (what.kind == Kind::texts) return {std::nullopt, texts_of(what)};
  return {name_of(what), {}};
}

Escalate escalate_of(Building& building, Node const& node) {
  Escalate escalate{name_of(node.parts.at(0)), deadline_of(building, node), {}};
  for (Node const& part : node.parts)
    if (part.kind == Kind::step)
      escalate.then.push_back(
          {name_of(part.parts.at(0)), expression_of(building, part.parts.at(1))});
  return escalate;
}

Forbid forbid_of(Building& building, Node const& node) {
  Forbid forbid{name_of(node.parts.at(0)), std::nullopt};
  if (node.parts.size() > 1) forbid.instead = do_of(building, node.parts[1]);
  return forbid;
}

Form consequence_of(Building& building, Node const& node) {
  auto const value = [&](std::size_t at) { return expression_of(building, node.parts.at(at)); };
  auto const name = [&](std::size_t at) { return name_of(node.parts.at(at)); };
  switch (node.kind) {
    case Kind::write_need:
      return write_need_of(node);
    case Kind::do_:
      return do_of(building, node);
    case Kind::offer:
      return offer_of(building, node);
    case Kind::say:
      return say_of(node);
    case Kind::ask:
      return Ask{name(0)};
    case Kind::escalate:
      return escalate_of(building, node);
    case Kind::alert:
      return Alert{name(0), deadline_of(building, node)};
    case Kind::add:
      return Add{value(0), name(1)};
    case Kind::set:
      return Set{name(0), value(1)};
    case Kind::record:
      return Record{name(0), arguments_of(building, node)};
    case Kind::check:
      return Check{texts_of(node.parts.at(0)), name(1)};
    case Kind::forbid:
      return forbid_of(building, node);
    default:
      break;
  }
  ensure(false);  // the grammar makes no other consequences
  return Ask{};
}

std::optional<Date> day_of(Building& building, Node const* node, Span& span) {
  if (!node) return std::nullopt;
  span = node->span();
  return date_of(building, *node->parts.at(0).first);
}

bool is_consequence(Node const& node) {
  return node.kind >= Kind::write_need && node.kind <= Kind::forbid;
}

}  // namespace

std::vector<Argument> arguments_of(Building& building, Node const& node) {
  std::vector<Argument> arguments;
  for (Node const& part : node.parts)
    if (part.kind == Kind::argument)
      arguments.push_back({name_of(part.parts.at(0)), expression_of(building, part.parts.at(1))});
  return arguments;
}

std::optional<Deadline> deadline_of(Building& building, Node const& node) {
  Node const* within = only(building, node, Kind::within);
  if (!within) return std::nullopt;
  return Deadline{expression_of(building, within->parts.at(0)),
                  expression_behind(building, *within, Kind::of)};
}

Do do_of(Building& building, Node const& node) {
  Do action{.action = name_of(node.parts.at(0)),
            .arguments = arguments_of(building, node),
            .by = name_behind(building, node, Kind::by),
            .within = deadline_of(building, node),
            .expires_after = expression_behind(building, node, Kind::expires),
            .for_each = std::nullopt};
  if (Node const* each = only(building, node, Kind::for_each))
    action.for_each = ForEach{name_of(each->parts.at(0)), name_of(each->parts.at(1)),
                              expression_behind(building, *each, Kind::where)};
  return action;
}

Rule rule_of(Building& building, Node const& node) {
  Rule rule;
  rule.name = name_of(node.parts.at(0));
  rule.title = title_of(building, node);
  for (Node const& part : node.parts) {
    if (part.kind == Kind::sources)
      for (Node const& source : part.parts) rule.sources.push_back(text_of(source));
    if (part.kind == Kind::overrides)
      for (Name& name : names_of(part)) rule.overrides.push_back(std::move(name));
    if (is_consequence(part)) rule.then.push_back({part.span(), consequence_of(building, part)});
  }
  rule.from = day_of(building, only(building, node, Kind::from), rule.from_span);
  rule.until = day_of(building, only(building, node, Kind::until), rule.until_span);
  rule.when = expression_behind(building, node, Kind::when);
  if (Node const* because = node.find(Kind::because)) rule.because = texts_of(because->parts.at(0));
  return rule;
}

}  // namespace heed::language
