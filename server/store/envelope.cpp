#include "server/store/envelope.hpp"

#include <array>
#include <charconv>
#include <cstring>

#include "engine/base/hex.hpp"
#include "server/proof/tree.hpp"

namespace heed::store {
namespace {

constexpr std::uint64_t each_byte(unsigned char byte) {
  return 0x0101010101010101u * byte;
}

// Not 0 where one of eight bytes is zero.
constexpr std::uint64_t zeros_of(std::uint64_t bytes) {
  return (bytes - each_byte(1)) & ~bytes & each_byte(0x80);
}

bool is_plain(char letter) {
  return static_cast<unsigned char>(letter) >= 0x20 && letter != '"' && letter != '\\';
}

// Of eight letters.
bool are_plain(char const* letters) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, letters, sizeof bytes);
  std::uint64_t const controls = (bytes - each_byte(0x20)) & ~bytes & each_byte(0x80);
  return (controls | zeros_of(bytes ^ each_byte('"')) | zeros_of(bytes ^ each_byte('\\'))) == 0;
}

// How many letters come before the first one that is escaped.
std::size_t count_plain(std::string_view text) {
  std::size_t count = 0;
  while (count + 8 <= text.size() && are_plain(text.data() + count)) count += 8;
  while (count < text.size() && is_plain(text[count])) ++count;
  return count;
}

void append_name(std::string& out, std::string_view name) {
  out += ",\"";
  out += name;
  out += "\":";
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
  append_name(out, name);
  append_json_string(out, text);
}

void append_number(std::string& out, std::int64_t number) {
  std::array<char, 20> digits{};
  auto const end = std::to_chars(digits.begin(), digits.end(), number).ptr;
  out.append(digits.begin(), end);
}

// A member whose text is the bytes' digits.
void append_hash(std::string& out, std::string_view name, std::string_view bytes) {
  append_name(out, name);
  out += '"';
  std::size_t const size = out.size();
  out.resize(size + 2 * bytes.size());
  char* at = out.data() + size;
  for (char const byte : bytes) at = write_hex(at, static_cast<unsigned char>(byte));
  out += '"';
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  constexpr std::string_view escaped = "\b\t\n\f\r\"\\";
  constexpr std::string_view letters = "btnfr\"\\";
  out += '"';
  while (true) {
    std::size_t const plain = count_plain(text);
    out.append(text, 0, plain);
    if (plain == text.size()) break;
    auto const place = escaped.find(text[plain]);
    if (place == std::string_view::npos) {
      append_hex(out += "\\u00", static_cast<unsigned char>(text[plain]));
    } else {
      out += '\\';
      out += letters[place];
    }
    text.remove_prefix(plain + 1);
  }
  out += '"';
}

std::string compose_envelope(RecordColumns const& record) {
  std::string out;
  out.reserve(1024 + record.marks.size());
  bool const is_sealable = record.format >= envelope_format;
  append_number(out += "{\"at\":\"", record.at_us);
  out += '"';
  if (is_sealable) append_member(out, "by", record.by);
  append_hash(out, "case", as_bytes(record.case_digest));
  append_hash(out, "decision", as_bytes(record.decision_digest));
  append_member(out, "engine", record.engine);
  append_number(out += ",\"format\":", record.format);
  append_member(out, "id", record.id);
  append_member(out, "key", record.key);
  append_member(out, "kind", record.kind);
  append_member(out, "marks", record.marks);
  if (record.format == chained_format) append_hash(out, "previous", record.previous);
  append_number(out += ",\"recorded_at\":\"", record.recorded_at_us);
  append_hash(out += '"', "request", record.request);
  append_member(out, "revision", record.revision);
  if (is_sealable) {
    auto const& sealed = record.sealed_digest;
    append_hash(out, "sealed", sealed ? as_bytes(*sealed) : std::string_view{});
  }
  append_number(out += ",\"sequence\":", record.sequence);
  append_member(out, "subject", record.subject);
  if (is_sealable) append_member(out, "trace", record.trace);
  out += '}';
  return out;
}

Digest leaf_of(RecordColumns const& record) {
  return proof::hash_leaf(compose_envelope(record));
}

Digest hash_record(RecordColumns const& record) {
  return record.format == chained_format ? sha256(compose_envelope(record)) : leaf_of(record);
}

Digest genesis_hash(std::string_view store_id) {
  std::string text = R"({"format":1,"genesis":"heed decision log")";
  append_member(text, "store", store_id);
  return sha256(text + '}');
}

}  // namespace heed::store
