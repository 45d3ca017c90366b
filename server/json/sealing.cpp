#include "server/json/sealing.hpp"

#include <algorithm>
#include <utility>

#include "server/json/canonical.hpp"

namespace heed::json {
namespace {

using Names = SealedNames::Names;

Node* member(Node& node, std::string_view name) {
  if (node.form != Node::Form::object) return nullptr;
  auto const found = std::ranges::find(node.items, name, &Node::name);
  return found == node.items.end() ? nullptr : &*found;
}

std::string_view text_of(Node const& node, std::string_view name) {
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

}  // namespace

void seal_case(Node& resolved, SealedNames const& sealed, std::string pointer,
               Commit const& commit) {
  Sealing{sealed, std::move(pointer), commit}.seal_case(resolved);
}

void seal_decision(Node& decision, SealedNames const& sealed, std::string pointer,
                   Commit const& commit) {
  Sealing{sealed, std::move(pointer), commit}.seal_decision(decision);
}

void seal_fields(Node& fields, SealedNames::Names const& sealed, std::string pointer,
                 Commit const& commit) {
  SealedNames const none;
  Sealing{none, std::move(pointer), commit}.seal_members(fields, sealed);
}

std::string_view commitment_in(Node const& node) {
  bool const is_one = node.form == Node::Form::object && node.items.size() == 1 &&
                      node.items[0].name == "sealed" && node.items[0].form == Node::Form::text;
  return is_one ? std::string_view{node.items[0].text} : "";
}

Node* follow(Node& node, std::string_view pointer) {
  return const_cast<Node*>(follow(std::as_const(node), pointer));
}

}  // namespace heed::json
