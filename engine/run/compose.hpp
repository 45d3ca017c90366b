#pragma once
#include <variant>

#include "engine/run/frame.hpp"
#include "engine/run/lent.hpp"

/// What a decision says, put together from texts with slots. Texts are put together last, from a
/// settled frame: what they tell changes nothing else.
namespace heed::run {

/// The texts with the frame's values in their slots. A language in which a slot has nothing to say
/// (its value is unknown, none or empty, and it has no `otherwise`) is left out.
lent::Texts compose(Frame& frame, Wordings const& wordings);

/// What a slot comes to.
struct Filling {
  enum class Kind {
    unknown,  // its value is, or is still open
    empty,    // none, a text of blanks or an empty set
    value,    // written as the language writes it
    form      // one of its forms stands for the value
  };
  Kind kind = Kind::unknown;
  Value const* value = nullptr;   // known, but for `unknown`
  Wording const* text = nullptr;  // of the form, or the slot's `otherwise` where there is no value
};
Filling fill(Frame& frame, Slot const& slot, Speech const& speech);

/// Of a language in which some text has slots.
Speech const& speech_of(Frame const& frame, std::string const& language);

}  // namespace heed::run
