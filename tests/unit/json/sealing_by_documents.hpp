#pragma once
#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "engine/advisor.hpp"
#include "server/json/canonical.hpp"
#include "server/json/document.hpp"

/// Sealing as it is specified, over documents: what sealing over spans must come to, byte for byte.
namespace heed::testing {

using json::append_canonical;
using json::append_token;
using json::find_member;
using json::Node;
using Commit = std::function<std::string(std::string const& pointer, std::string const& value)>;
using Names = SealedNames::Names;

inline Node* member(Node& node, std::string_view name) {
  if (node.form != Node::Form::object) return nullptr;
  auto const found = std::ranges::find(node.items, name, &Node::name);
  return found == node.items.end() ? nullptr : &*found;
}

inline std::string_view text_of(Node const& node, std::string_view name) {
  auto const* found = find_member(node, name);
  return found != nullptr && found->form == Node::Form::text ? std::string_view{found->text} : "";
}

/// Goes through a document and seals; the pointer is that of where it is.
class Sealing {
 public:
  Sealing(SealedNames const& sealed, std::string pointer, Commit const& commit)
      : sealed_{sealed}, pointer_{std::move(pointer)}, commit_{commit} {}

  void seal(Node& node) {
    if (node.form == Node::Form::null) return;
    std::string value;
    append_canonical(value, node);
    Node stand_in;
    stand_in.form = Node::Form::text;
    stand_in.name = "sealed";
    stand_in.text = commit_(pointer_, value);
    node.form = Node::Form::object;
    node.text.clear();
    node.items.clear();
    node.items.push_back(std::move(stand_in));
  }

  /// Goes into a member; nothing where there is none.
  template <class Then>
  void in(Node& node, std::string_view name, Then const& then) {
    auto* const found = member(node, name);
    if (found == nullptr) return;
    auto const size = pointer_.size();
    append_token(pointer_, name);
    then(*found);
    pointer_.resize(size);
  }
  void seal(Node& node, std::string_view name) {
    in(node, name, [this](Node& found) { seal(found); });
  }
  /// Goes into each item or member.
  template <class Then>
  void each(Node& node, Then const& then) {
    auto const size = pointer_.size();
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      if (node.form == Node::Form::object)
        append_token(pointer_, node.items[i].name);
      else
        append_token(pointer_, i);
      then(node.items[i]);
      pointer_.resize(size);
    }
  }
  template <class Then>
  void each(Node& node, std::string_view name, Then const& then) {
    in(node, name, [&](Node& found) { each(found, then); });
  }
  void seal_members(Node& node, Names const& names) {
    each(node, [&](Node& each_one) {
      if (names.contains(each_one.name)) seal(each_one);
    });
  }
  void seal_those_of(Node& node, std::map<std::string, Names, std::less<>> const& by_owner,
                     std::string_view owner) {
    auto const found = by_owner.find(owner);
    if (found != by_owner.end()) seal_members(node, found->second);
  }

  void seal_case(Node& node) {
    in(node, "facts", [this](Node& facts) { seal_members(facts, sealed_.facts); });
    each(node, "figures", [this](Node& figure) {
      std::string_view name{figure.name};
      if (name.starts_with('?')) name.remove_prefix(1);
      if (sealed_.figures.contains(name)) seal(figure);
    });
    each(node, "history", [this](Node& event) {
      seal_those_of(event, sealed_.event_fields, std::string{text_of(event, "event")});
    });
  }

  void seal_decision(Node& node) {
    each(node, "needs", [this](Node& need) { because(need); });
    each(node, "escalations", [this](Node& escalation) {
      because(escalation);
      times(escalation);
    });
    in(node, "scores", [this](Node& scores) {
      each(scores, [this](Node& score) {
        if (!sealed_.scores.contains(score.name)) return;
        seal(score, "value");
        seal(score, "between");
      });
    });
    in(node, "answers", [this](Node& answers) {
      each(answers, [this](Node& answer) {
        if (!sealed_.answers.contains(answer.name)) return;
        seal(answer, "value");
        seal(answer, "could_be");
      });
    });
    each(node, "plan", [this](Node& item) { action(item); });
    each(node, "choices", [this](Node& choice) {
      each(choice, "options", [this](Node& option) { action(option); });
    });
    each(node, "alerts", [this](Node& alert) { times(alert); });
    texts_and_records(node);
  }

 private:
  void texts_and_records(Node& node) {
    each(node, "say", [this](Node& saying) {
      auto const script = text_of(saying, "script");
      if (script.empty() ? any_rule(saying, sealed_.said) : sealed_.scripts.contains(script))
        seal(saying, "text");
    });
    each(node, "checks", [this](Node& check) {
      if (any_rule(check, sealed_.checks)) seal(check, "text");
    });
    each(node, "record", [this](Node& recording) {
      auto const event = std::string{text_of(recording, "event")};
      in(recording, "with", [&](Node& with) { seal_those_of(with, sealed_.event_fields, event); });
    });
    each(node, "matches", [this](Node& match) {
      if (!sealed_.facts.contains(text_of(match, "fact"))) return;
      seal(match, "phrase");
      seal(match, "at");
    });
  }
  void because(Node& node) {
    each(node, "because", [this](Node& reason) {
      if (sealed_.because.contains(text_of(reason, "rule"))) seal(reason, "text");
    });
  }
  void action(Node& node) {
    auto const name = std::string{text_of(node, "action")};
    in(node, "with", [&](Node& with) { seal_those_of(with, sealed_.arguments, name); });
    times(node);
  }
  void times(Node& node) {
    if (!any_rule(node, sealed_.times)) return;
    for (auto const* name : {"due", "expires", "counted"}) seal(node, name);
    each(node, "then", [this](Node& step) { seal(step, "due"); });
  }
  static bool any_rule(Node const& node, Names const& names) {
    auto const* const rules = find_member(node, "rules");
    return rules != nullptr && std::ranges::any_of(rules->items, [&](Node const& rule) {
             return names.contains(rule.text);
           });
  }

  SealedNames const& sealed_;
  std::string pointer_;
  Commit const& commit_;
};

}  // namespace heed::testing
