#pragma once
#include <string>
#include <string_view>

/// Texts of others on their way to a terminal, which obeys control characters.
namespace heed {

/// Whether there are control characters in a text: those of ASCII, and U+0080 to U+009F.
bool has_controls(std::string_view text);

/// What becomes of line feeds and tabulators.
enum class LineFeeds { show, keep };

/// The text with its control characters as JSON escapes them: `\n`, `\u001b`.
std::string visible(std::string_view text, LineFeeds line_feeds = LineFeeds::show);

}  // namespace heed
