#include "server/json/sealing.hpp"

#include <algorithm>

#include "engine/base/ensure.hpp"
#include "server/json/document.hpp"

namespace heed::json {
namespace {

using Names = SealedNames::Names;
using Place = Spans::Place;

void append_commitment(std::string& out, std::string_view commitment) {
  out += R"({"sealed":")";
  out += commitment;
  out += R"("})";
}

/// Goes through JSON and seals.
class Sealing {
 public:
  Sealing(Spans& spans, SealedNames const& sealed, std::string_view pointer, Commit const& commit)
      : spans_{spans}, sealed_{sealed}, pointer_{pointer}, commit_{commit} {}

  void seal_case() {
    seal_members(spans_.find(Spans::root, "facts"), sealed_.facts);
    if (!sealed_.figures.empty())
      each(spans_.find(Spans::root, "figures"), [this](Place figure) {
        auto name = spans_.name(figure);
        if (name.starts_with('?')) name.remove_prefix(1);
        if (sealed_.figures.contains(name)) seal(figure);
      });
    each(spans_.find(Spans::root, "history"), [this](Place event) {
      seal_those_of(event, sealed_.event_fields, text_of(event, "event"));
    });
  }

  void seal_decision() {
    each_of("needs", [this](Place need) { because(need); });
    each_of("escalations", [this](Place escalation) {
      because(escalation);
      times(escalation);
    });
    each_of("scores", [this](Place score) {
      if (!sealed_.scores.contains(spans_.name(score))) return;
      seal(score, "value");
      seal(score, "between");
    });
    each_of("answers", [this](Place answer) {
      if (!sealed_.answers.contains(spans_.name(answer))) return;
      seal(answer, "value");
      seal(answer, "could_be");
    });
    each_of("plan", [this](Place item) { action(item); });
    each_of("choices", [this](Place choice) {
      each(spans_.find(choice, "options"), [this](Place option) { action(option); });
    });
    each_of("alerts", [this](Place alert) { times(alert); });
    texts_and_records();
  }

  void seal_members(Place object, Names const& names) {
    if (names.empty()) return;
    each(object, [&](Place member) {
      if (names.contains(spans_.name(member))) seal(member);
    });
  }

 private:
  void seal(Place place) {
    if (place == Spans::nowhere || spans_.form(place) == Spans::Form::null) return;
    auto const size = pointer_.size();
    spans_.append_pointer(pointer_, place);
    value_.clear();
    spans_.append_canonical(value_, place);
    stand_in_.clear();
    append_commitment(stand_in_, commit_(pointer_, value_));
    spans_.replace(place, stand_in_);
    pointer_.resize(size);
  }
  void seal(Place object, std::string_view name) { seal(spans_.find(object, name)); }

  template <class Then>
  void each(Place place, Then const& then) {
    if (place == Spans::nowhere) return;
    for (auto const item : spans_.items(place)) then(item);
  }
  template <class Then>
  void each_of(std::string_view name, Then const& then) {
    each(spans_.find(Spans::root, name), then);
  }

  void seal_those_of(Place object, std::map<std::string, Names, std::less<>> const& by_owner,
                     std::string_view owner) {
    auto const found = by_owner.find(owner);
    if (found != by_owner.end()) seal_members(object, found->second);
  }

  void texts_and_records() {
    each_of("say", [this](Place saying) {
      auto const script = text_of(saying, "script");
      if (script.empty() ? any_rule(saying, sealed_.said) : sealed_.scripts.contains(script))
        seal(saying, "text");
    });
    each_of("checks", [this](Place check) {
      if (any_rule(check, sealed_.checks)) seal(check, "text");
    });
    each_of("record", [this](Place recording) {
      seal_those_of(spans_.find(recording, "with"), sealed_.event_fields,
                    text_of(recording, "event"));
    });
    each_of("matches", [this](Place match) {
      if (!sealed_.facts.contains(text_of(match, "fact"))) return;
      seal(match, "phrase");
      seal(match, "at");
    });
  }
  void because(Place node) {
    if (sealed_.because.empty()) return;
    each(spans_.find(node, "because"), [this](Place reason) {
      if (sealed_.because.contains(text_of(reason, "rule"))) seal(reason, "text");
    });
  }
  void action(Place node) {
    if (!sealed_.arguments.empty())
      seal_those_of(spans_.find(node, "with"), sealed_.arguments, text_of(node, "action"));
    times(node);
  }
  void times(Place node) {
    if (!any_rule(node, sealed_.times)) return;
    for (auto const* name : {"due", "expires", "counted"}) seal(node, name);
    each(spans_.find(node, "then"), [this](Place step) { seal(step, "due"); });
  }
  bool any_rule(Place node, Names const& names) {
    if (names.empty()) return false;
    auto const rules = spans_.find(node, "rules");
    if (rules == Spans::nowhere) return false;
    return std::ranges::any_of(spans_.items(rules),
                               [&](Place rule) { return names.contains(spans_.text(rule)); });
  }
  /// Of a member; empty where there is none, or it is no text.
  std::string_view text_of(Place object, std::string_view name) {
    auto const found = spans_.find(object, name);
    return found == Spans::nowhere ? std::string_view{} : spans_.text(found);
  }

  Spans& spans_;
  SealedNames const& sealed_;
  std::string pointer_;  // of the document
  std::string value_, stand_in_;
  Commit const& commit_;
};

/// A text of ours in canonical order, with what `change` puts into it.
template <class Change>
std::string rewritten(std::string_view text, Change const& change) {
  thread_local Spans spans;
  ensure(spans.read(text));
  change(spans);
  std::string out;
  out.reserve(text.size() + text.size() / 4);
  spans.append_canonical(out, Spans::root);
  return out;
}

}  // namespace

void seal_case(Spans& resolved, SealedNames const& sealed, std::string_view pointer,
               Commit const& commit) {
  Sealing{resolved, sealed, pointer, commit}.seal_case();
}

std::string sealed_case(Resolving const& resolving, SealedNames const& sealed,
                        std::string_view pointer, Commit const& commit) {
  auto const& subject = resolving.subject;
  bool const facts_alone = (sealed.event_fields.empty() || subject.history.empty()) &&
                           (sealed.figures.empty() || subject.figures.empty());
  if (!facts_alone) {
    return rewritten(resolved_case(resolving),
                     [&](Spans& spans) { seal_case(spans, sealed, pointer, commit); });
  }
  Replacing const replacing{sealed.facts,
                            [&](std::string& out, std::string_view fact, std::string_view value) {
                              if (value == "null") {
                                out += value;
                                return;
                              }
                              std::string of_fact{pointer};
                              append_token(of_fact += "/facts", fact);
                              append_commitment(out, commit(of_fact, value));
                            }};
  return resolved_case(resolving, &replacing);
}

void seal_decision(std::string& canonical, SealedNames const& sealed, std::string_view pointer,
                   Commit const& commit) {
  canonical =
      rewritten(canonical, [&](Spans& spans) { seal_decision(spans, sealed, pointer, commit); });
}

void seal_decision(Spans& decision, SealedNames const& sealed, std::string_view pointer,
                   Commit const& commit) {
  Sealing{decision, sealed, pointer, commit}.seal_decision();
}

void seal_fields(std::string& canonical, SealedNames::Names const& sealed, std::string_view pointer,
                 Commit const& commit) {
  canonical =
      rewritten(canonical, [&](Spans& spans) { seal_fields(spans, sealed, pointer, commit); });
}

void seal_fields(Spans& fields, SealedNames::Names const& sealed, std::string_view pointer,
                 Commit const& commit) {
  SealedNames const none;
  Sealing{fields, none, pointer, commit}.seal_members(Spans::root, sealed);
}

std::string_view commitment_in(Spans& spans, Spans::Place place) {
  if (spans.form(place) != Spans::Form::object || spans.items(place).size() != 1) return {};
  auto const found = spans.find(place, "sealed");
  return found == Spans::nowhere ? std::string_view{} : spans.text(found);
}

}  // namespace heed::json
