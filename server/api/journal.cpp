#include "server/api/journal.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <memory>
#include <string>

#include "engine/base/expected.hpp"
#include "engine/base/hex.hpp"
#include "server/http/problem.hpp"

namespace heed::api {
namespace {

/// What spdlog's record has no room for; of the line that this thread is writing.
struct Said {
  std::string_view event;
  std::initializer_list<Field> fields;
};
thread_local Said const* said_now = nullptr;

using std::chrono::system_clock;

/// "2026-11-22T10:15:00.123Z"
std::string written(system_clock::time_point time) {
  auto const millis =
      std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
  std::time_t const seconds = millis / 1'000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", parts.tm_year + 1900,
                     parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                     millis % 1'000);
}

std::string_view name_of(spdlog::level::level_enum level) {
  if (level >= spdlog::level::err) return "error";
  if (level == spdlog::level::warn) return "warning";
  return level == spdlog::level::info ? "info" : "debug";
}

bool is_empty(Field const& field) {
  auto const* const text = std::get_if<std::string_view>(&field.value);
  return text != nullptr && text->empty();
}

void append_value(std::string& out, Field const& field) {
  std::visit(overloaded{[&](std::string_view text) { http::append_json(out, text); },
                        [&](std::int64_t number) { out += std::to_string(number); }},
             field.value);
}

bool is_control(char c) {
  auto const byte = static_cast<unsigned char>(c);
  return byte < 0x20u || byte == 0x7Fu;
}

/// A message as a person reads it: further lines are indented, so that none looks like another
/// event, and control characters are shown.
void append_message(std::string& out, std::string_view message) {
  for (char const c : message) {
    if (c == '\n') {
      out += "\n    ";
    } else if (is_control(c) && c != '\t') {
      append_hex(out += "\\x", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
}

/// Bare where it is a word, else as JSON has it.
void append_word(std::string& out, Field const& field) {
  auto const* const text = std::get_if<std::string_view>(&field.value);
  bool const is_word = text != nullptr && text->find_first_of(" \"=\\") == text->npos &&
                       std::ranges::none_of(*text, is_control);
  if (is_word) {
    out += *text;
  } else {
    append_value(out, field);
  }
}

class Lines final : public spdlog::formatter {
 public:
  explicit Lines(LogFormat format) : format_{format} {}

  void format(spdlog::details::log_msg const& message, spdlog::memory_buf_t& dest) override {
    Said const nothing{"note", {}};
    auto const& said = said_now != nullptr ? *said_now : nothing;
    std::string_view const words{message.payload.data(), message.payload.size()};
    std::string line;
    if (format_ == LogFormat::json)
      write_json(line, message, words, said);
    else
      write_text(line, message, words, said);
    dest.append(line.data(), line.data() + line.size());
  }

  std::unique_ptr<formatter> clone() const override { return std::make_unique<Lines>(format_); }

 private:
  static void write_json(std::string& line, spdlog::details::log_msg const& message,
                         std::string_view words, Said const& said) {
    line += R"({"time":")" + written(message.time) + R"(","level":")";
    line += name_of(message.level);
    line += R"(","event":)";
    http::append_json(line, said.event);
    line += R"(,"message":)";
    http::append_json(line, words);
    for (auto const& field : said.fields) {
      if (is_empty(field)) continue;
      line += ',';
      http::append_json(line, field.name);
      line += ':';
      append_value(line, field);
    }
    line += "}\n";
  }

  static void write_text(std::string& line, spdlog::details::log_msg const& message,
                         std::string_view words, Said const& said) {
    line += written(message.time) + ' ';
    (line += name_of(message.level)) += ' ';
    (line += said.event) += ": ";
    append_message(line, words);
    for (auto const& field : said.fields) {
      if (is_empty(field)) continue;
      ((line += ' ') += field.name) += '=';
      append_word(line, field);
    }
    line += '\n';
  }

  LogFormat format_;
};

spdlog::level::level_enum level_of(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warning:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

}  // namespace

void set_up_journal(LogFormat format, Level level) {
  auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  auto logger = std::make_shared<spdlog::logger>("heed", std::move(sink));
  logger->set_formatter(std::make_unique<Lines>(format));
  logger->set_level(level_of(level));
  spdlog::set_default_logger(std::move(logger));
}

bool is_told(Level level) {
  return spdlog::default_logger_raw()->should_log(level_of(level));
}

void say(Level level, std::string_view event, std::string_view message,
         std::initializer_list<Field> fields) {
  Said const said{event, fields};
  said_now = &said;
  spdlog::default_logger_raw()->log(level_of(level),
                                    spdlog::string_view_t{message.data(), message.size()});
  said_now = nullptr;
}

bool Sparing::take() {
  auto const now = std::chrono::duration_cast<std::chrono::seconds>(
                       std::chrono::steady_clock::now().time_since_epoch())
                       .count();
  auto second = second_.load();
  if (second != now && second_.compare_exchange_strong(second, now)) {
    auto const taken = taken_.exchange(0);
    if (taken > each_second_)
      say(Level::warning, "left_out", "more of an event than is told",
          {{"of", event_}, {"count", static_cast<std::int64_t>(taken - each_second_)}});
  }
  return taken_.fetch_add(1) < each_second_;
}

}  // namespace heed::api
