#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// JSON as this program writes it, as a flat list of where its values stand: to be put in canonical
/// order (RFC 8785), looked through and changed in places, without a tree and without copies.
namespace heed::json {

/// Keeps its memory from text to text. What it answers lives until the next one, and as long as
/// the text.
class Spans {
 public:
  enum class Form : std::uint8_t { null, truth, number, text, list, object };
  /// A value. The document itself is `root`.
  using Place = std::uint32_t;
  static constexpr Place root = 0;
  static constexpr Place nowhere = 0xFFFFFFFFu;

  /// Takes JSON without blanks that escapes in texts no more than it must. False where it is
  /// another, nested beyond limits::json_depth_max, or has a member twice; there is nothing to be
  /// asked then. That it is UTF-8 is taken for granted.
  bool read(std::string_view json);

  Form form(Place place) const { return spans_[place].form; }
  /// Of a member, unescaped; empty of an item and of the document.
  std::string_view name(Place place) const { return spans_[place].name; }
  /// What a text says, unescaped; empty of anything else.
  std::string_view text(Place place);
  /// Of a list or an object, the members in canonical order.
  std::span<Place const> items(Place place) const;
  Place find(Place object, std::string_view name) const;

  /// What a JSON Pointer (RFC 6901) leads to.
  Place follow(std::string_view pointer) const;
  /// Appends the pointer to a value.
  void append_pointer(std::string& out, Place place) const;

  /// Puts canonical bytes in the place of a value, which is no longer to be asked for anything.
  void replace(Place place, std::string_view canonical);

  /// Appends the canonical bytes of a value.
  void append_canonical(std::string& out, Place place) const;

 private:
  struct Span {
    std::uint32_t begin = 0, end = 0;    // of the value
    std::uint32_t name_begin = 0;        // of its name with quotes; `begin` is behind the colon
    std::uint32_t first = 0, count = 0;  // of its items, in items_
    Place parent = nowhere;
    std::uint32_t other = 0;  // what replaces it: its number in others_, from 1
    Form form = Form::null;
    bool is_canonical = false;  // as it stands, with all in it
    std::string_view name;
  };
  /// What members are sorted by: the first bytes of the name, so that most need no more.
  struct Open {
    std::uint64_t key;
    Place place;
  };

  bool value(int depth);
  bool container(int depth);
  bool item(Place list, int depth);
  bool member(Place object, int depth);
  bool close(Place place, std::size_t from);
  bool is_sorted(std::size_t from) const;
  bool comes_before(Open const& left, Open const& right) const;
  std::string_view unescaped(std::string_view quoted);
  bool number(Span& span);
  bool skip_text();
  bool skip_word(std::string_view word);
  bool take(char letter);
  void append_items(std::string& out, Place place) const;
  bool at(char letter) const { return at_ < json_.size() && json_[at_] == letter; }

  std::string_view json_;
  std::size_t at_ = 0;
  std::vector<Span> spans_;
  std::vector<Place> items_;         // of each list and object, side by side
  std::vector<Open> open_;           // of all that are open, the innermost last
  std::deque<std::string> others_;   // what stands in the place of values
  std::deque<std::string> escaped_;  // texts that were escaped, without escapes
};

}  // namespace heed::json
