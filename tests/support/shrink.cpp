#include "tests/support/shrink.hpp"

#include <sstream>

namespace heed::support {

namespace {

using Fails = std::function<bool(Failing const&)>;

bool try_instead(Failing& failing, Failing smaller, Fails const& fails) {
  if (!fails(smaller)) return false;
  failing = std::move(smaller);
  return true;
}

bool drop_declarations(Failing& failing, Fails const& fails) {
  bool dropped = false;
  for (auto at = failing.policy.declarations.size(); at-- > 0;) {
    auto smaller = failing;
    auto& all = smaller.policy.declarations;
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
    dropped = try_instead(failing, std::move(smaller), fails) || dropped;
  }
  return dropped;
}

bool drop_facts(Failing& failing, Fails const& fails) {
  bool dropped = false;
  auto const facts = failing.facts;
  for (auto const& [name, _] : facts) {
    auto smaller = failing;
    smaller.facts.erase(name);
    dropped = try_instead(failing, std::move(smaller), fails) || dropped;
  }
  return dropped;
}

bool drop_items(Failing& failing, Fails const& fails) {
  bool dropped = false;
  for (auto const& [name, value] : std::map{failing.facts}) {
    auto const* list = std::get_if<ListValue>(&value);
    for (auto at = list ? list->items->size() : 0; at-- > 0;) {
      auto smaller = failing;
      auto const* now = std::get_if<ListValue>(&smaller.facts.at(name));
      auto items = *now->items;
      items.erase(items.begin() + static_cast<std::ptrdiff_t>(at));
      smaller.facts.at(name) = make_list(std::move(items));
      dropped = try_instead(failing, std::move(smaller), fails) || dropped;
    }
  }
  return dropped;
}

/// Without each event of the list in turn.
bool drop_events(Failing& failing, std::vector<NamedEvent> Failing::*list, Fails const& fails) {
  bool dropped = false;
  for (auto at = (failing.*list).size(); at-- > 0;) {
    auto smaller = failing;
    auto& all = smaller.*list;
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
    dropped = try_instead(failing, std::move(smaller), fails) || dropped;
  }
  return dropped;
}

/// Whether a value that a larger policy had can still stand where this type is asked for: of a
/// list's declaration lines may be gone.
bool still_fits(Value const& value, Type const& type) {
  auto const* list = std::get_if<ListValue>(&value);
  if (!list || !type.shape) return !list && !type.shape;
  for (auto const& item : *list->items) {
    if (item.fields.size() != type.shape->fields.size()) return false;
    for (std::size_t i = 0; i < item.fields.size(); ++i)
      if (item.fields[i] && !still_fits(*item.fields[i], type.shape->fields[i].type)) return false;
  }
  return true;
}

std::vector<NamedEvent> named(Policy const& policy, std::vector<Happened> const& history) {
  std::vector<NamedEvent> events;
  for (auto const& one : history) {
    auto const& declared = policy.events[index(one.event)];
    auto& event = events.emplace_back(NamedEvent{declared.name, one.at, {}});
    for (auto const& [field, value] : one.fields)
      event.fields.emplace(declared.fields[field].name, value);
  }
  return events;
}

/// What of them the policy declares.
std::vector<Happened> numbered(Policy const& policy, std::vector<NamedEvent> const& events) {
  std::vector<Happened> history;
  for (auto const& one : events) {
    for (std::uint32_t id = 0; id < policy.events.size(); ++id) {
      if (policy.events[id].name != one.event) continue;
      auto& happened = history.emplace_back(Happened{EventId{id}, one.at, {}});
      auto const& fields = policy.events[id].fields;
      for (std::uint32_t field = 0; field < fields.size(); ++field) {
        auto const found = one.fields.find(fields[field].name);
        if (found != one.fields.end()) happened.fields.emplace_back(field, found->second);
      }
    }
  }
  return history;
}

/// The declaration without each of its lines; `then` moves to the next one.
std::vector<std::string> with_a_line_less(std::string const& text) {
  std::vector<std::string> lines, results;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) lines.push_back(line + "\n");
  for (std::size_t leave = 1; leave < lines.size(); ++leave) {
    std::string result;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      auto line = lines[i];
      if (i == leave) continue;
      if (i == leave + 1 && lines[leave].starts_with("  then ") && line.starts_with("       ")) {
        line.replace(0, 7, "  then ");
      }
      result += line;
    }
    results.push_back(result);
  }
  return results;
}

/// Where the bracket that opens at `open` closes; nothing where it does not.
std::size_t closing(std::string const& text, std::size_t open) {
  int depth = 0;
  for (auto at = open; at < text.size(); ++at) {
    if (text[at] == '(') ++depth;
    if (text[at] == ')' && --depth == 0) return at;
  }
  return std::string::npos;
}

/// The declaration with each bracket replaced by `(yes)`, `(no)`, and by each bracket within it.
std::vector<std::string> with_a_bracket_less(std::string const& text) {
  std::vector<std::string> results;
  for (auto open = text.find('('); open != std::string::npos; open = text.find('(', open + 1)) {
    auto const close = closing(text, open);
    if (close == std::string::npos) continue;
    auto const replace = [&](std::string const& by) {
      auto result = text;
      results.push_back(result.replace(open, close + 1 - open, by));
    };
    if (text.substr(open, 5) != "(yes)" && text.substr(open, 4) != "(no)") {
      replace("(yes)");
      replace("(no)");
    }
    for (auto inner = text.find('(', open + 1); inner < close; inner = text.find('(', inner + 1)) {
      auto const end = closing(text, inner);
      if (end < close) replace(text.substr(inner, end + 1 - inner));
    }
  }
  return results;
}

template <class Smaller>
bool try_each(Failing& failing, Fails const& fails, Smaller const& smaller) {
  bool shrunk = false;
  for (std::size_t at = 0; at < failing.policy.declarations.size(); ++at) {
    for (bool again = true; again;) {
      again = false;
      for (auto const& text : smaller(failing.policy.declarations[at])) {
        auto other = failing;
        other.policy.declarations[at] = text;
        again = try_instead(failing, std::move(other), fails);
        shrunk = shrunk || again;
        if (again) break;
      }
    }
  }
  return shrunk;
}

}  // namespace

Failing make_failing(RandomPolicy const& policy, Policy const& checked, RandomCase const& subject) {
  Failing failing{
      policy, {}, subject.now, named(checked, subject.history), named(checked, subject.of_others)};
  for (std::size_t i = 0; i < checked.facts.size(); ++i) {
    if (subject.facts[i]) failing.facts.emplace(checked.facts[i].name, *subject.facts[i]);
  }
  return failing;
}

RandomCase case_for(Policy const& checked, Failing const& failing) {
  RandomCase subject{
      {}, failing.now, numbered(checked, failing.history), numbered(checked, failing.of_others)};
  for (auto const& fact : checked.facts) {
    auto const found = failing.facts.find(fact.name);
    bool const known = found != failing.facts.end() && still_fits(found->second, fact.type);
    subject.facts.push_back(known ? std::optional{found->second} : std::nullopt);
  }
  return subject;
}

Failing shrink(Failing failing, std::function<bool(Failing const&)> const& fails) {
  for (bool shrunk = true; shrunk;) {
    shrunk = drop_declarations(failing, fails);
    shrunk = try_each(failing, fails, with_a_line_less) || shrunk;
    shrunk = try_each(failing, fails, with_a_bracket_less) || shrunk;
    shrunk = drop_facts(failing, fails) || shrunk;
    shrunk = drop_items(failing, fails) || shrunk;
    shrunk = drop_events(failing, &Failing::history, fails) || shrunk;
    shrunk = drop_events(failing, &Failing::of_others, fails) || shrunk;
  }
  return failing;
}

std::string describe(Failing const& failing) {
  std::string text;
  for (auto const& declaration : failing.policy.declarations) text += declaration + "\n";
  return text;
}

}  // namespace heed::support
