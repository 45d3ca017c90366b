#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/author/sheet.hpp"

/// What the names of all files mean, and where each is used.
namespace heed::author {

/// A place that names a known thing.
struct Use {
  FileId file{};
  Span span;
  Deed deed = Deed::reads;
  bool quoted = false;
  std::uint32_t declaration = 0;  // of the file's document: the one that it stands in
};

/// A thing that is declared somewhere.
struct Known {
  Space space = Space::shared;
  std::string name;  // within its space
  Kind kind = Kind::fact;
  std::vector<Use> declared;            // at least one, by file and place
  std::vector<Use> used;                // by file and place
  ast::TypeName const* type = nullptr;  // as written; null where it has none
  ast::ExpressionPtr value;             // of a define or parameter
  std::string typed_as;                 // has the type of this one: `answer … as severity`
};

/// A use, from the side of the file that it stands in.
struct Spot {
  Span span;
  std::uint32_t known = 0;  // index into Index::known
  Deed deed = Deed::reads;
};

struct Index {
  std::vector<Known> known;
  std::unordered_map<std::string, std::uint32_t> ids;    // the key: space, then name
  std::unordered_map<std::string, std::uint32_t> words;  // values and members by their last part
  std::vector<std::vector<Spot>> spots;                  // by file, in source order
  std::vector<std::vector<std::string>> lists;           // by file: the list of each scope, in full
  std::vector<std::string> languages;                    // that the policy names
  std::unordered_map<std::string, ast::Texts const*> terms;  // by name; as first written
};

Index make_index(std::vector<std::shared_ptr<Sheet const>> const& sheets);

Known const* find_known(Index const& index, Space space, std::string_view name);
/// What the mention means; null where nothing of the name is declared. `part` is set to the piece
/// of the mention's span that names it: behind the dot of `refund.amount`.
Known const* resolve(Index const& index, Sheet const& sheet, Mention const& mention, Span& part);

/// What is named at the position, also directly behind it; null where there is nothing.
Spot const* find_spot(Manuscript const& manuscript, Position at);

/// The type that is written somewhere for the thing, and the name of what has it there: other facts
/// are followed, and what defines are made of. Null where there is none.
struct Written {
  ast::TypeName const* type = nullptr;
  std::string owner;
};
Written find_type(Index const& index, Known const& known);
/// The same for a name as it stands in a scope of the sheet.
Written find_type(Index const& index, Sheet const& sheet, std::string const& name,
                  std::uint32_t scope);

/// The declaration that a use stands in.
inline ast::Declaration const& declaration_of(Manuscript const& manuscript, Use const& use) {
  return manuscript.sheets[static_cast<std::size_t>(use.file)]
      ->document.declarations[use.declaration];
}

/// A name's last part, or the value: as it is written at a use.
std::string_view last_part(Known const& known);

}  // namespace heed::author
