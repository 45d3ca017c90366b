#pragma once
#include <memory>

#include "server/http/reply.hpp"
#include "server/http/stream.hpp"

/// The ends of Reply and Next that lead back to a connection.
namespace heed::http {

class Connection;
class Loop;

/// Takes one answer for `connection`, from any thread; 500 when it goes without one.
std::shared_ptr<AnswerSink> answer_sink(std::shared_ptr<Loop> loop,
                                        std::shared_ptr<Connection> connection);

/// Takes one piece for `connection`, from any thread; cuts it off when it goes without one.
std::shared_ptr<PieceSink> piece_sink(std::shared_ptr<Loop> loop,
                                      std::shared_ptr<Connection> connection);

}  // namespace heed::http
