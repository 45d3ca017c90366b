#pragma once
#include <map>
#include <utility>
#include <vector>

#include "engine/compare/comparison.hpp"

/// Telling the changes of many cases as a few.
namespace heed::comparing {

/// Counts what changes. Changes of one point whose words differ in single words alone, such as
/// amounts, are told apart up to a few; beyond, they are one, with `…` where they differ.
class Merging {
 public:
  /// False where there are too many kinds of changes to tell this one too.
  bool add(PointChange change);
  /// The most frequent first; of as many, by point and words.
  std::vector<PointChange> take() &&;

 private:
  struct Kind {
    std::vector<PointChange> changes;
    bool is_merged = false;  // then there is one
  };
  /// A point, and of how many words each of its texts is.
  using Shape = std::pair<std::string, std::vector<std::size_t>>;

  std::map<Shape, Kind> kinds_;
};

}  // namespace heed::comparing
