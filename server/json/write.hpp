#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/advisor.hpp"

/// JSON text, appended to a string that the caller may reuse.
namespace heed::json {

/// A text with its quotes. Only what must be escaped is; `text` is valid UTF-8.
void append_text(std::string& out, std::string_view text);

/// `null` where there is none.
void append_text_or_null(std::string& out, std::optional<std::string> const& text);

/// `null` where it is empty.
void append_or_null(std::string& out, std::string_view text);

/// `["a","b"]`.
void append_list(std::string& out, std::vector<std::string> const& texts);

/// `{"en":"…","he":"…"}`.
void append_texts(std::string& out, Texts const& texts);

/// An object of members whose values are JSON texts already, in the order given.
void append_members(std::string& out,
                    std::vector<std::pair<std::string_view, std::string>> const& members);

/// `null`, or the value as a decision shows it; money as {"amount":"120.00","currency":"ILS"}.
void append_shown(std::string& out, Shown const& shown);

/// Appends `[`, each item with commas between them as `append(item)` writes it, and `]`.
template <class Items, class Append>
void append_each(std::string& out, Items const& items, Append append) {
  out += '[';
  bool is_first = true;
  for (auto const& item : items) {
    if (!is_first) out += ',';
    is_first = false;
    append(item);
  }
  out += ']';
}

}  // namespace heed::json
