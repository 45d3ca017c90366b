#include "server/json/document.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "engine/base/limits.hpp"

namespace heed::json {
namespace {

// Reads bytes and tells how far the parser is: its events do not say where they happened.
class Reader {
 public:
  using difference_type = std::ptrdiff_t;
  using value_type = char;
  using pointer = char const*;
  using reference = char const&;
  using iterator_category = std::input_iterator_tag;

  Reader(char const* at, char const** furthest) : at_{at}, furthest_{furthest} {}
  reference operator*() const { return *at_; }
  Reader& operator++() {
    *furthest_ = ++at_;
    return *this;
  }
  bool operator==(Reader const& other) const { return at_ == other.at_; }
  bool operator!=(Reader const& other) const { return at_ != other.at_; }

 private:
  char const* at_;
  char const** furthest_;
};

// How the parser names what it expected, and how we do; empty for anything else, which is then a
// piece of the user's text.
std::string_view in_our_words(std::string_view expected) {
  constexpr std::pair<std::string_view, std::string_view> words[] = {
      {"string literal", "a text in double quotes"},
      {"object key", "a text in double quotes"},
      {"end of input", "the end of the document"},
      {"'[', '{', or a literal", "a value"},
      {"']'", "']'"},
      {"'}'", "'}'"},
      {"':'", "':'"},
  };
  for (auto const& [theirs, ours] : words) {
    if (theirs == expected) return ours;
  }
  return {};
}

// Takes apart `… while parsing value - unexpected '}'; expected '[', '{', or a literal`. The part
// `last read: '…'` holds the user's text, so its end is sought from the right.
void take_message(std::string_view what, DocumentError& error) {
  constexpr std::string_view dash = " - ", last_read = "; last read: '", expected = "; expected ";
  if (auto const at = what.find(dash); at != what.npos) what.remove_prefix(at + dash.size());
  if (auto const at = what.find(last_read); at != what.npos) {
    auto const end = what.rfind("'; expected ");
    if (end != what.npos && end > at) error.expected = in_our_words(what.substr(end + 12));
    what = what.substr(0, at);
    if (error.expected.empty() && what == "invalid literal") error.expected = "a value";
  } else if (auto const wanted = what.rfind(expected); wanted != what.npos) {
    error.expected = in_our_words(what.substr(wanted + expected.size()));
    what = what.substr(0, wanted);
  }
  error.message = "not JSON: " + std::string{what};
}

// Builds the tree from the parser's events. Nodes that are open stay where they are: a vector
// grows only while its own last element is closed.
class Builder {
 public:
  explicit Builder(std::string_view text) : text_{text}, furthest_{text.data()} {}

  bool null() { return add(Node::Form::null) != nullptr; }
  bool boolean(bool value) {
    add(Node::Form::truth)->truth = value;
    return true;
  }
  bool number_integer(std::int64_t value) {
    add(Node::Form::number)->text = std::to_string(value);
    return true;
  }
  bool number_unsigned(std::uint64_t value) {
    add(Node::Form::number)->text = std::to_string(value);
    return true;
  }
  bool number_float(double, std::string const& text) {
    add(Node::Form::number)->text = text;
    return true;
  }
  bool string(std::string& value) {
    add(Node::Form::text)->text = std::move(value);
    return true;
  }
  bool binary(std::vector<std::uint8_t>&) { return false; }
  bool start_object(std::size_t) { return open(Node::Form::object); }
  bool start_array(std::size_t) { return open(Node::Form::list); }
  bool end_array() {
    open_.pop_back();
    return true;
  }
  bool key(std::string& name) {
    name_ = std::move(name);
    name_end_ = static_cast<std::uint32_t>(furthest_ - text_.data());
    return true;
  }
  bool end_object();
  bool parse_error(std::size_t position, std::string const&, nlohmann::detail::exception const& e);

  char const** furthest() { return &furthest_; }
  Node&& take() { return std::move(root_); }
  DocumentError const& error() const { return error_; }

 private:
  Node* add(Node::Form form);
  bool open(Node::Form form);
  bool refuse_twice(Node const& member);
  LineColumn place_of(std::size_t offset) const {
    return find_line_column(text_, static_cast<std::uint32_t>(std::min(offset, text_.size())));
  }

  std::string_view text_;  // lives as long as the call that parses it
  char const* furthest_;
  Node root_;
  std::vector<Node*> open_;
  std::string name_;
  std::uint32_t name_end_ = 0;
  DocumentError error_;
};

Node* Builder::add(Node::Form form) {
  Node* node = &root_;
  if (!open_.empty()) node = &open_.back()->items.emplace_back();
  node->form = form;
  if (!open_.empty() && open_.back()->form == Node::Form::object) {
    node->name = std::move(name_);
    node->name_end = name_end_;
  }
  return node;
}

bool Builder::open(Node::Form form) {
  if (open_.size() >= limits::json_depth_max) {
    error_ = {"json.depth",
              "nested more than " + std::to_string(limits::json_depth_max) + " levels deep",
              {},
              {},
              place_of(static_cast<std::size_t>(furthest_ - text_.data()) - 1)};
    return false;
  }
  open_.push_back(add(form));
  return true;
}

bool Builder::refuse_twice(Node const& member) {
  error_.code = "json.duplicate-member";
  for (std::size_t i = 0; i < open_.size(); ++i) {
    if (i > 0 && open_[i - 1]->form == Node::Form::list) {
      append_token(error_.pointer, open_[i - 1]->items.size() - 1);
    } else if (i > 0) {
      append_token(error_.pointer, open_[i]->name);
    }
  }
  append_token(error_.pointer, member.name);
  error_.message = "the member `" + member.name + "` stands twice in one object";
  error_.where = place_of(member.name_end - 1);
  return false;
}

// A few members are compared each with each; many are sorted first.
bool Builder::end_object() {
  auto const& members = open_.back()->items;
  if (members.size() <= 16) {
    for (std::size_t i = 1; i < members.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (members[i].name == members[j].name) return refuse_twice(members[i]);
      }
    }
  } else {
    std::vector<Node const*> sorted(members.size());
    std::transform(members.begin(), members.end(), sorted.begin(), [](auto& m) { return &m; });
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](auto* left, auto* right) { return left->name < right->name; });
    for (std::size_t i = 1; i < sorted.size(); ++i) {
      if (sorted[i]->name == sorted[i - 1]->name) return refuse_twice(*sorted[i]);
    }
  }
  open_.pop_back();
  return true;
}

bool Builder::parse_error(std::size_t position, std::string const&,
                          nlohmann::detail::exception const& e) {
  std::string_view const what = e.what();
  error_.where = place_of(position == 0 ? 0 : position - 1);
  if (e.id == 406) {
    error_.code = "json.number";
    error_.message = "a number is out of range";
    return false;
  }
  take_message(what, error_);
  error_.code = "json.syntax";
  if (what.find("ill-formed UTF-8") != what.npos) {
    error_.code = "json.utf8";
    error_.message = "not JSON: the text is not UTF-8";
  } else if (error_.expected == "the end of the document") {
    error_.code = "json.trailing";
    error_.message = "not one JSON document: something follows it";
  }
  return false;
}

}  // namespace

Expected<Node, DocumentError> read_document(std::string_view text, std::size_t bytes_max) {
  if (text.size() > bytes_max) {
    return Failure<DocumentError>{{"json.size",
                                   "the text has " + std::to_string(text.size()) +
                                       " bytes, at most " + std::to_string(bytes_max) +
                                       " are taken",
                                   {},
                                   {},
                                   {}}};
  }
  Builder builder{text};
  Reader const begin{text.data(), builder.furthest()};
  Reader const end{text.data() + text.size(), builder.furthest()};
  try {
    if (nlohmann::json::sax_parse(begin, end, &builder)) return builder.take();
  } catch (nlohmann::json::exception const&) {
    return Failure<DocumentError>{{"json.syntax", "not JSON", {}, {}, {}}};
  }
  return Failure<DocumentError>{builder.error()};
}

Node const* find_member(Node const& node, std::string_view name) {
  if (node.form != Node::Form::object) return nullptr;
  for (auto const& item : node.items) {
    if (item.name == name) return &item;
  }
  return nullptr;
}

void append_token(std::string& pointer, std::string_view token) {
  pointer += '/';
  for (char const letter : token) {
    if (letter == '~') {
      pointer += "~0";
    } else if (letter == '/') {
      pointer += "~1";
    } else {
      pointer += letter;
    }
  }
}

void append_token(std::string& pointer, std::size_t index) {
  pointer += '/';
  pointer += std::to_string(index);
}

namespace {

// `~2` and a `~` at the end are no escapes: such a pointer leads nowhere.
bool unescape(std::string_view token, std::string& name) {
  name.clear();
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] != '~') {
      name += token[i];
    } else if (++i < token.size() && (token[i] == '0' || token[i] == '1')) {
      name += token[i] == '0' ? '~' : '/';
    } else {
      return false;
    }
  }
  return true;
}

Node const* find_item(Node const& list, std::string_view token) {
  auto const index = index_of(token);
  return index && *index < list.items.size() ? &list.items[*index] : nullptr;
}

}  // namespace

bool take_token(std::string_view& pointer, std::string& token) {
  if (pointer[0] != '/') return false;
  pointer.remove_prefix(1);
  auto const escaped = pointer.substr(0, pointer.find('/'));
  pointer.remove_prefix(escaped.size());
  return unescape(escaped, token);
}

std::optional<std::size_t> index_of(std::string_view token) {
  if (token.empty() || (token.size() > 1 && token[0] == '0')) return std::nullopt;
  std::size_t index = 0;
  auto const [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  if (error != std::errc{} || end != token.data() + token.size()) return std::nullopt;
  return index;
}

Node const* follow(Node const& node, std::string_view pointer) {
  Node const* at = &node;
  std::string token;
  while (at != nullptr && !pointer.empty()) {
    if (!take_token(pointer, token)) return nullptr;
    at = at->form == Node::Form::list ? find_item(*at, token) : find_member(*at, token);
  }
  return at;
}

}  // namespace heed::json
