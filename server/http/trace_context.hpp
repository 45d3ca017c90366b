#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/http/message.hpp"

/// W3C Trace Context: the trace that a request is a part of.
///
/// Heed asks nobody further, so `tracestate` has nowhere to go and is left alone.
namespace heed::http {

struct TraceContext {
  std::string trace_id;   // 32 lower-case hexadecimal digits, not all zeros
  std::string parent_id;  // 16, likewise
  unsigned flags = 0;     // the two that are defined: 1 sampled, 2 random trace id
};

/// Reads a traceparent as strictly as the standard says: lower case, no zeros, version 00 of
/// exactly 55 characters; a later version by the parts that it shares with this one.
std::optional<TraceContext> read_traceparent(std::string_view text);

/// The request's trace; nothing where it has no valid traceparent, or several.
std::optional<TraceContext> trace_of(Headers const& headers);

/// The field `traceresponse` of the answer: our own part, `span_id`, of the client's trace.
std::string traceresponse(TraceContext const& trace, std::string_view span_id);

}  // namespace heed::http
