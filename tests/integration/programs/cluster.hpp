// Cluster: a database cluster of PostgreSQL's in a temporary directory, its server and its sessions.
#pragma once

#include <string>

#include "installed.hpp"
#include "support/files.hpp"
#include "support/process.hpp"

namespace programs {

// The server's: the shipped init, or none, where the server is PID 1 itself.
enum class Parent { init, none };

class Cluster {
 public:
  // The addresses that its servers listen on, besides the socket.
  explicit Cluster(const std::string& addresses = {});

  support::Container start_server(Parent parent) const;
  std::string socket() const { return directory_ / ".s.PGSQL.5432"; }
  // psql, reading statements from its standard input.
  support::Process start_session() const;
  // One statement in a session of its own.
  support::Outcome query(const std::string& statement) const;

 private:
  support::ContainerOptions container() const;
  std::string data() const { return directory_ / "data"; }
  Words client() const;

  support::TemporaryDirectory directory_;
};

}  // namespace programs
