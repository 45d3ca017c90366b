#pragma once

namespace heed::http {

/// A limit that a request or a connection was over.
enum class Over {
  connections,
  address_connections,  // of one address
  requests,
  lane,  // decisions, as the server uses it
  bodies,
  client_requests,
  client_rate,
  count
};

}  // namespace heed::http
