#pragma once
#include <string>

#include "tests/support/random_vocabulary.hpp"

/// Random expressions over a vocabulary, as text.
namespace heed::support {

/// A value of the type that stands for itself: `200 ILS`, `gold`, `4 hours`.
std::string random_literal(Chance& chance, TypeText const& type);

struct Writer {
  struct Inside {
    ListName const* list = nullptr;
    std::string item;  // what it is called
  };
  Chance& chance;
  Vocabulary const& names;
  int level;                        // reads only targets below it
  std::vector<Inside> inside = {};  // the brackets around, innermost last
};

/// A condition; in brackets where it is more than one comparison.
std::string random_condition(Writer& writer, int depth);
/// A value of the type: a literal, a name or an expression in brackets.
std::string random_value(Writer& writer, TypeText const& type, int depth);
/// `4 working hours`, with its calendar's name where it needs one; there must be a calendar.
std::string random_working_time(Writer& writer);
/// A duration where nothing compares it: plain, or working time.
std::string random_span(Writer& writer);
/// A condition every reading of which is upward, over needs of this level and below.
std::string random_upward_condition(Writer& writer, int depth);

/// Whether a value of the first type may stand where one of the second is expected.
bool fits(TypeText const& given, TypeText const& wanted);

}  // namespace heed::support
