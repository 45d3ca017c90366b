#include "server/http/parser.hpp"

#include <algorithm>

namespace heed::http {
namespace {

constexpr std::uint64_t reserved_bytes_max = 1u << 20;  // an announced length alone costs no more

std::string_view view(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

RequestParser::RequestParser(Request& request) : request_{request} {
  request_.headers.clear();
  request_.body.clear();
  body_limit(boost::none);
}

Head RequestParser::head() const {
  Head head{version_, method_, target_, chunked(), {}};
  if (auto const length = content_length()) head.content_length = *length;
  return head;
}

void RequestParser::on_request_impl(boost::beast::http::verb, Text method, Text target, int version,
                                    Failure& failure) {
  method_ = view(method);
  target_ = view(target);
  version_ = version == 10 ? Version::http_1_0 : Version::http_1_1;
  failure = {};
}

void RequestParser::on_response_impl(int, Text, int, Failure& failure) {
  failure = {};
}

void RequestParser::on_field_impl(boost::beast::http::field, Text name, Text value,
                                  Failure& failure) {
  if (!head_is_complete_) request_.headers.add(view(name), view(value));
  failure = {};
}

void RequestParser::on_header_impl(Failure& failure) {
  head_is_complete_ = true;
  failure = {};
}

void RequestParser::on_body_init_impl(boost::optional<std::uint64_t> const& length,
                                      Failure& failure) {
  if (length && keep_ == Keep::all) {
    request_.body.reserve(static_cast<std::size_t>(std::min(*length, reserved_bytes_max)));
  }
  failure = {};
}

std::size_t RequestParser::on_body_impl(Text body, Failure& failure) {
  if (keep_ == Keep::all) request_.body += view(body);
  failure = {};
  return body.size();
}

void RequestParser::on_chunk_header_impl(std::uint64_t, Text, Failure& failure) {
  failure = {};
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, Text body, Failure& failure) {
  if (keep_ == Keep::all) request_.body += view(body);
  failure = {};
  return body.size();
}

void RequestParser::on_finish_impl(Failure& failure) {
  failure = {};
}

}  // namespace heed::http
