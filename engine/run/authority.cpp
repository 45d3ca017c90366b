#include "engine/run/authority.hpp"

#include <algorithm>
#include <tuple>

#include "engine/run/evaluate.hpp"
#include "engine/run/kleene.hpp"
#include "engine/run/words_of_values.hpp"

namespace heed::run {
namespace {

using Line = Authority::Line;

/// One thing that an item gives, and who may give how much of it.
struct Gift {
  std::uint32_t parameter = 0;
  Value const* value = nullptr;
  Authority const* authority = nullptr;
};

/// What a line of an authority says to a gift.
struct Limit {
  Truth covers = Truth::no;      // unknown: it would, were its condition to hold or its limit so
  Value const* up_to = nullptr;  // null: unlimited, or not known
  Line const* line = nullptr;
};

/// A role that has no line may give nothing: that much it may.
bool is_nothing(Value const& value) {
  auto const zero = Number{0};
  if (auto const* number = std::get_if<Number>(&value)) return *number <= zero;
  if (auto const* money = std::get_if<Money>(&value)) return money->amount <= zero;
  if (auto const* duration = std::get_if<Duration>(&value)) {
    auto const below = compare(Relation::at_most, Value{*duration}, Value{Duration{}});
    return below && below.value();
  }
  return false;
}

Limit test(Frame& frame, Line const& line, Value const& value) {
  Limit limit{Truth::no, nullptr, &line};
  auto const holds = line.when ? truth_of(frame, *line.when) : Truth::yes;
  if (holds == Truth::no) return limit;
  if (!line.up_to) {
    limit.covers = holds;
    return limit;
  }
  limit.up_to = settled_value_of(frame, *line.up_to);
  auto covers = Truth::unknown;
  if (limit.up_to != nullptr) {
    auto const within = compare(Relation::at_most, value, *limit.up_to);
    covers = truth_from(within && within.value());
  }
  limit.covers = both(holds, covers);
  return limit;
}

std::vector<Limit> test_lines(Frame& frame, Gift const& gift, RoleId role) {
  std::vector<Limit> limits;
  for (auto const& line : gift.authority->lines)
    if (line.role == role) limits.push_back(test(frame, line, *gift.value));
  return limits;
}

/// Whether a role may give it; unknown where a line of it is open.
Truth may_give(std::vector<Limit> const& limits, Gift const& gift) {
  auto truth = truth_from(is_nothing(*gift.value));
  for (auto const& limit : limits) truth = either(truth, limit.covers);
  return truth;
}

bool is_higher(Limit const& one, Limit const& other) {
  if (!one.line->up_to || !other.line->up_to) return !one.line->up_to && other.line->up_to;
  if (one.up_to == nullptr || other.up_to == nullptr) return one.up_to == nullptr;
  auto const above = compare(Relation::greater, *one.up_to, *other.up_to);
  return above && above.value();
}

/// The highest of the limits that surely cover; nothing where none does.
Limit const* find_highest(std::vector<Limit> const& limits) {
  Limit const* best = nullptr;
  for (auto const& limit : limits)
    if (limit.covers == Truth::yes && (best == nullptr || is_higher(limit, *best))) best = &limit;
  return best;
}

std::string text_of(Frame const& frame, Limit const& limit) {
  if (!limit.line->up_to) return "unlimited";
  auto const& written = *limit.line->up_to;
  auto const* constant = std::get_if<Constant>(&written.form);
  if (constant != nullptr && constant->name.empty()) return written.text;
  return words_of(show(*limit.up_to, written.type, frame.policy().zone), Language::english);
}

/// Who could approve what `by` may not give: above it in its line, then in other lines.
std::vector<RoleId> list_superiors(Policy const& policy, RoleId by) {
  auto const& own = policy.roles[index(by)];
  std::vector<RoleId> roles;
  for (std::uint32_t at = 0; at < policy.roles.size(); ++at) {
    auto const& role = policy.roles[at];
    if (role.line != own.line || role.rank > own.rank) roles.push_back(RoleId(at));
  }
  std::ranges::sort(roles, {}, [&](RoleId id) {
    auto const& role = policy.roles[index(id)];
    return std::tuple{role.line != own.line, role.rank, id};
  });
  return roles;
}

class Judge {
 public:
  Judge(Frame& frame, Planned const& item) : frame_{frame} {
    auto const& all = frame.policy().authorities;
    auto authority = std::ranges::lower_bound(all, item.action, {}, &Authority::action);
    for (; authority != all.end() && authority->action == item.action; ++authority) {
      auto const* value = item.given[authority->parameter].value;
      if (value != nullptr && !std::holds_alternative<None>(*value))
        gifts_.push_back({authority->parameter, value, &*authority});
    }
    if (gifts_.empty() || may(item.by) == Truth::yes) return;
    find_approval(item.by);
  }

  Judgement judgement;

 private:
  Truth may(RoleId role) {
    auto truth = Truth::yes;
    for (auto const& gift : gifts_)
      truth = both(truth, may_give(test_lines(frame_, gift, role), gift));
    return truth;
  }

  /// The first of what the item gives that the role may surely not give as yet.
  Gift const& find_beyond(RoleId role) {
    auto const is_beyond = [&](Gift const& gift) {
      return may_give(test_lines(frame_, gift, role), gift) != Truth::yes;
    };
    return *std::ranges::find_if(gifts_, is_beyond);
  }

  void find_approval(RoleId by) {
    auto const& beyond = find_beyond(by);
    add_open(by);
    for (auto const role : list_superiors(frame_.policy(), by)) {
      auto const truth = may(role);
      if (truth == Truth::unknown) add_open(role);
      if (truth == Truth::yes) return approve(role, beyond);
    }
    judgement.beyond_all = beyond.parameter;
  }

  void approve(RoleId role, Gift const& beyond) {
    auto const limits = test_lines(frame_, beyond, role);
    auto const* highest = find_highest(limits);
    if (highest == nullptr) return;  // cannot be: what is beyond `by` is something
    judgement.approval =
        Approval{frame_.policy().roles[index(role)].name, text_of(frame_, *highest)};
    for (auto const& limit : limits)
      if (limit.covers == Truth::unknown && is_higher(limit, *highest)) add_open(*limit.line);
  }

  void add_open(RoleId role) {
    for (auto const& gift : gifts_) {
      auto const limits = test_lines(frame_, gift, role);
      if (may_give(limits, gift) == Truth::yes) continue;
      for (auto const& limit : limits)
        if (limit.covers == Truth::unknown) add_open(*limit.line);
    }
  }
  void add_open(Line const& line) {
    if (line.when) judgement.open.push_back(line.when.get());
    if (line.up_to) judgement.open.push_back(line.up_to.get());
  }

  Frame& frame_;
  std::vector<Gift> gifts_;  // what is given that somebody has authority for
};

}  // namespace

Judgement judge(Frame& frame, Planned const& item) {
  return Judge{frame, item}.judgement;
}

std::vector<OpenAuthority> find_open_authority(Frame& plain, Frame& left_open) {
  std::vector<OpenAuthority> found;
  std::optional<ActionId> before;
  for (auto const& authority : plain.policy().authorities) {
    auto const action = authority.action;
    if (action == before) continue;  // an action may have several, beside each other
    before = action;
    if (is_forbidden(plain, action) || may_be_done(plain, action) == Truth::no) continue;
    for (auto const& item : find_planned(plain, action)) {
      for (auto const* open : judge(left_open, item).open)
        for (auto const rule : item.rules) found.push_back({rule, open});
    }
  }
  std::ranges::stable_sort(found, {}, &OpenAuthority::rule);
  return found;
}

}  // namespace heed::run
