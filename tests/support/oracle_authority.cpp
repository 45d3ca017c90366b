#include "tests/support/oracle_authority.hpp"

#include <algorithm>
#include <tuple>

namespace heed::oracle {

namespace {

struct Gift {
  Authority const& authority;
  Value value;
};

/// Nobody needs a right to give nothing.
bool gives_nothing(Value const& value) {
  if (auto const* number = std::get_if<Number>(&value)) return *number <= Number{};
  if (auto const* money = std::get_if<Money>(&value)) return money->amount <= Number{};
  auto const* duration = std::get_if<Duration>(&value);
  auto const order = duration ? heed::compare(*duration, Duration{}) : std::nullopt;
  return order && *order <= 0;
}

/// Whether the line lets its role give the value. Its condition must hold, and its limit be known.
Kleene lets(World const& world, Authority::Line const& line, Value const& value) {
  auto const condition = holds(world, line.when);
  if (!line.up_to) return condition;
  auto const limit = value_of(world, *line.up_to);
  if (!limit) return all_of({condition, Kleene::unknown});
  auto const within = success(relate(Relation::at_most, value, *limit));
  return all_of({condition, kleene(within.value_or(false))});
}

std::vector<Authority::Line> lines_of(Gift const& gift, RoleId role) {
  std::vector<Authority::Line> lines;
  for (auto const& line : gift.authority.lines) {
    if (line.role == role) lines.push_back(line);
  }
  return lines;
}

Kleene may(World const& world, Gift const& gift, RoleId role) {
  std::vector<Kleene> reasons{kleene(gives_nothing(gift.value))};
  for (auto const& line : lines_of(gift, role)) reasons.push_back(lets(world, line, gift.value));
  return any_of(reasons);
}

Kleene may_all(World const& world, std::vector<Gift> const& gifts, RoleId role) {
  std::vector<Kleene> each;
  for (auto const& gift : gifts) each.push_back(may(world, gift, role));
  return all_of(each);
}

/// Above `by` in its line from below, then everybody of other lines, the lowest first.
std::vector<RoleId> those_to_ask(Policy const& policy, RoleId by) {
  auto const& own = policy.roles[index(by)];
  std::vector<std::tuple<bool, std::uint32_t, std::string, RoleId>> found;
  for (std::uint32_t i = 0; i < policy.roles.size(); ++i) {
    auto const& role = policy.roles[i];
    bool const other_line = role.line != own.line;
    if (other_line || role.rank > own.rank)
      found.emplace_back(other_line, role.rank, role.name, RoleId{i});
  }
  std::sort(found.begin(), found.end());
  std::vector<RoleId> roles;
  for (auto const& one : found) roles.push_back(std::get<RoleId>(one));
  return roles;
}

bool is_higher(World const& world, Authority::Line const& left, Authority::Line const& right) {
  if (!left.up_to || !right.up_to) return !left.up_to && right.up_to;
  auto const a = value_of(world, *left.up_to), b = value_of(world, *right.up_to);
  if (!a || !b) return !a;  // it may turn out as high as can be
  return success(relate(Relation::greater, *a, *b)).value_or(false);
}

std::string text_of(World const& world, Authority::Line const& line) {
  if (!line.up_to) return "unlimited";
  auto const* constant = std::get_if<Constant>(&line.up_to->form);
  if (constant && constant->name.empty()) return line.up_to->text;
  auto const shown = show_value(value_of(world, *line.up_to), line.up_to->type, world.policy.zone);
  if (auto const* amount = std::get_if<Shown::Amount>(&shown.form))
    return amount->amount + " " + amount->currency;
  if (auto const* decimal = std::get_if<Shown::Decimal>(&shown.form)) return decimal->text;
  return std::get<std::string>(shown.form);
}

void ask_about(Judgement& judgement, Authority::Line const& line) {
  judgement.open.push_back(line.when);
  judgement.open.push_back(line.up_to);
}

/// The unknown lines of a role by which it could yet give what it surely may not.
void ask_about(World const& world, Judgement& judgement, std::vector<Gift> const& gifts,
               RoleId role) {
  for (auto const& gift : gifts) {
    if (may(world, gift, role) == Kleene::yes) continue;
    for (auto const& line : lines_of(gift, role)) {
      if (lets(world, line, gift.value) == Kleene::unknown) ask_about(judgement, line);
    }
  }
}

/// The limit of the one who approves, and what could still raise it.
void approve(World const& world, Judgement& judgement, Gift const& beyond, RoleId role) {
  std::optional<Authority::Line> best;
  for (auto const& line : lines_of(beyond, role)) {
    if (lets(world, line, beyond.value) != Kleene::yes) continue;
    if (!best || is_higher(world, line, *best)) best = line;
  }
  if (!best) return;
  judgement.approval = Approval{world.policy.roles[index(role)].name, text_of(world, *best)};
  for (auto const& line : lines_of(beyond, role)) {
    bool const unknown = lets(world, line, beyond.value) == Kleene::unknown;
    if (unknown && is_higher(world, line, *best)) ask_about(judgement, line);
  }
}

}  // namespace

Judgement judge(World const& world, ActionId action, Given const& given, RoleId by) {
  std::vector<Gift> gifts;
  for (auto const& authority : world.policy.authorities) {
    for (auto const& [parameter, value] : given) {
      bool const same = authority.action == action && authority.parameter == parameter;
      if (same && value && !std::holds_alternative<None>(*value))
        gifts.push_back({authority, *value});
    }
  }
  Judgement judgement;
  auto const beyond = std::find_if(gifts.begin(), gifts.end(), [&](Gift const& gift) {
    return may(world, gift, by) != Kleene::yes;
  });
  if (beyond == gifts.end()) return judgement;
  ask_about(world, judgement, gifts, by);
  for (auto const role : those_to_ask(world.policy, by)) {
    auto const found = may_all(world, gifts, role);
    if (found == Kleene::unknown) ask_about(world, judgement, gifts, role);
    if (found != Kleene::yes) continue;
    approve(world, judgement, *beyond, role);
    return judgement;
  }
  judgement.nobody = true;
  return judgement;
}

}  // namespace heed::oracle
