#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"
#include "engine/base/source.hpp"

/// Answers to what an author asks while writing: the one header that others read. Every answer is a
/// pure function of the policy's texts and a place in them; it is given for broken texts as well,
/// as far as they can be understood.
namespace heed::author {

struct Sheet;  // one file, read
struct Index;  // what the names of all files mean

/// The files of a policy as they are being written. Immutable; copies share everything.
struct Manuscript {
  std::vector<SourceText> sources;  // FileIds index them
  std::vector<std::shared_ptr<Sheet const>> sheets;
  std::shared_ptr<Index const> index;
};

/// Reads the files; what has the same name and text at the same index in `before` is not read
/// again.
Manuscript read(std::vector<SourceText> sources, Manuscript const& before = {});

/// Every finding about the policy, in source order: what `heed check` tells.
Diagnostics find_mistakes(Manuscript const& manuscript);

/// Before the byte `offset` of a file; beyond its end counts as its end.
struct Position {
  FileId file{};
  std::uint32_t offset = 0;
};

/// What a name stands for.
enum class Kind {
  policy,
  parameter,
  fact,
  need,
  role,
  phase,
  action,
  answer,
  score,
  define,
  phrases,
  script,
  event,
  source,
  table,
  rule,
  calendar,
  test,
  guarantee,
  term,
  department,  // of `internal to`
  field,       // of a list or an event, what an action takes, a result of a table
  value,       // of a `one of`
  keyword,
  text  // what is put in and means nothing of its own, such as an argument's pattern
};
std::string_view word_of(Kind kind);

struct Hover {
  Span span;             // of the name
  std::string markdown;  // what it is, its type, title and default, who reads and writes it
  std::string test;      // the name of the test that it declares; empty for anything else
};
std::optional<Hover> hover(Manuscript const& manuscript, Position at);

/// Where the name at the position is declared; twice where it is declared twice.
std::vector<Place> find_declarations(Manuscript const& manuscript, Position at);

enum class Declarations { with, without };
/// Every place that names the same thing, by file and place.
std::vector<Place> find_references(Manuscript const& manuscript, Position at, Declarations which);

/// A place to be written anew.
struct Edit {
  Place where;
  std::string text;
};
/// What can be renamed at the position: its span, and the name without quotes.
struct Renamable {
  Span span;
  std::string name;
};
std::optional<Renamable> find_renamable(Manuscript const& manuscript, Position at);
/// Edits that rename the thing everywhere, by file and place; quotes are put where the new name
/// needs them. Fails with rename.nothing, rename.bad-name, or rename.clash: the policy would have a
/// mistake that it has not now.
Expected<std::vector<Edit>, Error> rename(Manuscript const& manuscript, Position at,
                                          std::string_view name);

/// Something that may be written at a place.
struct Suggestion {
  std::string label;
  Kind kind = Kind::keyword;
  std::string detail;         // its type, or what kind of thing it is
  std::string documentation;  // markdown; may be empty
  std::string text;           // what is written; with `${1:…}` where the author goes on
  bool is_pattern = false;    // `text` has such places
};
struct Completion {
  Span replaced;  // the part of a word that is there already
  std::vector<Suggestion> suggestions;
};
/// What may stand at the position, the likeliest first; nothing within comments and texts (but
/// names between the braces of a text).
Completion complete(Manuscript const& manuscript, Position at);

struct Outlined {
  std::string name;
  std::string detail;  // its title, or its type
  Kind kind = Kind::rule;
  Span span;       // of the whole declaration
  Span name_span;  // within it
  std::vector<Outlined> parts;
};
/// The declarations of a file in source order.
std::vector<Outlined> outline(Manuscript const& manuscript, FileId file);

struct Found {
  std::string name;
  Kind kind = Kind::rule;
  Place where;
};
/// Declarations whose name has the letters of `query` in their order, all where it is empty.
std::vector<Found> find_symbols(Manuscript const& manuscript, std::string_view query);

struct Fold {
  Span span;
  bool is_comment = false;
};
/// What can be folded away: declarations of several lines and blocks of comments.
std::vector<Fold> find_folds(Manuscript const& manuscript, FileId file);

/// What a word is, for its colour.
struct Tint {
  enum class What {
    keyword,
    type,
    text,
    number,
    comment,
    sign,
    policy,
    fact,
    parameter,
    need,
    role,
    phase,
    action,
    answer,
    define,
    phrases,
    script,
    event,
    table,
    rule,
    calendar,
    field,
    value
  };
  Span span;  // within one line
  What what = What::keyword;
  bool is_declaration = false;
};
/// Every word of a file, by place.
std::vector<Tint> find_tints(Manuscript const& manuscript, FileId file);

struct Fix {
  std::string title;
  std::vector<Edit> edits;
  std::optional<std::size_t> diagnostic;  // index of what it mends; nothing where it only adds
  bool is_likeliest = false;
};
/// What mends those of `diagnostics` that touch the span, as far as it is known; and a title for a
/// declaration whose name it touches, where that has none.
std::vector<Fix> find_fixes(Manuscript const& manuscript, Diagnostics const& diagnostics,
                            Place where);

/// A line above a declaration: how many places name it, or the test that it is.
struct Lens {
  Span span;
  std::size_t references = 0;
  std::string test;  // empty where it declares no test
};
std::vector<Lens> find_lenses(Manuscript const& manuscript, FileId file);

}  // namespace heed::author
