#pragma once
#include <boost/beast/http/basic_parser.hpp>
#include <string>

#include "server/http/judge.hpp"
#include "server/http/message.hpp"

namespace heed::http {

enum class Keep { all, nothing };

/// Reads one request out of its bytes; Beast's state machine writing into a Request of ours.
///
/// Fields of a trailer are checked and dropped: what was decided by the head stays decided.
class RequestParser final : public boost::beast::http::basic_parser<true> {
 public:
  /// Clears `request` and fills it; it must outlive the parser.
  explicit RequestParser(Request& request);

  /// What the head says; only once it is complete.
  Head head() const;

  /// Says whether the body goes into the request or is only read over.
  void keep_body(Keep keep) { keep_ = keep; }

 private:
  using Text = boost::beast::string_view;
  using Failure = boost::beast::error_code;

  void on_request_impl(boost::beast::http::verb, Text method, Text target, int version,
                       Failure& failure) override;
  void on_response_impl(int, Text, int, Failure& failure) override;
  void on_field_impl(boost::beast::http::field, Text name, Text value, Failure& failure) override;
  void on_header_impl(Failure& failure) override;
  void on_body_init_impl(boost::optional<std::uint64_t> const& length, Failure& failure) override;
  std::size_t on_body_impl(Text body, Failure& failure) override;
  void on_chunk_header_impl(std::uint64_t size, Text extensions, Failure& failure) override;
  std::size_t on_chunk_body_impl(std::uint64_t remaining, Text body, Failure& failure) override;
  void on_finish_impl(Failure& failure) override;

  Request& request_;
  std::string method_;
  std::string target_;
  Version version_ = Version::http_1_1;
  bool head_is_complete_ = false;
  Keep keep_ = Keep::all;
};

}  // namespace heed::http
