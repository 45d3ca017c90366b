#include "server/api/sealed_words.hpp"

namespace heed::api {

bool may_tell_sealed(SealedNames const& sealed, std::string_view point) {
  auto const colon = point.find(':');
  auto const kind = point.substr(0, colon);
  auto const name = colon == point.npos ? std::string_view{} : point.substr(colon + 1);
  if (kind == "need" || kind == "question" || kind == "warning") return false;
  if (kind == "score") return sealed.scores.contains(name);
  if (kind == "answer") return sealed.answers.contains(name);
  if (kind == "action") return sealed.arguments.contains(name) || !sealed.times.empty();
  if (kind == "record") return sealed.event_fields.contains(name);
  if (kind == "say") return name.empty() ? !sealed.said.empty() : sealed.scripts.contains(name);
  if (kind == "check") return !sealed.checks.empty();
  if (kind == "escalation" || kind == "alert") return !sealed.times.empty();
  return !sealed.arguments.empty() || !sealed.times.empty();  // choices of actions
}

void hide_sealed_words(PolicyComparison& comparison, SealedNames const& before,
                       SealedNames const& after) {
  auto const hide = [&](PointChange& change) {
    if (!may_tell_sealed(before, change.point) && !may_tell_sealed(after, change.point)) return;
    for (auto* const words : {&change.before, &change.after})
      for (auto& [language, text] : *words) text = "…";
  };
  for (auto& group : comparison.groups) {
    for (auto& point : group.points) hide(point);
    for (auto& example : group.examples)
      for (auto& change : example.changes) hide(change);
  }
}

}  // namespace heed::api
