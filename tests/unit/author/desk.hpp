#pragma once
#include <initializer_list>
#include <string>
#include <vector>

#include "engine/author/author.hpp"

/// What the tests of this room share: a policy of some files, in one of which stands a cursor.
namespace heed::author {

struct Desk {
  Manuscript manuscript;
  Position cursor;
};

/// Reads the texts as files a.heed, b.heed, …; the cursor is where a `^` stands, which is taken
/// out.
Desk read_desk(std::vector<std::string> texts);

/// A small shop, in English and Hebrew, for the tests to lean on.
std::string shop();

/// The text of a place.
std::string text_at(Manuscript const& manuscript, Place const& place);
std::vector<std::string> lines_of(Manuscript const& manuscript, std::vector<Place> const& places);
std::vector<std::string> labels(Completion const& completion);

/// The texts of all files, edited.
std::vector<std::string> edited(Manuscript const& manuscript, std::vector<Edit> edits);

}  // namespace heed::author
