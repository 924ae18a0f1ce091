// Cluster: a PostgreSQL database cluster in a temporary directory, its server and its sessions.
#pragma once

#include <string>

#include "harness/files.hpp"
#include "harness/process.hpp"
#include "installed.hpp"

namespace programs {

// The server's init: the shipped one, or none if the server itself is PID 1.
enum class Parent { init, none };

class Cluster {
 public:
  // The addresses that its servers listen on, besides the socket.
  explicit Cluster(const std::string& addresses = {});

  harness::Container start_server(Parent parent) const;
  std::string socket() const { return directory_ / ".s.PGSQL.5432"; }
  // psql, which reads statements from its standard input.
  harness::Process start_session() const;
  // Runs one statement in a session of its own.
  harness::Outcome query(const std::string& statement) const;

 private:
  harness::ContainerOptions container() const;
  std::string data() const { return directory_ / "data"; }
  Words client() const;

  harness::TemporaryDirectory directory_;
};

}  // namespace programs
