#pragma once
#include <memory>
#include <string>

#include "engine/check/wording.hpp"

/// Values as the languages of people write them: Unicode CLDR through ICU.
namespace heed {

/// How one language writes. Immutable: any number of threads may share one.
class Speech {
 public:
  /// For a code of ISO 639; a language that CLDR does not know is written as its root is. Made when
  /// first asked for, and then the same as long as the program runs.
  static std::shared_ptr<Speech const> find(std::string const& language);

  ~Speech();
  Speech(Speech const&) = delete;
  Speech& operator=(Speech const&) = delete;

  /// `value` of a slot of `type`: `1,200.5`, `₪120.00`, `יומיים`, `November 22, 2026`, `a, b, and
  /// c`. Times are of `zone`. Texts and names of choices stand as they are, but for signs of
  /// control; where they run against the language's direction they are isolated (U+2068 … U+2069),
  /// so that the sentence around them keeps its order. Empty for none, a text of blanks, an empty
  /// set and the time since what never was: there is nothing to write.
  std::string write(Value const& value, Type const& type, Slot::Style style,
                    Zone const& zone) const;

  Plural plural_of(Number const& number) const;

 private:
  struct Tools;
  explicit Speech(std::string const& language);
  std::unique_ptr<Tools const> tools_;
};

}  // namespace heed
