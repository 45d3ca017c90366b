#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "server/http/reply.hpp"

/// Answering a body of lines line by line (application/x-ndjson), in order, as its answers are on
/// disk.
namespace heed::api {

/// Lines that are answered, logged in one commit and sent together.
constexpr std::size_t lines_in_a_piece = 64;

/// To be called once for its line, on any thread.
using Fill = std::function<void(std::string answer)>;
/// Answers the line of this number, from 1, without its end; lines that are empty are passed over.
using AnswerLine = std::function<void(std::string_view line, std::size_t number, Fill fill)>;

/// The answer to `body`.
http::Response answer_lines(std::string body, AnswerLine answer);

}  // namespace heed::api
