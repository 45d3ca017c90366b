#include "engine/run/frame.hpp"

#include <algorithm>
#include <tuple>

#include "engine/compile/phrases.hpp"

namespace heed::run {
namespace {

/// Scans the text of one fact for the phrases that `begin` to `end` of the mentions name.
void scan(Inputs& inputs, std::size_t begin, std::size_t end) {
  auto const& rules = inputs.rules;
  auto const fact = rules.mentions[begin].fact;
  auto const* value = inputs.facts[index(fact)];
  auto const* text = value == nullptr ? nullptr : std::get_if<std::string>(value);
  if (text == nullptr) return;
  for (auto const& found : rules.phrases->find(*text)) {
    auto const mention = std::ranges::lower_bound(
        rules.mentions.begin() + static_cast<std::ptrdiff_t>(begin),
        rules.mentions.begin() + static_cast<std::ptrdiff_t>(end), Mentioned{fact, found.phrases});
    if (mention == rules.mentions.end() || *mention != Mentioned{fact, found.phrases}) continue;
    inputs.mentioned[static_cast<std::size_t>(mention - rules.mentions.begin())] = true;
    auto const& phrases = rules.policy.phrases[index(found.phrases)];
    inputs.matches.push_back({rules.policy.facts[index(fact)].name, phrases.name,
                              phrases.phrases[found.phrase].text, found.begin, found.end});
  }
}

void look_facts_up(Inputs& inputs) {
  auto const& given = inputs.subject->facts;
  auto const count = std::min(given.size(), inputs.defaults.size());
  inputs.facts.resize(inputs.defaults.size());
  for (std::size_t at = 0; at < count; ++at) {
    auto const* otherwise = inputs.defaults[at];
    inputs.facts[at] = given[at] ? &*given[at] : otherwise;
  }
  std::copy(inputs.defaults.begin() + static_cast<std::ptrdiff_t>(count), inputs.defaults.end(),
            inputs.facts.begin() + static_cast<std::ptrdiff_t>(count));
}

void sort_matches(std::vector<heed::Match>& matches) {
  auto const order = [](heed::Match const& match) {
    return std::tie(match.fact, match.phrases, match.begin, match.phrase, match.end);
  };
  std::ranges::sort(matches, {}, order);
  auto const same = [&order](auto const& one, auto const& other) {
    return order(one) == order(other);
  };
  matches.erase(std::unique(matches.begin(), matches.end(), same), matches.end());
}

/// Gives each list of what is written its room.
void make_lists(Frame& frame) {
  auto const& rules = frame.inputs.rules;
  auto& writers = frame.writers;
  writers = make_writers<WritingList>(rules.policy);
  for_each_list(writers, [&frame](WritingList& list) { frame.lists.push_back(&list); });
  frame.first_doing = static_cast<std::uint32_t>(
      writers.of_needs.size() + writers.of_scores.size() + writers.of_answers.size());
  auto* room = frame.lists_room.take_many<Writing>(rules.writings.size());
  auto list = frame.lists.begin();
  for_each_list(rules.writers, [&](Writings const& all) {
    **list++ = {room, 0};
    room += all.size();
  });
}

}  // namespace

Inputs make_inputs(RuleSet const& rules, Case const& subject, Instant now, Others const& others) {
  Inputs inputs{rules, &subject, now, {}, now, Date{}, {}, {}, {}, {}, {}};
  for (auto const& fact : rules.policy.facts)
    inputs.defaults.push_back(fact.otherwise ? &*fact.otherwise : nullptr);
  refill(inputs, subject, now, others);
  return inputs;
}

void refill(Inputs& inputs, Case const& subject, Instant now, Others const& others) {
  auto const& rules = inputs.rules;
  auto const& policy = rules.policy;
  inputs.subject = &subject;
  look_facts_up(inputs);  // first: the case may still be on its way from memory
  inputs.now = now;
  inputs.today = policy.zone.date_of(now);
  std::get<Instant>(inputs.now_value) = now;
  std::get<Date>(inputs.today_value) = inputs.today;
  fill_past(inputs.past, rules, subject, now, others);
  inputs.matches.clear();
  inputs.mentioned.assign(rules.mentions.size(), false);
  for (std::size_t begin = 0; begin < rules.mentions.size();) {
    auto end = begin + 1;
    while (end < rules.mentions.size() && rules.mentions[end].fact == rules.mentions[begin].fact)
      ++end;
    scan(inputs, begin, end);
    begin = end;
  }
  sort_matches(inputs.matches);
}

Frame::Frame(Inputs const& given, Reading how)
    : inputs{given},
      reading{how},
      status(given.rules.policy.rules.size(), RuleStatus::did_not_fire),
      needs(given.rules.policy.needs.size()),
      defines(given.rules.policy.defines.size()),
      tables(given.rules.policy.tables.size()),
      scores(given.rules.policy.scores.size()),
      answers(given.rules.policy.answers.size()),
      done(given.rules.policy.actions.size()) {
  make_lists(*this);
}

void put_in_order(WritingList list) {
  auto const last = list.end() - 1;
  std::rotate(std::ranges::upper_bound(list.begin(), last, last->rule, {}, &Writing::rule), last,
              list.end());
}

void Frame::begin_again() {
  read_something_open = false;
  auto const& rules = inputs.rules;
  for (auto const rule : touched) {
    status[index(rule)] = RuleStatus::did_not_fire;
    for (auto const& write : rules.need_writes_of(rule)) needs[index(write.need)] = {};
  }
  touched.clear();
  active.clear();
  for (auto const list : written) *lists[list] = {lists[list]->data(), 0};
  written.clear();
  forget_computed();
  kept.clear();
  figures.clear();
  room.clear();
  owned.clear();
}

void Frame::forget_computed() {
  defines.forget();
  tables.forget();
  scores.forget();
  answers.forget();
  done.forget();
  if (!joined.empty()) joined.clear();
  if (!past.empty()) past.clear();
}

}  // namespace heed::run

namespace heed {

Case make_case(RuleSet const& rules) {
  Case subject;
  subject.facts.resize(rules.policy.facts.size());
  return subject;
}

}  // namespace heed
