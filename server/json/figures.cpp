#include <algorithm>

#include "server/json/canonical.hpp"
#include "server/json/case.hpp"
#include "server/json/history.hpp"
#include "server/json/write.hpp"

/// What was counted across customers, as it stands with a case.
namespace heed::json {
namespace {

void refuse(Findings& findings, std::string_view pointer, Node const& node, std::string expected) {
  add(findings.mistakes,
      {std::string{pointer}, "case.type", "expected " + expected + ", found " + describe(node),
       expected, describe(node)});
}

enum class Form { none, count, latest };

Form form_of(RuleSet const& rules, std::string_view name) {
  if (name.starts_with('?')) name.remove_prefix(1);
  for (auto const& read : rules.history) {
    if (read.window != nullptr && read.window->figure == name) return Form::count;
    if (read.since != nullptr && read.since->figure == name) return Form::latest;
  }
  return Form::none;
}

std::optional<std::int64_t> read_number(Node const& node, std::string const& pointer,
                                        Findings& findings) {
  auto const number = node.form == Node::Form::number ? Number::parse(node.text) : std::nullopt;
  if (number && number->is_whole() && number->numerator() >= 0) return number->numerator();
  refuse(findings, pointer, node, "a whole number from 0 on");
  return std::nullopt;
}

/// `surely` and `possibly` of an object; null is no value.
template <class Read>
auto read_ends(Node const& node, std::string const& pointer, Read const& read) {
  using End = decltype(read(node, pointer));
  auto const end = [&](std::string_view name) {
    auto const* member = find_member(node, name);
    if (member == nullptr || member->form == Node::Form::null) return End{};
    return read(*member, pointer + "/" + std::string{name});
  };
  return std::pair{end("surely"), end("possibly")};
}

std::string quoted(std::string_view text) {
  std::string out;
  append_text(out, text);
  return out;
}

std::string to_json(std::int64_t number) {
  return std::to_string(number);
}
std::string to_json(std::optional<std::int64_t> number) {
  return number ? to_json(*number) : "null";
}
std::string to_json(std::optional<Instant> at) {
  return at ? quoted(Zone::utc().to_text(*at)) : "null";
}

}  // namespace

Figures read_figures(Node const& node, RuleSet const& rules, std::string pointer,
                     Findings& findings) {
  Figures figures;
  if (node.form == Node::Form::null) return figures;
  if (node.form != Node::Form::object) {
    refuse(findings, pointer, node, "an object");
    return figures;
  }
  auto const size = pointer.size();
  for (auto const& member : node.items) {
    pointer.resize(size);
    append_token(pointer, member.name);
    auto const form = form_of(rules, member.name);
    if (form == Form::none) {
      findings.ignored.push_back(pointer);
    } else if (member.form != Node::Form::object) {
      refuse(findings, pointer, member, "an object with `surely` and `possibly`");
    } else if (form == Form::count) {
      auto const [surely, possibly] = read_ends(member, pointer, [&](auto const& end, auto at) {
        return read_number(end, at, findings);
      });
      figures[member.name].form = Figure::Count{surely.value_or(0), possibly};
    } else {
      auto const [surely, possibly] = read_ends(member, pointer, [&](auto const& end, auto at) {
        return read_at(end, rules.policy.zone, at, findings);
      });
      figures[member.name].form = Figure::Latest{surely, possibly};
    }
  }
  return figures;
}

void append_figures(std::string& out, Figures const& figures) {
  std::vector<std::pair<std::string_view, std::string>> members;
  for (auto const& [name, figure] : figures) {
    auto const text = std::visit(
        [](auto const& form) {
          return R"({"possibly":)" + to_json(form.possibly) + R"(,"surely":)" +
                 to_json(form.surely) + "}";
        },
        figure.form);
    members.emplace_back(name, text);
  }
  std::sort(members.begin(), members.end(), [](auto const& left, auto const& right) {
    return comes_before(left.first, right.first);
  });
  append_members(out, members);
}

}  // namespace heed::json
