// Tests PostgreSQL under init: the three ways to stop it, each compared with a server that is PID 1 itself.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "cluster.hpp"

namespace programs {
namespace {

using harness::Container;
using harness::eventually;
using harness::Process;
using harness::Stream;

constexpr std::string_view ready = "database system is ready to accept connections";
constexpr std::string_view recovery =
    "database system was not properly shut down; automatic recovery in progress";

struct Mode {
  int signal;
  std::string announcement;  // in the log
  bool waits;                // whether it waits for the sessions to end
};

const Mode smart{SIGTERM, "received smart shutdown request", true};
const Mode fast{SIGINT, "received fast shutdown request", false};
const Mode immediate{SIGQUIT, "received immediate shutdown request", false};

// The observations of a stop as text, so that a comparison shows a readable difference.
struct Account {
  std::string end;      // of PID 1
  std::string log;      // of the server, from the signal onwards
  std::string session;  // that was open at that time
  std::string next_start;

  bool operator==(const Account&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Account& account) {
  return out << "\nend: " << account.end << "\nlog:\n"
             << account.log << "session: " << account.session << "\nnext start: " << account.next_start
             << '\n';
}

std::string end_of(const harness::Outcome& outcome) {
  return "status " + std::to_string(outcome.status) + ", signal " + std::to_string(outcome.signal);
}

// Several processes write the log: simultaneous lines come in any order and with any PID.
std::string log_since(const std::string& log, const std::string& announcement) {
  std::istringstream text{log.substr(log.find("LOG:  " + announcement))};
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) {
    lines.push_back(std::regex_replace(line, std::regex{"PID [0-9]+"}, "PID n"));
  }
  std::ranges::sort(lines);
  std::string result;
  for (const std::string& line : lines) result += line + '\n';
  return result;
}

// The server's message to a session. psql adds more, depending on the state of the connection at that moment.
std::string last_words(const std::string& messages) { return messages.substr(0, messages.find('\n')); }

Process open_session(const Cluster& cluster) {
  EXPECT_EQ(cluster.query("DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS answer").status, 0);
  Process session = cluster.start_session();
  session.type("SELECT 'open';\n");
  session.wait_for_line("open");
  return session;
}

// The server's processes for the sessions, by their titles.
std::ptrdiff_t sessions_of(const Container& server) {
  return std::ranges::count_if(server.members(), [](pid_t pid) {
    std::ifstream command_line{"/proc/" + std::to_string(pid) + "/cmdline"};
    std::string title;
    return std::getline(command_line, title, '\0') && title.contains("[local]");
  });
}

// The session and its server process both wait, neither is busy, and there is no other session.
void keep_busy(Process& session, const Cluster& cluster, const Container& server) {
  session.type("SELECT pg_sleep(1000);\n");
  eventually("the session sleeps", [&] {
    return cluster.query("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'").out == "1\n";
  });
  eventually("the others have ended", [&] { return sessions_of(server) == 1; });
}

// New sessions are refused, and this one continues.
void expect_service_of(Process& session, const Cluster& cluster) {
  const harness::Outcome refused = cluster.query("SELECT 1");
  EXPECT_EQ(refused.status, 2);
  EXPECT_TRUE(refused.err.contains("the database system is shutting down")) << refused.err;
  session.type("SELECT 'still open';\n");
  session.wait_for_line("still open");
}

std::string next_start(const Cluster& cluster, Parent parent) {
  Container server = cluster.start_server(parent);
  server.init().wait_for_line(ready, Stream::err);
  const bool recovers = server.init().err().contains(recovery);
  const std::string kept = cluster.query("SELECT answer FROM kept").out;
  server.init().send(SIGINT);
  server.wait();
  return (recovers ? "recovery, kept " : "no recovery, kept ") + kept;
}

Account stop(const Cluster& cluster, const Mode& mode, Parent parent) {
  Account account;
  Container server = cluster.start_server(parent);
  server.init().wait_for_line(ready, Stream::err);
  Process session = open_session(cluster);
  if (!mode.waits) keep_busy(session, cluster, server);
  server.init().send(mode.signal);
  server.init().wait_for_line(mode.announcement, Stream::err);
  if (mode.waits) expect_service_of(session, cluster);
  session.close_input();
  const harness::Outcome outcome = server.wait();
  account.end = end_of(outcome);
  account.log = log_since(outcome.err, mode.announcement);
  account.session = last_words(session.wait().err);
  account.next_start = next_start(cluster, parent);
  return account;
}

Account expect_the_same_without_init(const Mode& mode) {
  const Cluster cluster;
  const Account alone = stop(cluster, mode, Parent::none);
  Account account = stop(cluster, mode, Parent::init);
  EXPECT_EQ(account, alone);
  return account;
}

TEST(Postgres, SigtermWaitsForSessionsAndNeedsNoRecovery) {
  const Account account = expect_the_same_without_init(smart);
  EXPECT_EQ(account.end, "status 0, signal 0");
  EXPECT_EQ(account.session, "");
  EXPECT_EQ(account.next_start, "no recovery, kept 42\n");
}

TEST(Postgres, SigintEndsSessionsAndNeedsNoRecovery) {
  const Account account = expect_the_same_without_init(fast);
  EXPECT_EQ(account.end, "status 0, signal 0");
  EXPECT_TRUE(account.session.contains("terminating connection due to administrator command"));
  EXPECT_EQ(account.next_start, "no recovery, kept 42\n");
}

TEST(Postgres, SigquitEndsAtOnceAndNeedsRecovery) {
  const Account account = expect_the_same_without_init(immediate);
  EXPECT_TRUE(account.session.contains("terminating connection due to immediate shutdown command"));
  EXPECT_EQ(account.next_start, "recovery, kept 42\n");
}

}  // namespace
}  // namespace programs
