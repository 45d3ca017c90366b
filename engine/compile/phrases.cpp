#include "engine/compile/phrases.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/compile/folding.hpp"

namespace heed {
namespace {

/// One phrase or exception, folded.
struct Pattern {
  PhrasesId phrases{};
  std::uint32_t phrase = 0;
  bool is_exception = false;
  bool takes_prefix = false;
  std::size_t length = 0;
};

/// A state of the Aho-Corasick machine: the letters read so far that some phrase begins with.
struct State {
  std::vector<std::pair<char32_t, std::uint32_t>> next;  // by letter
  std::uint32_t shorter = 0;            // the state of the longest proper ending of these letters
  std::uint32_t reported = 0;           // the nearest such state at which a pattern ends; 0: none
  std::vector<std::uint32_t> patterns;  // that end here
};

constexpr std::uint32_t no_state = 0xFFFFFFFF;

std::u32string trim(std::u32string letters) {
  while (!letters.empty() && letters.back() == U' ') letters.pop_back();
  while (!letters.empty() && letters.front() == U' ') letters.erase(letters.begin());
  return letters;
}

std::uint32_t find_next(State const& state, char32_t letter) {
  auto const found =
      std::ranges::lower_bound(state.next, letter, {}, &std::pair<char32_t, std::uint32_t>::first);
  return found != state.next.end() && found->first == letter ? found->second : no_state;
}

}  // namespace

struct PhraseMatcher::Machine {
  std::vector<Pattern> patterns;
  std::vector<State> states{1};

  void add(PhrasesId phrases, std::uint32_t phrase, bool is_exception, std::string_view text) {
    auto const letters = trim(compiling::fold(text).letters);
    if (letters.empty()) return;
    std::uint32_t state = 0;
    for (auto const letter : letters) {
      auto next = find_next(states[state], letter);
      if (next == no_state) {
        next = static_cast<std::uint32_t>(states.size());
        auto& edges = states[state].next;
        edges.insert(std::ranges::lower_bound(edges, std::pair{letter, 0U}), {letter, next});
        states.emplace_back();
      }
      state = next;
    }
    states[state].patterns.push_back(static_cast<std::uint32_t>(patterns.size()));
    patterns.push_back({phrases, phrase, is_exception, compiling::is_hebrew_letter(letters.front()),
                        letters.size()});
  }

  std::uint32_t step(std::uint32_t state, char32_t letter) const {
    for (;;) {
      auto const next = find_next(states[state], letter);
      if (next != no_state) return next;
      if (state == 0) return 0;
      state = states[state].shorter;
    }
  }

  void link() {
    std::vector<std::uint32_t> queue{0};
    for (std::size_t at = 0; at < queue.size(); ++at) {
      auto const state = queue[at];
      for (auto const& [letter, next] : states[state].next) {
        auto const shorter = state == 0 ? 0 : step(states[state].shorter, letter);
        states[next].shorter = shorter;
        states[next].reported =
            states[shorter].patterns.empty() ? states[shorter].reported : shorter;
        queue.push_back(next);
      }
    }
  }
};

PhraseMatcher::PhraseMatcher(std::vector<Phrases> const& phrases) {
  auto machine = std::make_unique<Machine>();
  for (std::size_t at = 0; at < phrases.size(); ++at) {
    auto const id = PhrasesId(static_cast<std::uint32_t>(at));
    for (std::uint32_t phrase = 0; phrase < phrases[at].phrases.size(); ++phrase)
      machine->add(id, phrase, false, phrases[at].phrases[phrase].text);
    for (std::uint32_t phrase = 0; phrase < phrases[at].exceptions.size(); ++phrase)
      machine->add(id, phrase, true, phrases[at].exceptions[phrase].text);
  }
  machine->link();
  machine_ = std::move(machine);
}

PhraseMatcher::~PhraseMatcher() = default;

namespace {

/// True where a pattern that ends before `end` stands as whole words, a Hebrew prefix apart.
bool stands_alone(Pattern const& pattern, std::u32string_view letters, std::size_t end) {
  auto const begin = end - pattern.length;
  if (compiling::is_within_word(letters, end)) return false;
  if (!compiling::is_within_word(letters, begin)) return true;
  return pattern.takes_prefix && compiling::is_hebrew_prefix(letters[begin - 1]) &&
         !compiling::is_within_word(letters, begin - 1);
}

struct Occurrence {
  PhraseMatcher::Found found;
  bool is_exception = false;
};

/// Takes out what an exception of the same phrases covers, and the exceptions themselves.
/// `occurrences` are sorted by phrases, begin and end backwards: so what covers comes before.
std::vector<PhraseMatcher::Found> drop_covered(std::vector<Occurrence>& occurrences) {
  std::ranges::sort(occurrences, {}, [](Occurrence const& one) {
    return std::tuple{one.found.phrases, one.found.begin, ~one.found.end, !one.is_exception};
  });
  std::vector<PhraseMatcher::Found> kept;
  std::uint32_t covered_to = 0;
  for (std::size_t at = 0; at < occurrences.size(); ++at) {
    auto const& [found, is_exception] = occurrences[at];
    if (at == 0 || occurrences[at - 1].found.phrases != found.phrases) covered_to = 0;
    if (is_exception)
      covered_to = std::max(covered_to, found.end);
    else if (found.end > covered_to)
      kept.push_back(found);
  }
  std::ranges::sort(kept, {}, [](PhraseMatcher::Found const& one) {
    return std::tuple{one.phrases, one.begin, one.end, one.phrase};
  });
  return kept;
}

}  // namespace

std::vector<PhraseMatcher::Found> PhraseMatcher::find(std::string_view text) const {
  if (machine_->patterns.empty()) return {};
  auto const folded = compiling::fold(text);
  std::vector<Occurrence> occurrences;
  std::uint32_t state = 0;
  for (std::size_t at = 0; at < folded.letters.size(); ++at) {
    state = machine_->step(state, folded.letters[at]);
    auto ending =
        machine_->states[state].patterns.empty() ? machine_->states[state].reported : state;
    for (; ending != 0; ending = machine_->states[ending].reported) {
      for (auto const number : machine_->states[ending].patterns) {
        auto const& pattern = machine_->patterns[number];
        if (!stands_alone(pattern, folded.letters, at + 1)) continue;
        occurrences.push_back({{pattern.phrases, pattern.phrase,
                                folded.begins[at + 1 - pattern.length], folded.ends[at]},
                               pattern.is_exception});
      }
    }
  }
  return drop_covered(occurrences);
}

}  // namespace heed
