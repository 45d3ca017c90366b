#include "engine/base/ensure.hpp"
#include "engine/language/build.hpp"
#include "engine/language/build_parts.hpp"

namespace heed::language {
namespace {

using Form = decltype(Declaration::form);

std::optional<Text> text_behind(Building& building, Node const& node, Kind kind) {
  Node const* part = only(building, node, kind);
  if (!part) return std::nullopt;
  return text_of(part->parts.at(0));
}

/// The expression among the parts that stands under no kind of its own: the value of a parameter.
Node const& value_among(Node const& node, std::size_t at) {
  while (node.parts.at(at).kind == Kind::title || node.parts.at(at).kind == Kind::type) ++at;
  return node.parts.at(at);
}

std::optional<TypeName> type_among(Node const& node) {
  Node const* type = node.find(Kind::type);
  if (!type) return std::nullopt;
  return type_of(*type);
}

/// `largest`, `smallest` behind the type of an answer.
std::optional<Name> join_among(Building& building, Node const& node) {
  std::optional<Name> join;
  for (Node const& part : node.parts) {
    if (part.kind != Kind::flag) continue;
    if (join)
      building.tell(part.span(), "parse.twice", "an answer joins in one way alone",
                    "take one of them away");
    join = name_of(part);
  }
  return join;
}

Policy policy_of(Building& building, Node const& node) {
  Policy policy{.name = name_of(node.parts.at(0)),
                .title = title_of(building, node),
                .languages = {},
                .zone = text_behind(building, node, Kind::zone)};
  if (Node const* languages = only(building, node, Kind::languages))
    policy.languages = names_of(*languages);
  return policy;
}

Parameter parameter_of(Building& building, Node const& node) {
  return {.name = name_of(node.parts.at(0)),
          .title = title_of(building, node),
          .value = expression_of(building, value_among(node, 1)),
          .source = text_behind(building, node, Kind::sources)};
}

Fact fact_of(Building& building, Node const& node) {
  Fact fact;
  fact.name = name_of(node.parts.at(0));
  fact.type = type_among(node).value_or(TypeName{});
  fact.is_private = has_flag(node, "private");
  fact.is_public = has_flag(node, "public");
  fact.confidential = has_flag(node, "confidential");
  fact.otherwise = expression_behind(building, node, Kind::fallback);
  fact.title = title_of(building, node);
  if (Node const* ask = only(building, node, Kind::ask_line)) fact.ask = texts_of(ask->parts.at(0));
  fact.fields = fields_of(node);
  return fact;
}

Need need_of(Building& building, Node const& node) {
  Need need{.name = name_of(node.parts.at(1)),
            .psychological = has_flag(node, "psychological"),
            .title = title_of(building, node),
            .weight = std::nullopt};
  if (Node const* weight = only(building, node, Kind::weight))
    need.weight = number_of(weight->parts.at(0));
  return need;
}

Role role_of(Building& building, Node const& node) {
  return {.name = name_of(node.parts.at(0)),
          .title = title_of(building, node),
          .above = name_behind(building, node, Kind::above)};
}

Action action_of(Building& building, Node const& node) {
  Action action;
  action.name = name_of(node.parts.at(0));
  action.title = title_of(building, node);
  action.phase = name_behind(building, node, Kind::phase);
  for (Node const& part : node.parts)
    if (part.kind == Kind::takes)
      for (Field& field : fields_of(part)) action.takes.push_back(std::move(field));
  action.requires_ = expression_behind(building, node, Kind::requires_);
  action.internal_to = name_behind(building, node, Kind::internal);
  return action;
}

Answer answer_of(Building& building, Node const& node) {
  return {.name = name_of(node.parts.at(0)),
          .title = title_of(building, node),
          .type = type_among(node),
          .reports = name_behind(building, node, Kind::reports),
          .join = join_among(building, node),
          .otherwise = expression_behind(building, node, Kind::fallback)};
}

Score score_of(Building& building, Node const& node) {
  std::size_t at = 1;
  while (node.parts.at(at).kind != Kind::from) ++at;
  return {.name = name_of(node.parts.at(0)),
          .title = title_of(building, node),
          .from = expression_behind(building, node, Kind::from),
          .to = expression_of(building, node.parts.at(at + 1))};
}

Define define_of(Building& building, Node const& node) {
  return {.name = name_of(node.parts.at(0)),
          .title = title_of(building, node),
          .type = type_among(node),
          .value = expression_of(building, value_among(node, 1))};
}

Phrases phrases_of(Building& building, Node const& node) {
  Phrases phrases{
      .name = name_of(node.parts.at(0)), .title = title_of(building, node), .lines = {}};
  for (Node const& part : node.parts) {
    if (part.kind != Kind::phrase_line) continue;
    Phrases::Line line{.except = has_flag(part, "except"), .language = {}, .phrases = {}};
    std::size_t at = line.except ? 1 : 0;
    line.language = name_of(part.parts.at(at));
    while (++at < part.parts.size()) line.phrases.push_back(text_of(part.parts[at]));
    phrases.lines.push_back(std::move(line));
  }
  return phrases;
}

Script script_of(Building& building, Node const& node) {
  return {.name = name_of(node.parts.at(0)),
          .title = title_of(building, node),
          .text = texts_of(node.parts.back())};
}

Event event_of(Building& building, Node const& node) {
  return {.name = name_of(node.parts.at(0)),
          .title = title_of(building, node),
          .fields = fields_of(node)};
}

Guarantee guarantee_of(Building& building, Node const& node) {
  return {.name = name_of(node.parts.at(0)),
          .title = title_of(building, node),
          .body = node.parts.back().span()};
}

Term term_of(Building& building, Node const& node) {
  return {.name = name_of(node.parts.at(0)), .title = title_of(building, node)};
}

}  // namespace

Form build(FileId file, std::string_view text, Node const& tree,
           std::optional<Diagnostic>& mistake) {
  Building building{file, text, mistake};
  switch (tree.kind) {
    case Kind::policy:
      return policy_of(building, tree);
    case Kind::parameter:
      return parameter_of(building, tree);
    case Kind::fact:
      return fact_of(building, tree);
    case Kind::need:
      return need_of(building, tree);
    case Kind::role:
      return role_of(building, tree);
    case Kind::phases:
      return Phases{names_of(tree)};
    case Kind::action:
      return action_of(building, tree);
    case Kind::answer:
      return answer_of(building, tree);
    case Kind::score:
      return score_of(building, tree);
    case Kind::define:
      return define_of(building, tree);
    case Kind::phrases:
      return phrases_of(building, tree);
    case Kind::script:
      return script_of(building, tree);
    case Kind::event:
      return event_of(building, tree);
    case Kind::source:
      return source_of(building, tree);
    case Kind::table:
      return table_of(building, tree);
    case Kind::rule:
      return rule_of(building, tree);
    case Kind::authority:
      return authority_of(building, tree);
    case Kind::calendar:
      return calendar_of(building, tree);
    case Kind::test:
      return test_of(building, tree);
    case Kind::guarantee:
      return guarantee_of(building, tree);
    case Kind::term:
      return term_of(building, tree);
    default:
      break;
  }
  ensure(false);  // the grammar makes no other declarations
  return Broken{};
}

}  // namespace heed::language
