#include "engine/plain_words.hpp"

#include "engine/compare/points.hpp"
#include "engine/run/page.hpp"
#include "engine/run/words_of_counting.hpp"
#include "engine/run/words_of_values.hpp"

namespace heed {

std::string PlainWords::need(std::string const& name) const {
  return run::Titles{policy_, language_}.of_need(name);
}

std::string PlainWords::action(std::string const& name) const {
  return run::Titles{policy_, language_}.of_action(name);
}

std::string PlainWords::role(std::string const& name) const {
  return run::Titles{policy_, language_}.of_role(name);
}

std::string PlainWords::answer(std::string const& name) const {
  return run::Titles{policy_, language_}.of_answer(name);
}

std::string PlainWords::score(std::string const& name) const {
  return run::Titles{policy_, language_}.of_score(name);
}

std::string PlainWords::event(std::string const& name) const {
  return run::Titles{policy_, language_}.of_event(name);
}

std::string PlainWords::text(Texts const& texts) const {
  return run::Titles{policy_, language_}.text_of(texts);
}

std::string PlainWords::value(Shown const& value) const {
  return run::words_of(value, language_);
}

std::string PlainWords::department(std::string const& name) const {
  return run::Titles{policy_, language_}.of_department(name);
}

std::string PlainWords::phase(std::string const& name) const {
  return run::Titles{policy_, language_}.of_phase(name);
}

std::string PlainWords::part(std::string const& of, std::string const& name) const {
  return run::Titles{policy_, language_}.of_part(of, name);
}

std::string PlainWords::phrases(std::string const& name) const {
  return run::Titles{policy_, language_}.of_phrases(name);
}

std::string PlainWords::condition(std::string const& text) const {
  return run::Titles{policy_, language_}.of_condition(text);
}

std::string PlainWords::fact_value(std::string const& fact, Shown const& value) const {
  run::Titles const titles{policy_, language_};
  return run::words_of(value, titles.read(fact), titles);
}

std::string PlainWords::answer_value(std::string const& answer, Shown const& value) const {
  run::Titles const titles{policy_, language_};
  return run::words_of(value, titles.answer(answer), titles);
}

std::string PlainWords::taken(std::string const& action, std::string const& name,
                              Shown const& value) const {
  run::Titles const titles{policy_, language_};
  return run::words_of(value, titles.taken(action, name), titles);
}

std::string PlainWords::field(std::string const& event, std::string const& name,
                              Shown const& value) const {
  run::Titles const titles{policy_, language_};
  return run::words_of(value, titles.field(event, name), titles);
}

std::string PlainWords::limit(std::string const& limit) const {
  return run::words_of_limit(limit, language_);
}

std::string PlainWords::time(Instant at) const {
  return run::words_of(at, policy_->zone, language_);
}

std::string PlainWords::counted(Counted const& counted) const {
  return run::words_of(counted, run::Page{language_}, run::Titles{policy_, language_},
                       policy_->zone);
}

std::string PlainWords::point(std::string const& point) const {
  return comparing::title_of(point, language_, policy_);
}

std::string PlainWords::state(NeedState state, int severity) const {
  auto const at =
      either(", severity ", ", חומרה ") + std::to_string(severity) + either(" of 5", " מתוך 5");
  switch (state) {
    case NeedState::met:
      return either("not hurt", "ללא פגיעה");
    case NeedState::threatened:
      return either("threatened", "סיכון לפגיעה") + at;
    case NeedState::violated:
      return either("violated", "פגיעה") + at;
  }
  return {};
}

}  // namespace heed
