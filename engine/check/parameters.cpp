#include "engine/check/parameters.hpp"

#include <algorithm>

#include "engine/check/tell.hpp"
#include "engine/check/types.hpp"

namespace heed::check {

std::optional<Parameter::Join> find_join(Scope const& scope, ast::Name const& join, Sums sums) {
  if (join.text == "largest") return Parameter::Join::largest;
  if (join.text == "smallest") return Parameter::Join::smallest;
  auto const where = place(scope, join.span);
  if (sums == Sums::allowed) {
    if (join.text == "sum") return Parameter::Join::sum;
    tell_word(scope.draft, where, "check.join", quoted(join.text) + " is no join", join.text,
              {"largest", "smallest", "sum"},
              "what several rules give joins as `largest`, `smallest` or `sum`");
  } else if (join.text == "sum") {
    tell(scope.draft, where, "check.join", "what rules write to an answer is not added up",
         "write `largest` or `smallest`, or declare a score");
  } else {
    tell_word(scope.draft, where, "check.join", quoted(join.text) + " is no join", join.text,
              {"largest", "smallest"}, "what several rules write joins as `largest` or `smallest`");
  }
  return std::nullopt;
}

void tell_both_secrecies(Scope const& scope, ast::Name const& name) {
  tell(scope.draft, place(scope, name.span), "check.public-and-private",
       quoted(name.text) + " is said to be private and public at once",
       "leave one out: what is private is sealed in the log, what is public stands there to be "
       "read");
}

namespace {

bool can_add_up(Type const& type) {
  return is_numeric(type.kind) || type.kind == Kind::money || type.kind == Kind::duration;
}

}  // namespace

bool can_join(Scope const& scope, ast::Name const& join, Type const& type) {
  auto const is_sum = join.text == "sum";
  if (is_sum ? can_add_up(type) : is_measured(type)) return true;
  if (is_sum) {
    tell(scope.draft, place(scope, join.span), "check.join",
         "`sum` has no meaning for " + quoted(words(type)) + ", which cannot be added up",
         is_measured(type) ? "write `largest` or `smallest`, or leave the join out"
                           : "leave the join out");
    return false;
  }
  auto help = "leave the join out";
  if (type.kind == Kind::choice)
    help = "put the values in order with `<` between them, or leave the join out";
  if (type.kind == Kind::set) help = "sets are united without a word: leave the join out";
  tell(scope.draft, place(scope, join.span), "check.join",
       quoted(join.text) + " has no meaning for " + quoted(words(type)) + ", which has no order",
       help);
  return false;
}

std::optional<std::vector<Parameter>> check_fields(Scope const& scope,
                                                   std::vector<ast::Field> const& fields,
                                                   Joins joins) {
  std::vector<Parameter> parameters;
  bool sound = true;
  for (auto const& field : fields) {
    auto const twice = std::any_of(parameters.begin(), parameters.end(), [&](auto const& other) {
      return other.name == field.name.text;
    });
    if (twice)
      tell(scope.draft, place(scope, field.name.span), "check.twice",
           quoted(field.name.text) + " is named twice", "leave one of the two out");
    if (field.is_private && field.is_public) tell_both_secrecies(scope, field.name);
    auto const type = make_type(scope, field.type);
    auto join = std::optional{Parameter::Join::none};
    if (field.join && joins == Joins::allowed) {
      join = find_join(scope, *field.join, Sums::allowed);
      if (join && type && !can_join(scope, *field.join, *type)) join.reset();
    } else if (field.join) {
      tell(scope.draft, place(scope, field.join->span), "check.join", "nothing is joined here",
           "leave " + quoted(field.join->text) + " out");
    }
    if (twice || !type || !join)
      sound = false;
    else
      parameters.push_back({field.name.text, *type, *join, field.is_private, field.is_public});
  }
  if (!sound) return std::nullopt;
  return parameters;
}

}  // namespace heed::check
