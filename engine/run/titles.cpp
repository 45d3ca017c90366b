#include <algorithm>

#include "engine/run/page.hpp"

/// How the names of a policy are told to people.
namespace heed::run {
namespace {

/// Null where there is none, or no policy.
template <class Named>
Named const* find_named(Policy const* policy, std::vector<Named> Policy::*list,
                        std::string_view name) {
  if (policy == nullptr) return nullptr;
  auto const& all = policy->*list;
  auto const found = std::ranges::lower_bound(all, name, {}, &Named::name);
  return found == all.end() || found->name != name ? nullptr : &*found;
}

Type const* type_of(std::vector<Parameter> const& list, std::string_view name) {
  auto const found = std::ranges::find(list, name, &Parameter::name);
  return found == list.end() ? nullptr : &found->type;
}

}  // namespace

std::string Titles::text_of(Texts const& texts) const {
  auto text = texts.find(language_ == Language::hebrew ? "he" : "en");
  if (text == texts.end()) text = texts.find("en");
  if (text == texts.end()) text = texts.begin();
  return text == texts.end() ? std::string{} : text->second;
}

template <class Named>
std::string Titles::find(std::vector<Named> Policy::*list, std::string const& name) const {
  auto const* found = find_named(policy_, list, name);
  auto title = found == nullptr ? std::string{} : text_of(found->title);
  return title.empty() ? find_term({}, name) : title;
}

std::string Titles::term_of(std::string const& name) const {
  auto const* term = find_named(policy_, &Policy::terms, name);
  return term == nullptr ? std::string{} : text_of(term->title);
}

std::string Titles::find_term(std::string const& owner, std::string const& word) const {
  auto text = owner.empty() ? std::string{} : term_of(owner + "." + word);
  if (text.empty()) text = term_of(word);
  return text.empty() ? word : text;
}

std::string Titles::of_need(std::string const& name) const {
  return find(&Policy::needs, name);
}
std::string Titles::of_action(std::string const& name) const {
  return find(&Policy::actions, name);
}
std::string Titles::of_role(std::string const& name) const {
  return find(&Policy::roles, name);
}
std::string Titles::of_answer(std::string const& name) const {
  return find(&Policy::answers, name);
}
std::string Titles::of_score(std::string const& name) const {
  return find(&Policy::scores, name);
}
std::string Titles::of_event(std::string const& name) const {
  return find(&Policy::events, name);
}
std::string Titles::of_condition(std::string const& text) const {
  if (auto const* fact = find_named(policy_, &Policy::facts, text)) return text_of(fact->title);
  auto const* define = find_named(policy_, &Policy::defines, text);
  return define == nullptr ? std::string{} : text_of(define->title);
}
std::string Titles::of_phrases(std::string const& name) const {
  return find(&Policy::phrases, name);
}
std::string Titles::of_script(std::string const& name) const {
  return find(&Policy::scripts, name);
}
std::string Titles::of_phase(std::string const& name) const {
  return find_term("phase", name);
}
std::string Titles::of_department(std::string const& name) const {
  return find_term("internal", name);
}
std::string Titles::of_part(std::string const& owner, std::string const& name) const {
  return find_term(owner, name);
}
std::string Titles::of_value(std::string const& owner, std::string const& value) const {
  return find_term(owner, value);
}
std::string Titles::of_text(std::string const& answer, std::string const& text) const {
  auto const term = term_of(answer + "." + text);
  return term.empty() ? text : term;
}

Owner Titles::answer(std::string const& name) const {
  auto const* found = find_named(policy_, &Policy::answers, name);
  return {name, found == nullptr ? nullptr : &found->type};
}
Owner Titles::fact(std::string const& name) const {
  auto const* found = find_named(policy_, &Policy::facts, name);
  return {name, found == nullptr ? nullptr : &found->type};
}
Owner Titles::read(std::string const& name) const {
  if (auto const* define = find_named(policy_, &Policy::defines, name))
    return {name, define->value ? &define->value->type : nullptr};
  auto const found = fact(name);
  return found.type == nullptr ? answer(name) : found;
}
Owner Titles::taken(std::string const& action, std::string const& name) const {
  auto const* found = find_named(policy_, &Policy::actions, action);
  return {action + "." + name, found == nullptr ? nullptr : type_of(found->takes, name)};
}
Owner Titles::field(std::string const& event, std::string const& name) const {
  auto const* found = find_named(policy_, &Policy::events, event);
  return {event + "." + name, found == nullptr ? nullptr : type_of(found->fields, name)};
}

Calendar const* Titles::find_calendar(std::string const& name) const {
  if (policy_ == nullptr) return nullptr;
  for (auto const& calendar : policy_->calendars)
    if (calendar->name == name) return calendar.get();
  return nullptr;
}

std::string Titles::of_calendar(std::string const& name) const {
  auto const* calendar = find_calendar(name);
  auto title = calendar == nullptr ? std::string{} : text_of(calendar->title);
  return title.empty() ? name : title;
}

std::string Titles::of_closed_day(std::string const& name, Date day) const {
  auto const* calendar = find_calendar(name);
  if (calendar == nullptr) return {};
  auto const closed = std::ranges::lower_bound(calendar->closed, day, {}, &Calendar::Closed::day);
  auto const is_there = closed != calendar->closed.end() && closed->day == day;
  return is_there ? text_of(closed->title) : std::string{};
}

}  // namespace heed::run
