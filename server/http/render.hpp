#pragma once
#include <ctime>
#include <string>
#include <string_view>

#include "server/http/message.hpp"

/// Answers as bytes.
namespace heed::http {

/// How the client learns where the body ends.
enum class Framing { by_length, by_chunks, by_close };

/// What the Connection field says; HTTP/1.1 keeps where nothing is said.
enum class After { keep, keep_and_say_so, close };

/// What an answer needs to know of its request.
struct Delivery {
  Framing framing = Framing::by_length;
  After after = After::keep;
  bool head_only = false;  // the request was HEAD
  std::string_view date;   // for the Date field
  std::string_view request_id = {};
  std::string_view trace = {};  // for the traceresponse field; empty: none
  bool sealed = false;          // under TLS
};

/// Appends status line, fields and body to `out`. 204 and 304 have neither body nor length. A whole
/// problem gets the request's name as its `instance`.
void append_response(std::string& out, Response const& response, Delivery const& delivery);

/// Appends a piece of a streamed body, and its end.
void append_piece(std::string& out, std::string_view piece, End end, Framing framing);

/// A time as HTTP writes it: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string http_date(std::time_t seconds);

/// "Not Found"; "Status" for a number without a registered phrase.
std::string_view reason_phrase(int status);

}  // namespace heed::http
